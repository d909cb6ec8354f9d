from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from challenges.needs.queries import NeedQuerySet
from profiles.models import (
    Hosting,
    Licence,
    Membership,
    Municipality,
    Organisation,
    Phase,
    Solution,
    Standard,
    Thread,
    Topic,
    User,
)
from profiles.models.bilingual import localized
from profiles.models.people import AnyUser


class Need(models.Model):
    """What one municipality needs (Bedarf): a problem, hard requirements and wishes.

    Hard requirements leave out what does not meet them; wishes only move it up or down.
    An empty requirement means any.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        OPEN = "open", _("offen")
        SERVED = "served", _("gedeckt")
        IN_CHALLENGE = "in_challenge", _("in einer Challenge")
        NO_OFFER = "no_offer", _("kein Angebot gefunden")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    ENDS = (State.SERVED, State.IN_CHALLENGE, State.NO_OFFER, State.WITHDRAWN)

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("nur meine Organisation")
        AGENCIES = "agencies", _("auch die Landesbehörde meines Bundeslandes")
        PUBLIC = "public", _("öffentlich")

    class TimeFrame(models.TextChoices):
        NOW = "now", _("so bald wie möglich")
        HALF_YEAR = "half_year", _("in den nächsten sechs Monaten")
        YEAR = "year", _("in den nächsten zwölf Monaten")
        LATER = "later", _("später")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="needs", verbose_name=_("Organisation")
    )
    # Where it was told in a survey: who hands the answers in again changes it.
    response = models.ForeignKey(
        "challenges.Response",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("Antwortbogen"),
    )
    question = models.ForeignKey(
        "challenges.Question",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("Frage"),
    )
    title = models.CharField(_("Worum geht es?"), max_length=160)
    problem = models.TextField(_("Was ist das Problem?"), blank=True)
    topics = models.ManyToManyField(
        Topic, related_name="needs", blank=True, verbose_name=_("Themen")
    )
    standards = models.ManyToManyField(
        Standard, related_name="needs", blank=True, verbose_name=_("Verlangte Standards")
    )
    hosting = ArrayField(
        models.CharField(max_length=20, choices=Hosting),
        verbose_name=_("Betrieb: was in Frage kommt"),
        default=list,
        blank=True,
    )
    licence = models.CharField(_("Lizenz"), max_length=20, choices=Licence, blank=True)
    max_budget_eur = models.PositiveIntegerField(
        _("Budget (Euro je Jahr, netto)"), null=True, blank=True
    )
    min_phase = models.CharField(_("Mindestens in Phase"), max_length=2, choices=Phase, blank=True)
    wished_standards = models.ManyToManyField(
        Standard, related_name="wished_by", blank=True, verbose_name=_("Gewünschte Standards")
    )
    wishes = models.TextField(_("Weitere Wünsche"), blank=True)
    time_frame = models.CharField(_("Wann?"), max_length=10, choices=TimeFrame, blank=True)
    visibility = models.CharField(
        _("Wer darf den Bedarf sehen?"),
        max_length=10,
        choices=Visibility,
        default=Visibility.PRIVATE,
    )
    is_named = models.BooleanField(_("mit Namen der Organisation"), default=False)
    owner = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("Wer kümmert sich?"),
    )
    due_on = models.DateField(_("Bis wann soll das geklärt sein?"), null=True, blank=True)
    state = models.CharField(_("Stand"), max_length=20, choices=State, default=State.DRAFT)
    served_by = models.ForeignKey(
        Solution,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="served_needs",
        verbose_name=_("gedeckt durch"),
    )
    threads = models.ManyToManyField(
        Thread, related_name="needs", blank=True, verbose_name=_("Gespräche mit Anbietern")
    )
    outcome = models.TextField(_("Was daraus wurde"), blank=True)
    created_at = models.DateTimeField(_("angelegt am"))
    released_at = models.DateTimeField(_("eingestellt am"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beendet am"), null=True, blank=True)
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)
    version = models.PositiveIntegerField(_("Fassung"), default=1)

    objects = NeedQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[topics, standards, wished_standards])

    class Meta:
        verbose_name = _("Bedarf")
        verbose_name_plural = _("Bedarfe")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False)
                ^ ~Q(state__in=["served", "in_challenge", "no_offer", "withdrawn"]),
                name="need_ended_has_date",
                violation_error_message=_("Zu einem Ende gehört das Datum."),
            ),
            models.CheckConstraint(
                condition=Q(served_by=None) | Q(state="served"),
                name="need_served_by_only_when_served",
                violation_error_message=_("Eine Lösung gehört nur zu einem gedeckten Bedarf."),
            ),
            models.UniqueConstraint(
                fields=["response", "question"], name="need_once_for_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("needs:detail", args=[self.pk])

    @property
    def place(self) -> Municipality | None:
        """Where it is needed: its size and state decide what is on offer there."""
        return self.organisation.municipality

    @property
    def has_ended(self) -> bool:
        return self.state in self.ENDS

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def is_overdue(self, *, on: date) -> bool:
        return self.state == self.State.OPEN and self.due_on is not None and self.due_on < on

    @property
    def sender(self) -> str:
        """Who says it to others: the organisation or, anonymous, its state and size.

        Needs `with_sender`.
        """
        if self.is_named:
            return self.organisation.name
        seat = self.organisation.seat
        size = localized(self, "size_class") if getattr(self, "size_class_de", None) else ""
        known = (str(seat) if seat else "", size)
        return ", ".join(part for part in known if part) or gettext("anonym")

    @property
    def hosting_labels(self) -> list[str]:
        return [str(Hosting(value).label) for value in self.hosting]

    @property
    def max_budget_label(self) -> str:
        return number_format(self.max_budget_eur or 0, force_grouping=True)

    @staticmethod
    def may_be_written_by(user: AnyUser) -> bool:
        """Whether there is an organisation for which the person writes."""
        speaks = Membership.objects.deciders().of_person(user)
        return speaks.exists()

    @property
    def giveaways(self) -> list[str]:
        """Names of its own that stand in the texts of a need that shall be anonymous."""
        if self.is_named or self.visibility == self.Visibility.PRIVATE:
            return []
        names = {self.organisation.name, self.place.name if self.place else ""} - {""}
        text = f"{self.title}\n{self.problem}\n{self.wishes}".casefold()
        return sorted(name for name in names if name.casefold() in text)

    def release(self, *, at: datetime) -> None:
        """Let those see it whom its visibility names; the search for an answer begins."""
        self.state, self.released_at = self.State.OPEN, at
        self.version += 1
        self.save()

    def end(
        self, state: str, *, at: datetime, outcome: str, served_by: Solution | None = None
    ) -> None:
        self.state, self.ended_at = self.State(state), at
        self.outcome, self.served_by = outcome, served_by
        self.version += 1
        self.save()

    def reopen(self) -> None:
        """Take it up again: as a draft if nobody has seen it, else open."""
        self.state = self.State.OPEN if self.released_at else self.State.DRAFT
        self.ended_at, self.served_by, self.outcome = None, None, ""
        self.version += 1
        self.save()
