"""Points with a reason: those of each reviewer, and those that the panel agreed upon."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.applications.models import Application
from challenges.calls.models import EvaluationCriterion
from challenges.calls.models.criteria import MOST_POINTS
from challenges.evaluation.models.panels import Declaration
from profiles.models import User


class Score(models.Model):
    """What one reviewer gives; once the sheet is locked, the database keeps it as it is."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(EvaluationCriterion, models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(
        _("Punkte"), validators=[MaxValueValidator(MOST_POINTS)]
    )
    reason = models.TextField(_("Begründung"))

    class Meta:
        verbose_name = _("Einzelbewertung")
        verbose_name_plural = _("Einzelbewertungen")
        ordering = ["declaration", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(points__lte=MOST_POINTS), name="score_points_in_range"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="score_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.declaration}: {self.points}"


class AgreedScore(models.Model):
    """What the panel agreed upon under its chair; the reason is what the applicant reads."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="agreed_scores")
    criterion = models.ForeignKey(EvaluationCriterion, models.PROTECT, related_name="agreed_scores")
    points = models.PositiveSmallIntegerField(
        _("Punkte"), validators=[MaxValueValidator(MOST_POINTS)]
    )
    reason = models.TextField(_("Begründung"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Vorsitz"))
    at = models.DateTimeField(_("festgestellt am"))

    class Meta:
        verbose_name = _("gemeinsame Bewertung")
        verbose_name_plural = _("gemeinsame Bewertungen")
        ordering = ["application", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="agreed_score_once"),
            models.CheckConstraint(
                condition=Q(points__lte=MOST_POINTS), name="agreed_score_points_in_range"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="agreed_score_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.points}"
