from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.calls.models.challenges import Challenge

MOST_POINTS = 10


class EvaluationCriterion(models.Model):
    """By what an application is judged; the weights of a challenge add up to 100 (Kriterium).

    `points` describes each value: {"0": "not met", "5": "…", "10": "…"}. The criterion of the
    price is not judged by people, but by a formula (`is_price`).
    """

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    label = models.CharField(_("Kriterium"), max_length=160)
    description = models.TextField(_("Was bewertet wird"), blank=True)
    weight = models.PositiveSmallIntegerField(
        _("Gewicht"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    points = models.JSONField(_("Was die Punkte bedeuten"), default=dict, blank=True)
    is_price = models.BooleanField(_("Preis (nach Formel)"), default=False)

    class Meta:
        verbose_name = _("Bewertungskriterium")
        verbose_name_plural = _("Bewertungskriterien")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100), name="criterion_weight_in_range"
            ),
            models.UniqueConstraint(
                fields=["challenge"],
                condition=Q(is_price=True),
                name="criterion_of_price_once",
                violation_error_message=_("Den Preis bewertet nur ein Kriterium."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.weight})"
