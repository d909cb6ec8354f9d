"""What was decided, by two persons, and every step of the judging on the way there."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.applications.models import Application
from challenges.calls.lifecycle import State
from challenges.calls.models import Challenge
from profiles.models import User
from profiles.models.people import AnyUser


class DecisionQuerySet(models.QuerySet["Decision"]):
    def for_page(self) -> Self:
        return self.select_related("challenge", "winner__organisation", "proposed_by", "signed_by")

    def signed(self) -> Self:
        return self.exclude(signed_at=None)

    def signable_by(self, user: AnyUser) -> Self:
        """Those that wait for another person than the one who proposed them."""
        own = Challenge.objects.editable_by(user).values("pk")
        waiting = self.filter(signed_at=None, challenge__state=State.DECISION)
        return waiting.filter(challenge__in=own).exclude(proposed_by=user.pk)


class Decision(models.Model):
    """To whom it goes, or to nobody; it counts once a second person has signed it."""

    challenge = models.OneToOneField(
        Challenge, models.PROTECT, primary_key=True, related_name="decision"
    )
    winner = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="+", verbose_name=_("Zuschlag an")
    )
    reason = models.TextField(_("Begründung"))
    standstill_until = models.DateTimeField(_("Wartefrist bis"), null=True)
    proposed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("vorgeschlagen durch")
    )
    proposed_at = models.DateTimeField(_("vorgeschlagen am"))
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("gezeichnet durch")
    )
    signed_at = models.DateTimeField(_("gezeichnet am"), null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Entscheidung")
        verbose_name_plural = _("Entscheidungen")
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("proposed_by")),
                name="decision_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_at=None)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="decision_signed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
        ]

    def __str__(self) -> str:
        return str(self.challenge)

    @property
    def mark(self) -> str:
        """Which proposal this is; of one challenge there may be several, one after the other."""
        return f"{self.winner_id or 0}-{self.proposed_at.timestamp()}"

    def names_winner(self, *, at: datetime) -> bool:
        """Whether the others may know who it is: after the standstill, where one applies."""
        return self.winner_id is not None and (
            self.standstill_until is None or at > self.standstill_until
        )


class PanelEntryQuerySet(models.QuerySet["PanelEntry"]):
    def for_page(self) -> Self:
        return self.select_related("by").order_by("at", "pk")


class PanelEntry(models.Model):
    """A step of the judging; the database lets nobody change or remove it."""

    class Kind(models.TextChoices):
        INVITED = "invited", _("eingeladen")
        CHAIR = "chair", _("Vorsitz bestimmt")
        DECLARED = "declared", _("Interessenkonflikte erklärt")
        LOCKED = "locked", _("Bogen abgeschlossen")
        CLOSED = "closed", _("Einzelbewertung geschlossen")
        AGREED = "agreed", _("Punkte gemeinsam festgestellt")
        PROPOSED = "proposed", _("Entscheidung vorgeschlagen")
        DISMISSED = "dismissed", _("Vorschlag zurückgegeben")
        SIGNED = "signed", _("Entscheidung gezeichnet")

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="panel_log")
    kind = models.CharField(_("Schritt"), max_length=20, choices=Kind)
    at = models.DateTimeField(_("am"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("durch"))
    note = models.TextField(_("Anmerkung"), blank=True)

    objects = PanelEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Schritt der Bewertung")
        verbose_name_plural = _("Schritte der Bewertung")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
