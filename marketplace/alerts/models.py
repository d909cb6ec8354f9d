"""What people want to hear of, and what they have been told."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, Need
from profiles.models import Membership, Organisation, Solution, User

LONGEST_QUERY = 2000  # ASCII; what an index holds
About = tuple[str, int]
"""What a piece of news is about: the name of its field, and the key of the row."""


class Rhythm(models.Model):
    """How often a person gets the mail with news (at most); the row is also their lock."""

    class Frequency(models.TextChoices):
        INSTANTLY = "instantly", _("sofort")
        DAILY = "daily", _("höchstens einmal am Tag")
        WEEKLY = "weekly", _("höchstens einmal in der Woche")
        NEVER = "never", _("nie")

    PERIODS = {
        Frequency.INSTANTLY: timedelta(0),
        Frequency.DAILY: timedelta(days=1),
        Frequency.WEEKLY: timedelta(days=7),
    }

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="rhythm")
    frequency = models.CharField(
        _("Wie oft?"), max_length=10, choices=Frequency, default=Frequency.WEEKLY
    )
    last_mail_at = models.DateTimeField(_("letzte Mail am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Takt der Benachrichtigungen")
        verbose_name_plural = _("Takte der Benachrichtigungen")

    def __str__(self) -> str:
        return self.get_frequency_display()

    @classmethod
    def of(cls, user: User) -> "Rhythm":
        return cls.objects.get_or_create(user=user)[0]

    @property
    def is_never(self) -> bool:
        return self.frequency == self.Frequency.NEVER

    def is_due(self, *, at: datetime) -> bool:
        """Whether a mail may go out: a full period after the last one."""
        if self.is_never:
            return False
        period = self.PERIODS[self.Frequency(self.frequency)]
        return self.last_mail_at is None or at - self.last_mail_at >= period


class WatchQuerySet(models.QuerySet["Watch"]):
    def searches(self) -> Self:
        return self.filter(kind=Watch.Kind.SEARCH)

    def due_to(self, user: User) -> Self:
        """Those of the person that are still about what the person is in charge of.

        A need that is open and that the person looks after; what an organisation offers, as one
        who speaks for it.
        """
        needs = Need.objects.open().looked_after_by(user).order_by()
        speaks = Membership.objects.deciders().of_person(user)
        return self.filter(user=user).filter(
            Q(kind=Watch.Kind.SEARCH)
            | Q(need__in=needs.values("pk"))
            | Q(organisation__in=speaks.values("organisation"))
        )

    def in_order(self) -> Self:
        return self.select_related("need", "organisation").order_by("kind", "created_at", "pk")


class Watch(models.Model):
    """Something that a person wants to hear of.

    A saved search and the hits of an own need bring solutions; what an organisation offers brings
    the needs that it fits and the challenges in its field. What fits already when the watch begins
    is no news.
    """

    class Kind(models.TextChoices):
        NEED = "need", _("Bedarf")
        OFFERS = "offers", _("eigene Lösungen")
        SEARCH = "search", _("Suche")

    user = models.ForeignKey(User, models.CASCADE, related_name="watches")
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    name = models.CharField(_("Name der Suche"), max_length=100, blank=True)
    query = models.CharField(_("Filter"), max_length=LONGEST_QUERY, blank=True)
    need = models.ForeignKey(Need, models.CASCADE, null=True, related_name="watches")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="watches"
    )
    is_on = models.BooleanField(_("eingeschaltet"), default=True)
    created_at = models.DateTimeField(_("angelegt am"))

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("Benachrichtigung")
        verbose_name_plural = _("Benachrichtigungen")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "query", "need", "organisation"],
                nulls_distinct=False,
                name="watch_once",
                violation_error_message=_("Diese Suche haben Sie schon gemerkt."),
            ),
            models.CheckConstraint(
                condition=Q(kind="search", need=None, organisation=None) & ~Q(query="")
                | Q(kind="need", need__isnull=False, organisation=None, query="")
                | Q(kind="offers", need=None, organisation__isnull=False, query=""),
                name="watch_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.need or self.organisation)

    def get_absolute_url(self) -> str:
        """Return the page that shows all hits."""
        if self.kind == self.Kind.SEARCH:
            return f"{reverse('solutions')}?{self.query}"
        if self.kind == self.Kind.NEED:
            return reverse("need_matches", args=[self.need_id])
        assert self.organisation  # noqa: S101  (a constraint)
        return reverse("offer_needs", args=[self.organisation.slug])

    @property
    def filters(self) -> QueryDict:
        return QueryDict(self.query)


class NewsQuerySet(models.QuerySet["News"]):
    def pending(self) -> Self:
        return self.filter(settled_at=None)

    def of(self, user: User) -> Self:
        return self.filter(watch__user=user)

    def fresh(self) -> Self:
        """Without what fitted already when the watch began, and what came while it was off."""
        return self.filter(is_known=False)

    def settle(self, *, at: datetime) -> int:
        return self.pending().update(settled_at=at)

    def for_mail(self) -> Self:
        """Watch by watch; what has a deadline stands first."""
        watch = self.select_related("watch__need", "watch__organisation")
        order = [F(name).asc() for name in ("challenge", "solution", "need")]
        return watch.select_related("solution", "need", "challenge").order_by(
            "watch__kind", "watch", *order
        )


class News(models.Model):
    """A hit of a watch, noted once and for all: told, known from the start, or still to tell."""

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="news")
    solution = models.ForeignKey(Solution, models.CASCADE, null=True, related_name="+")
    need = models.ForeignKey(Need, models.CASCADE, null=True, related_name="+")
    challenge = models.ForeignKey(Challenge, models.CASCADE, null=True, related_name="+")
    found_at = models.DateTimeField(_("gefunden am"))
    settled_at = models.DateTimeField(_("erledigt am"), null=True)
    is_known = models.BooleanField(_("keine Nachricht wert"), default=False)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("Neuigkeit")
        verbose_name_plural = _("Neuigkeiten")
        ordering = ["found_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["watch", "solution", "need", "challenge"],
                nulls_distinct=False,
                name="news_once",
            ),
            models.CheckConstraint(
                condition=Q(solution__isnull=False, need=None, challenge=None)
                | Q(solution=None, need__isnull=False, challenge=None)
                | Q(solution=None, need=None, challenge__isnull=False),
                name="news_about_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["watch"], condition=Q(settled_at=None), name="news_pending")
        ]

    def __str__(self) -> str:
        return str(self.solution or self.need or self.challenge)

    @property
    def about(self) -> About:
        keys = {name: getattr(self, f"{name}_id") for name in ("solution", "need", "challenge")}
        return next((name, key) for name, key in keys.items() if key is not None)
