"""How people come to belong to an organisation: by invitation, or by asking for it."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.models.memberships import Membership
from profiles.models.organisations import Organisation
from profiles.models.people import AnyUser, User

VALID_FOR = timedelta(days=14)
SEND_AGAIN_AFTER = timedelta(minutes=10)


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> Self:
        """Neither accepted nor revoked; they may have expired, and can be sent again."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self, *, at: datetime) -> Self:
        """Those that can be accepted at that moment."""
        return self.pending().filter(expires_at__gt=at)

    def managed_by(self, user: AnyUser) -> Self:
        return self.filter(organisation__in=Organisation.objects.managed_by(user))

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hashed(token))

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class Invitation(models.Model):
    """An address is asked to join; who holds the token of the mail may accept."""

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        EXPIRED = "expired", _("abgelaufen")
        REVOKED = "revoked", _("zurückgezogen")
        ACCEPTED = "accepted", _("angenommen")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name=_("Organisation")
    )
    email = models.EmailField(_("E-Mail-Adresse"))
    role = models.CharField(_("Rolle"), max_length=10, choices=Membership.Role)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("eingeladen von")
    )
    created_at = models.DateTimeField(_("eingeladen am"))
    expires_at = models.DateTimeField(_("gültig bis"))
    accepted_at = models.DateTimeField(_("angenommen am"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("zurückgezogen am"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_pending_once",
                violation_error_message=_(
                    "Diese Adresse ist schon eingeladen. In der Liste der Einladungen können Sie "
                    "die Einladung erneut senden oder zurückziehen."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None),
                name="invitation_accepted_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.organisation}"

    def state(self, *, at: datetime) -> State:
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.OPEN if at < self.expires_at else self.State.EXPIRED

    @property
    def sent_at(self) -> datetime:
        return self.expires_at - VALID_FOR

    def is_for(self, user: User) -> bool:
        return self.email.lower() == user.email.lower()

    def issue(self, *, at: datetime) -> str:
        """Give a new token, valid from now; earlier links end. Returns the only copy of it."""
        token = token_urlsafe(32)
        self.token_hash, self.expires_at = hashed(token), at + VALID_FOR
        self.save()
        return token

    def issue_again(self, *, at: datetime) -> str:
        """Give a new token, unless the last mail is hardly out: nobody's inbox is flooded."""
        if at < self.sent_at + SEND_AGAIN_AFTER:
            raise ValidationError(
                gettext("Die Einladung ging gerade erst hinaus. Bitte warten Sie zehn Minuten.")
            )
        return self.issue(at=at)

    def revoke(self, *, at: datetime) -> bool:
        """Say whether it was still to be revoked."""
        return bool(Invitation.objects.pending().filter(pk=self.pk).update(revoked_at=at))

    @transaction.atomic
    def accept(self, user: User, *, at: datetime) -> bool:
        """Make the person a member; say whether this call did it.

        Of two calls at once the update lets one through. Who belongs there already keeps the role.
        """
        mine = Invitation.objects.open(at=at).filter(pk=self.pk, email__iexact=user.email)
        if not mine.update(accepted_at=at):
            return False
        Membership.objects.get_or_create(
            organisation=self.organisation, user=user, defaults={"role": self.role}
        )
        return True


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def open(self) -> Self:
        return self.filter(decided_at=None)

    def managed_by(self, user: AnyUser) -> Self:
        return self.filter(organisation__in=Organisation.objects.managed_by(user))

    def of_person(self, user: User) -> Self:
        return self.filter(user=user)

    def oldest_first(self) -> Self:
        return self.order_by("created_at", "pk")


class JoinRequest(models.Model):
    """A person asks to belong to an organisation that exists; its owners decide."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("aufgenommen")
        DECLINED = "declined", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="join_requests", verbose_name=_("Organisation")
    )
    user = models.ForeignKey(
        User, models.CASCADE, related_name="join_requests", verbose_name=_("Person")
    )
    message = models.TextField(_("Nachricht"), max_length=2000)
    created_at = models.DateTimeField(_("gestellt am"))
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entschieden von"),
    )
    outcome = models.CharField(_("Ergebnis"), max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(_("Begründung"), max_length=2000, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Beitrittsanfrage")
        verbose_name_plural = _("Beitrittsanfragen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(decided_at=None),
                name="join_request_open_once",
                violation_error_message=_("Sie haben bei dieser Organisation schon angefragt."),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None) ^ ~models.Q(outcome=""),
                name="join_request_decided_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="declined") | ~models.Q(reason=""),
                name="join_request_declined_with_a_reason",
                violation_error_message=_("Zu einer Ablehnung gehört ein Grund."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("organisations:join_request", args=[self.organisation.slug, self.pk])

    @transaction.atomic
    def approve(self, role: str, *, by: User, at: datetime) -> bool:
        """Make the person a member; who became one meanwhile keeps the role."""
        if not self._decide(self.Outcome.APPROVED, by=by, at=at):
            return False
        Membership.objects.get_or_create(
            organisation=self.organisation, user=self.user, defaults={"role": role}
        )
        return True

    def decline(self, reason: str, *, by: User, at: datetime) -> bool:
        return self._decide(self.Outcome.DECLINED, by=by, at=at, reason=reason)

    def withdraw(self, *, at: datetime) -> bool:
        return self._decide(self.Outcome.WITHDRAWN, by=self.user, at=at)

    def _decide(self, outcome: str, *, by: User, at: datetime, reason: str = "") -> bool:
        """Decide once: of two decisions at the same time the update lets one through."""
        values = {"outcome": outcome, "decided_by": by, "decided_at": at, "reason": reason}
        open_ones = JoinRequest.objects.open().filter(pk=self.pk)
        if not open_ones.update(**values):
            return False
        for name, value in values.items():
            setattr(self, name, value)
        return True
