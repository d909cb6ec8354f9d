"""What a challenge asks of its applicants; fixed once it is published."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.calls.models import Challenge

MOST_WORDS = 2000


class FormQuestion(models.Model):
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="form_questions")
    text = models.CharField(_("Frage"), max_length=300)
    hint = models.CharField(_("Hinweis zur Frage"), max_length=300, blank=True)
    max_words = models.PositiveSmallIntegerField(
        _("Höchstens so viele Wörter"),
        default=300,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WORDS)],
    )
    is_required = models.BooleanField(_("muss beantwortet werden"), default=True)

    class Meta:
        verbose_name = _("Frage an Bewerber:innen")
        verbose_name_plural = _("Fragen an Bewerber:innen")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class PricePosition(models.Model):
    """A line of the price sheet: applicants enter its amount, net; the total is their sum."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="price_positions")
    label = models.CharField(_("Position des Preisblatts"), max_length=200)

    class Meta:
        verbose_name = _("Position des Preisblatts")
        verbose_name_plural = _("Positionen des Preisblatts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label
