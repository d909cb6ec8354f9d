from datetime import datetime
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models import Membership, Organisation
from profiles.models.bilingual import localized
from profiles.models.people import AnyUser


class NeedsSurveyQuerySet(models.QuerySet["NeedsSurvey"]):
    """The words that pages, tasks and the API choose surveys with."""

    def open(self, *, at: datetime) -> Self:
        """Sent out and not yet closed: answers are taken; the last moment is included."""
        return self.filter(opened_at__lte=at, closes_at__gte=at)

    def closed(self, *, at: datetime) -> Self:
        return self.filter(opened_at__isnull=False, closes_at__lt=at)

    def sending(self) -> Self:
        """Those whose invitations are going out."""
        return self.filter(sending_since__isnull=False)

    def drafts(self) -> Self:
        return self.filter(opened_at=None)

    def published(self) -> Self:
        """Those with a public page of results."""
        return self.filter(results_published_at__isnull=False)

    def visible_to(self, user: AnyUser) -> Self:
        """Those of the organisations that the person belongs to; for staff all."""
        if user.is_staff:
            return self.all()
        mine = Membership.objects.of_person(user)
        return self.filter(organisation__in=mine.values("organisation"))

    def editable_by(self, user: AnyUser) -> Self:
        """Those of verified agencies and districts for which the person speaks."""
        mine = Membership.objects.deciders().of_person(user)
        asking = Organisation.objects.verified().filter(kind__in=NeedsSurvey.ASKING)
        return self.filter(organisation__in=asking.filter(memberships__in=mine).values("pk"))

    def newest_first(self) -> Self:
        return self.order_by(F("opened_at").desc(nulls_first=True), "-pk")


class NeedsSurvey(models.Model):
    """An agency asks its municipalities what they need (Bedarfsabfrage)."""

    ASKING = (Organisation.Kind.STATE_AGENCY, Organisation.Kind.DISTRICT)

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="surveys", verbose_name=_("wer fragt")
    )
    slug = models.SlugField(_("Adresse der Seite"), max_length=80, unique=True)
    title_de = models.CharField(_("Titel (deutsch)"), max_length=200)
    title_en = models.CharField(_("Titel (englisch)"), max_length=200, blank=True)
    introduction_de = models.TextField(_("Einleitung (deutsch)"), blank=True)
    introduction_en = models.TextField(_("Einleitung (englisch)"), blank=True)
    next_steps = models.TextField(_("Wie es weitergeht"), blank=True)
    copy_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("Kopie von"),
    )
    opened_at = models.DateTimeField(_("versendet am"), null=True, blank=True)
    closes_at = models.DateTimeField(_("Antworten bis"), null=True, blank=True)
    results_published_at = models.DateTimeField(
        _("Ergebnisse veröffentlicht am"), null=True, blank=True
    )
    # Since when invitations are going out; nothing while none are, or somebody stopped them.
    sending_since = models.DateTimeField(_("Versand läuft seit"), null=True, blank=True)
    reminder_after_days = models.PositiveSmallIntegerField(
        _("Erste Erinnerung nach (Tagen)"),
        default=7,
        validators=[MinValueValidator(3), MaxValueValidator(60)],
    )
    reminder_every_days = models.PositiveSmallIntegerField(
        _("Abstand weiterer Erinnerungen (Tage)"),
        default=7,
        validators=[MinValueValidator(3), MaxValueValidator(60)],
    )
    reminder_limit = models.PositiveSmallIntegerField(
        _("Höchstens so viele Erinnerungen"), default=2, validators=[MaxValueValidator(5)]
    )
    created_at = models.DateTimeField(_("angelegt am"))
    version = models.PositiveIntegerField(_("Stand"), default=1)

    objects = NeedsSurveyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Bedarfsabfrage")
        verbose_name_plural = _("Bedarfsabfragen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at=None)
                | Q(closes_at__isnull=False, closes_at__gt=F("opened_at")),
                name="survey_open_has_an_end",
                violation_error_message=_("Bitte nennen Sie, bis wann geantwortet werden kann."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("surveys:detail", args=[self.slug])

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def introduction(self) -> str:
        return localized(self, "introduction")

    @property
    def is_draft(self) -> bool:
        return self.opened_at is None

    def takes_answers(self, *, at: datetime) -> bool:
        return bool(self.opened_at and self.closes_at and self.opened_at <= at <= self.closes_at)

    def change(self, *, seen: int, **fields: Any) -> bool:
        """Say whether it was still version `seen`; else nothing is changed."""
        rows = NeedsSurvey.objects.filter(pk=self.pk, version=seen)
        if not rows.update(version=F("version") + 1):
            return False
        for name, value in fields.items():
            setattr(self, name, value)
        self.version = seen + 1
        self.save()
        return True

    def open(self, *, at: datetime) -> bool:
        """Send it out; say whether this call did it."""
        drafts = NeedsSurvey.objects.drafts().filter(pk=self.pk, closes_at__gt=at)
        return bool(drafts.update(opened_at=at, sending_since=at))

    def start_sending(self, *, at: datetime) -> bool:
        taking = NeedsSurvey.objects.open(at=at).filter(pk=self.pk, sending_since=None)
        return bool(taking.update(sending_since=at))

    def stop_sending(self) -> None:
        NeedsSurvey.objects.filter(pk=self.pk).update(sending_since=None)
