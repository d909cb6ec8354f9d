from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.calls.lifecycle import Action, State
from challenges.calls.models.challenges import Challenge
from profiles.models import User


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    def latest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class LogEntry(models.Model):
    """A step of a challenge: what, when, who, why. The database lets nobody change or remove it."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="log")
    action = models.CharField(_("Schritt"), max_length=20, choices=Action)
    source = models.CharField(_("von"), max_length=20, choices=State)
    target = models.CharField(_("nach"), max_length=20, choices=State)
    at = models.DateTimeField(_("am"))
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("durch")
    )
    reason = models.TextField(_("Grund"), blank=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Schritt einer Challenge")
        verbose_name_plural = _("Schritte von Challenges")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.challenge}: {self.get_action_display()}"
