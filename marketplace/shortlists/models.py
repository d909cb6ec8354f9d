from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from profiles.models import Membership, Organisation, Solution, User


class ShortlistEntryQuerySet(models.QuerySet["ShortlistEntry"]):
    """The words that the pages of a shortlist choose its entries with."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the organisations that the person belongs to."""
        mine = Membership.objects.of_person(user)
        return self.filter(organisation__in=mine.values("organisation"))

    def editable_by(self, user: User | AnonymousUser) -> Self:
        """Those of the organisations in which the person is editor or owner."""
        mine = Membership.objects.deciders().of_person(user)
        return self.filter(organisation__in=mine.values("organisation"))

    def of(self, organisation: Organisation | None) -> Self:
        return self.filter(organisation=organisation) if organisation else self.none()

    def for_exports(self) -> Self:
        """Load what the exports tell of the solutions, too: 2 more queries."""
        return self.for_page().prefetch_related("solution__claims__standard")

    def for_page(self) -> Self:
        """Load what a list or a page shows: 3 queries, whatever the count."""
        return self.select_related(
            "organisation", "solution__provider__organisation", "added_by"
        ).prefetch_related(
            Prefetch("notes", Note.objects.select_related("author")),
            Prefetch("changes", ShortlistChange.objects.select_related("changed_by")),
        )

    def open_first(self) -> Self:
        """What is out stands last; within, in the order of adding."""
        is_out = models.Case(models.When(state=ShortlistEntry.State.OUT, then=1), default=0)
        return self.order_by(is_out, "added_at", "pk")

    def add(
        self, solution: Solution, organisation: Organisation, *, by: User, at: datetime
    ) -> tuple["ShortlistEntry", bool]:
        """Return the entry and whether it is new; two people at once make one entry."""
        given = {
            "title": solution.title,
            "provider_name": solution.provider.organisation.name,
            "added_by": by,
            "added_at": at,
        }
        with transaction.atomic():
            entry, is_new = self.get_or_create(
                organisation=organisation, solution=solution, defaults=given
            )
            if is_new:
                entry.changes.create(state=entry.state, changed_by=by, changed_at=at)
        return entry, is_new


class ShortlistEntry(models.Model):
    """A solution that an organisation keeps in mind, and how far it got with it."""

    class State(models.TextChoices):
        LOOK_CLOSER = "look_closer", _("näher ansehen")
        CONTACTED = "contacted", _("angefragt")
        OUT = "out", _("ausgeschieden")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="shortlist", verbose_name=_("Organisation")
    )
    solution = models.ForeignKey(
        Solution,
        models.SET_NULL,
        null=True,
        related_name="shortlist_entries",
        verbose_name=_("Lösung"),
    )
    title = models.CharField(_("Titel beim Vormerken"), max_length=160)
    provider_name = models.CharField(_("Anbieter beim Vormerken"), max_length=200)
    state = models.CharField(_("Stand"), max_length=20, choices=State, default=State.LOOK_CLOSER)
    reason = models.TextField(_("Grund"), blank=True)
    added_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("vorgemerkt von")
    )
    added_at = models.DateTimeField(_("vorgemerkt am"))
    version = models.PositiveIntegerField(_("Fassung"), default=1)

    objects = ShortlistEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Eintrag der Merkliste")
        verbose_name_plural = _("Einträge der Merkliste")
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "solution"],
                name="shortlist_once_per_organisation",
                violation_error_message=_("Diese Lösung steht schon auf der Merkliste."),
            ),
            models.CheckConstraint(
                condition=Q(state="out") ^ Q(reason=""),
                name="shortlist_out_has_reason",
                violation_error_message=_("Bitte nennen Sie den Grund des Ausscheidens."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_title

    def get_absolute_url(self) -> str:
        return reverse("shortlist_entry", args=[self.pk])

    @property
    def offer(self) -> Solution | None:
        """The solution as long as it is published; its page may be opened by everybody."""
        return self.solution if self.solution and self.solution.published_at else None

    @property
    def shown_title(self) -> str:
        """As it is offered now; once withdrawn, as it was when it was added."""
        return self.offer.title if self.offer else self.title

    @property
    def shown_provider(self) -> str:
        return self.offer.provider.organisation.name if self.offer else self.provider_name

    @property
    def last_change(self) -> "ShortlistChange":
        """Uses the prefetched changes; the adding is one."""
        return self.changes.all()[0]

    def move(self, state: str, *, reason: str, by: User, at: datetime, seen: int) -> bool:
        """Change the state; False, and nothing changed, if the entry is no longer version `seen`.

        The version is checked within the UPDATE, so of two at once the second one is told.
        """
        with transaction.atomic():
            changed = ShortlistEntry.objects.filter(pk=self.pk, version=seen).update(
                state=state, reason=reason, version=F("version") + 1
            )
            if changed:
                self.changes.create(state=state, reason=reason, changed_by=by, changed_at=at)
        return bool(changed)


class ShortlistChange(models.Model):
    """What the state of an entry became, who did it and when; never changed."""

    entry = models.ForeignKey(ShortlistEntry, models.CASCADE, related_name="changes")
    state = models.CharField(_("Stand"), max_length=20, choices=ShortlistEntry.State)
    reason = models.TextField(_("Grund"), blank=True)
    changed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("von")
    )
    changed_at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Änderung der Merkliste")
        verbose_name_plural = _("Änderungen der Merkliste")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.get_state_display()


class Note(models.Model):
    """What somebody wants the others to know of an entry; added, never changed."""

    entry = models.ForeignKey(ShortlistEntry, models.CASCADE, related_name="notes")
    text = models.TextField(_("Notiz"))
    author = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("von")
    )
    written_at = models.DateTimeField(_("am"))

    class Meta:
        verbose_name = _("Notiz der Merkliste")
        verbose_name_plural = _("Notizen der Merkliste")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
