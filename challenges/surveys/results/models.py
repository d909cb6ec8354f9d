from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.surveys.models.surveys import NeedsSurvey


class PublishedFigures(models.Model):
    """What everybody may know of a survey: computed once, when it is published first.

    Page, CSV and JSON read this and nothing else, so that they cannot differ from one another,
    nor today's figures from those of yesterday.
    """

    survey = models.OneToOneField(
        NeedsSurvey, models.CASCADE, related_name="published_figures", verbose_name=_("Abfrage")
    )
    figures = models.JSONField(_("Zahlen"))
    computed_at = models.DateTimeField(_("berechnet am"))

    class Meta:
        verbose_name = _("veröffentlichte Zahlen")
        verbose_name_plural = _("veröffentlichte Zahlen")

    def __str__(self) -> str:
        return str(self.survey)
