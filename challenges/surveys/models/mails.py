from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.surveys.models.surveys import NeedsSurvey


class MailText(models.Model):
    """What a survey writes, where it is not the usual text."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Einladung")
        REMINDER = "reminder", _("Erinnerung")
        CLOSING = "closing", _("Ende der Abfrage")
        THANKS = "thanks", _("Dank nach dem Abschicken")

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="mail_texts")
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    subject = models.CharField(_("Betreff"), max_length=200)
    text = models.TextField(_("Text"), max_length=5000)

    class Meta:
        verbose_name = _("Text einer Mail")
        verbose_name_plural = _("Texte von Mails")
        constraints = [
            models.UniqueConstraint(fields=["survey", "kind"], name="mail_text_once_in_a_survey")
        ]

    def __str__(self) -> str:
        return self.subject
