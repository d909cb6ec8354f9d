from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.memberships import Membership
from profiles.models.organisations import Organisation
from profiles.models.people import AnyUser, User
from profiles.models.providers import Provider
from profiles.models.solutions import Solution

Data = dict[str, Any]


class SolutionDraftQuerySet(models.QuerySet["SolutionDraft"]):
    """The words that the pages of a provider and of those who check choose drafts with."""

    def open(self) -> Self:
        """Not decided yet: somebody writes at it, or somebody has to check it."""
        return self.filter(state__in=SolutionDraft.OPEN)

    def in_work(self) -> Self:
        """Those that their authors may change now."""
        return self.filter(state__in=SolutionDraft.IN_WORK)

    def waiting(self) -> Self:
        """Handed in: somebody has to check them."""
        return self.filter(state=SolutionDraft.State.SUBMITTED)

    def returned(self) -> Self:
        """Handed back to their authors with a reason."""
        return self.filter(state=SolutionDraft.State.CHANGES_REQUESTED)

    def published(self) -> Self:
        """Those whose solution stands in the market, as they said it."""
        rows = self.filter(state=SolutionDraft.State.PUBLISHED)
        return rows.filter(solution__published_at__isnull=False)

    def of_verified(self) -> Self:
        return self.filter(provider__organisation__verified_at__isnull=False)

    def visible_to(self, user: AnyUser) -> Self:
        """Those of the organisations that the person belongs to, in whatever role."""
        own = Membership.objects.of_person(user)
        return self.filter(provider__organisation__memberships__in=own)

    def editable_by(self, user: AnyUser) -> Self:
        """Those of the organisations in which the person is editor or owner."""
        own = Membership.objects.deciders().of_person(user)
        return self.filter(provider__organisation__memberships__in=own)

    def moderable_by(self, user: AnyUser) -> Self:
        """Those of the organisations that the person verifies; never those of one's own."""
        others = Organisation.objects.verifiable_by(user).exclude(memberships__user=user.pk)
        return self.filter(provider__organisation__in=others)

    def waiting_for(self, user: AnyUser) -> Self:
        """Those that this person can check now."""
        return self.waiting().of_verified().moderable_by(user)

    def begun_by(self, user: User) -> Self:
        """Those at which this person wrote last, and which nobody has handed in."""
        drafts = self.filter(state=SolutionDraft.State.DRAFT, edited_by=user)
        return drafts.editable_by(user)

    def returned_to(self, user: AnyUser) -> Self:
        """Those in which this person is asked to change something."""
        return self.returned().editable_by(user)

    def waiting_longest(self) -> Self:
        return self.order_by("submitted_at", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-edited_at", "-pk")

    def for_rows(self) -> Self:
        """Load what a list shows of each."""
        return self.select_related("provider__organisation__state", "solution", "edited_by")

    def start(self, provider: Provider, *, by: User, at: datetime) -> "SolutionDraft":
        """Return a draft of a new solution; who clicks twice gets the same empty one."""
        with transaction.atomic():
            provider.organisation.lock()
            empty = self.in_work().filter(provider=provider, solution=None, edited_by=by, data={})
            return empty.first() or self.create(provider=provider, edited_by=by, edited_at=at)

    def revise(self, solution: Solution, data: Data, *, by: User, at: datetime) -> "SolutionDraft":
        """Return the open draft of a solution that exists; `data` begins a new one."""
        given = {"provider": solution.provider, "data": data, "edited_by": by, "edited_at": at}
        with transaction.atomic():
            solution.provider.organisation.lock()
            return self.open().filter(solution=solution).first() or self.create(
                solution=solution, **given
            )


class SolutionDraft(models.Model):
    """What a solution shall say, while its provider writes it and until somebody has checked it.

    `data` holds what is known so far: keys are the fields of Solution, choices and texts are
    strings, topics, technology_tags and regions lists of keys (states by their code), `claims`
    a list of dictionaries with the standard's key. The history keeps every version, so that of
    two people who write at once the second one can see what the first one changed.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("in Arbeit")
        SUBMITTED = "submitted", _("in Prüfung")
        CHANGES_REQUESTED = "changes_requested", _("Änderung erbeten")
        PUBLISHED = "published", _("veröffentlicht")
        WITHDRAWN = "withdrawn", _("verworfen")

    IN_WORK = frozenset({State.DRAFT, State.CHANGES_REQUESTED})
    OPEN = IN_WORK | {State.SUBMITTED}

    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="drafts", verbose_name=_("Anbieter")
    )
    solution = models.ForeignKey(
        Solution,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("Lösung"),
    )
    data = models.JSONField(_("Angaben"), default=dict, blank=True)
    state = models.CharField(_("Stand"), max_length=20, choices=State, default=State.DRAFT)
    reason = models.TextField(_("Was zu ändern ist"), blank=True)
    version = models.PositiveIntegerField(_("Fassung"), default=1)
    edited_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bearbeitet von"),
    )
    edited_at = models.DateTimeField(_("bearbeitet am"))
    submitted_at = models.DateTimeField(_("eingereicht am"), null=True, blank=True)
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entschieden von"),
    )

    objects = SolutionDraftQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Entwurf einer Lösung")
        verbose_name_plural = _("Entwürfe von Lösungen")
        ordering = ["-edited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution"],
                condition=Q(state__in=["draft", "submitted", "changes_requested"]),
                name="draft_open_once_per_solution",
                violation_error_message=_("An dieser Lösung wird schon gearbeitet."),
            ),
            models.CheckConstraint(
                condition=Q(state="changes_requested") ^ Q(reason=""),
                name="draft_changes_requested_with_a_reason",
                violation_error_message=_("Bitte schreiben Sie, was zu ändern ist."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "published", "changes_requested"])
                | Q(submitted_at__isnull=False),
                name="draft_submitted_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(solution__isnull=False),
                name="draft_published_has_solution",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("keeping:draft", args=[self.pk])

    @property
    def title(self) -> str:
        return str(self.data.get("title") or gettext("Lösung ohne Titel"))

    @property
    def is_in_work(self) -> bool:
        return self.state in self.IN_WORK

    @property
    def is_submitted(self) -> bool:
        return self.state == self.State.SUBMITTED

    def version_seen(self, number: int) -> Data | None:
        """Return what the draft said in that version; None if it never had it."""
        found = self.history.filter(version=number).order_by("-history_id").first()
        return found.data if found else None

    def change(self, values: Mapping[str, Any], *, seen: int, by: User, at: datetime) -> bool:
        """Set these fields; False, and nothing changed, if it is not version `seen` any more.

        Saying what it says already changes nothing and makes no version.
        """
        with transaction.atomic():
            current = self._locked(SolutionDraft.objects.in_work())
            if current is None or current.version != seen:
                return False
            self.refresh_from_db()
            data = {**self.data, **values}
            if data != self.data:
                self.data, self.version = data, seen + 1
                self.edited_by, self.edited_at = by, at
                self.save()
        return True

    def submit(self, *, seen: int, by: User, at: datetime) -> bool:
        """Hand it in as it was in version `seen`; only verified organisations can."""
        able = SolutionDraft.objects.in_work().of_verified().filter(version=seen)
        return self._move(able, State.SUBMITTED, edited_by=by, submitted_at=at)

    def take_back(self, *, by: User, at: datetime) -> bool:
        """Go on writing at what nobody has decided about yet."""
        waiting = SolutionDraft.objects.waiting()
        return self._move(waiting, State.DRAFT, edited_by=by, edited_at=at)

    def request_changes(self, reason: str, *, seen: int, by: User, at: datetime) -> bool:
        waiting = SolutionDraft.objects.waiting().filter(version=seen)
        decided = {"decided_by": by, "decided_at": at}
        return self._move(waiting, State.CHANGES_REQUESTED, reason=reason, **decided)

    def discard(self, *, by: User, at: datetime) -> bool:
        """Throw it away; a published solution stays as it is."""
        in_work = SolutionDraft.objects.in_work()
        return self._move(in_work, State.WITHDRAWN, edited_by=by, edited_at=at)

    def settle(self, solution: Solution, *, by: User, at: datetime) -> bool:
        """Record that `solution` says this now; within the transaction that writes it."""
        waiting = SolutionDraft.objects.waiting().of_verified()
        decided = {"decided_by": by, "decided_at": at}
        return self._move(waiting, State.PUBLISHED, solution=solution, **decided)

    def _move(
        self, able: SolutionDraftQuerySet, state: "SolutionDraft.State", **values: Any
    ) -> bool:
        """Take the step once: of two at the same time the second finds the row moved on."""
        with transaction.atomic():
            if self._locked(able) is None:
                return False
            self.refresh_from_db()
            for name, value in ({"reason": ""} | values | {"state": state}).items():
                setattr(self, name, value)
            self.save()
        return True

    def _locked(self, among: SolutionDraftQuerySet) -> "SolutionDraft | None":
        return among.select_for_update(of=("self",)).filter(pk=self.pk).first()


State = SolutionDraft.State
