from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from criteria.assessments import readiness
from criteria.assessments.readiness import Readiness
from criteria.catalogue.criteria import Criterion
from profiles.models import Membership, Organisation, Phase, StoredFile, User
from profiles.models.people import AnyUser


class Value(models.TextChoices):
    MET = readiness.MET, _("erfüllt")
    PARTLY = readiness.PARTLY, _("teilweise")
    NOT_MET = readiness.NOT_MET, _("nicht erfüllt")
    NOT_APPLICABLE = readiness.NOT_APPLICABLE, _("trifft nicht zu")
    UNKNOWN = readiness.UNKNOWN, _("noch unbekannt")


def is_due(criterion_phase: str, phase: str) -> bool:
    """Whether a criterion counts in a phase: it began by then, or counts throughout."""
    return criterion_phase not in Phase.values or criterion_phase <= phase


class RatingQuerySet(models.QuerySet["Rating"]):
    def of_member(self, user: AnyUser) -> Self:
        mine = Membership.objects.of_person(user)
        return self.filter(assessment__organisation__in=mine.values("organisation"))

    def editable_by(self, user: AnyUser) -> Self:
        mine = Membership.objects.deciders().of_person(user)
        return self.filter(assessment__organisation__in=mine.values("organisation"))

    def known(self) -> Self:
        return self.exclude(value=Value.UNKNOWN)

    def overdue_for(self, user: User, *, on: date) -> Self:
        """Still open on its day, or after it, and for that person or for nobody to look after."""
        rows = self.exclude(value__in=[Value.MET, Value.NOT_APPLICABLE]).filter(due_on__lte=on)
        mine = rows.filter(Q(responsible=user.pk) | Q(responsible=None))
        return mine.order_by("due_on", "criterion__number", "pk")

    def in_order(self) -> Self:
        return self.order_by("criterion__number", "pk")

    def for_page(self) -> Self:
        """Load the criteria with their words: 1 query more."""
        return (
            self.select_related(
                "criterion__catalogue", "criterion__scaling_driver", "responsible", "evidence_file"
            )
            .prefetch_related("criterion__terms")
            .in_order()
        )

    def for_results(self) -> Self:
        """Load the relations, too, for the roadmap: 2 queries more."""
        return self.for_page().prefetch_related("criterion__related")

    def with_confirmations(self) -> Self:
        confirmations = Confirmation.objects.select_related("organisation")
        return self.prefetch_related(Prefetch("confirmations", confirmations))


class Rating(models.Model):
    """How one criterion is met, by the organisation's own account."""

    Value = Value

    assessment = models.ForeignKey(
        "criteria.Assessment",
        models.CASCADE,
        related_name="ratings",
        verbose_name=_("Einschätzung"),
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="ratings", verbose_name=_("Kriterium")
    )
    value = models.CharField(
        _("Wie steht es?"), max_length=15, choices=Value, default=Value.UNKNOWN
    )
    note = models.TextField(_("Notiz"), max_length=5_000, blank=True)
    evidence_url = models.URLField(_("Nachweis (Adresse)"), max_length=500, blank=True)
    evidence_file = models.ForeignKey(
        StoredFile,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ratings",
        verbose_name=_("Nachweis (Datei)"),
    )
    responsible = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Wer kümmert sich?"),
    )
    due_on = models.DateField(_("Bis wann?"), null=True, blank=True)
    target = models.CharField(_("Was soll dann erreicht sein?"), max_length=300, blank=True)
    is_to_review = models.BooleanField(
        _("nach neuer Fassung zu prüfen"), default=False, editable=False
    )
    version = models.PositiveIntegerField(_("Fassung"), default=1)

    _history_user: User
    _history_date: datetime

    objects = RatingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Bewertung eines Kriteriums")
        verbose_name_plural = _("Bewertungen von Kriterien")
        ordering = ["criterion__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"],
                name="rating_once_per_criterion",
                violation_error_message=_("Dieses Kriterium ist schon bewertet."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_value_display()}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:rating", args=[self.assessment_id, self.criterion.key])

    @property
    def is_open(self) -> bool:
        return self.value not in {Value.MET, Value.NOT_APPLICABLE}

    @property
    def valid_confirmations(self) -> list["Confirmation"]:
        """Those that are of the rating as it stands; uses the prefetched ones."""
        return [given for given in self.confirmations.all() if given.value == self.value]

    def rate(self, *, by: User, at: datetime, seen: int, **fields: Any) -> bool:
        """Change it, unless somebody else has changed it since version `seen`.

        The row is locked while its version is compared, so of two at once the second is told.
        """
        with transaction.atomic():
            current = Rating.objects.select_for_update().get(pk=self.pk)
            if current.version != seen:
                return False
            for name, value in fields.items():
                setattr(current, name, value)
            current.version, current.is_to_review = seen + 1, False
            current._history_user, current._history_date = by, at
            current.save()
        return True


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def newest_first(self) -> Self:
        return self.order_by("-taken_at", "-pk")


class Snapshot(models.Model):
    """All ratings as they stood on a day, to compare with later; never changed."""

    assessment = models.ForeignKey(
        "criteria.Assessment",
        models.CASCADE,
        related_name="snapshots",
        verbose_name=_("Einschätzung"),
    )
    label = models.CharField(_("Bezeichnung"), max_length=120)
    phase = models.CharField(_("Phase"), max_length=2, choices=Phase)
    catalogue_number = models.PositiveIntegerField(_("Fassung des Katalogs"))
    ratings = models.JSONField(_("Bewertungen"))
    """{key of the criterion: [value, phase of the criterion]}"""
    taken_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("festgehalten von")
    )
    taken_at = models.DateTimeField(_("festgehalten am"))

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("Festgehaltener Stand")
        verbose_name_plural = _("Festgehaltene Stände")
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def readiness(self) -> Readiness:
        return Readiness.of(
            value for value, phase in self.ratings.values() if is_due(phase, self.phase)
        )

    def value_of(self, key: str) -> str:
        """The value that a criterion had; unknown if there was no such criterion."""
        value, _phase = self.ratings.get(key, (Value.UNKNOWN, ""))
        return str(value)


class ConfirmationManager(models.Manager["Confirmation"]):
    @transaction.atomic
    def toggle(self, rating: Rating, organisation: Organisation, *, by: User, at: datetime) -> bool:
        """Confirm the rating as it stands; if that was confirmed already, take it back.

        Say whether it is confirmed now.
        """
        own = self.filter(rating=rating, organisation=organisation)
        if own.filter(value=rating.value).delete()[0]:
            return False
        given = {"value": rating.value, "confirmed_by": by, "confirmed_at": at}
        self.update_or_create(rating=rating, organisation=organisation, defaults=given)
        return True


class Confirmation(models.Model):
    """A municipality that uses the solution agrees with one rating of its provider."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="confirmations")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("Kommune")
    )
    value = models.CharField(_("bestätigte Bewertung"), max_length=15, choices=Value)
    confirmed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("bestätigt von")
    )
    confirmed_at = models.DateTimeField(_("bestätigt am"))

    objects = ConfirmationManager()

    class Meta:
        verbose_name = _("Bestätigung einer Bewertung")
        verbose_name_plural = _("Bestätigungen von Bewertungen")
        ordering = ["confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rating", "organisation"], name="confirmation_once_per_organisation"
            ),
            models.CheckConstraint(
                condition=~Q(value=readiness.UNKNOWN), name="confirmation_of_something_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_value_display()}"
