from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.models.people import User


class Verifiable(models.Model):
    """Somebody checks that it is what it says it is; until then it waits, or was declined."""

    verified_at = models.DateTimeField(_("geprüft am"), null=True, blank=True)
    verified_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("geprüft von"),
    )
    declined_at = models.DateTimeField(_("abgelehnt am"), null=True, blank=True)
    decline_reason = models.TextField(_("Grund der Ablehnung"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def is_declined(self) -> bool:
        return self.declined_at is not None

    def verify(self, *, by: User, at: datetime) -> None:
        self.verified_at, self.verified_by = at, by
        self.declined_at, self.decline_reason = None, ""
        self.save()

    def decline(self, reason: str, *, at: datetime) -> None:
        self.verified_at, self.verified_by = None, None
        self.declined_at, self.decline_reason = at, reason
        self.save()

    def submit(self) -> None:
        """Let it wait (again) for somebody who checks it."""
        self.declined_at, self.decline_reason = None, ""
        self.save()
