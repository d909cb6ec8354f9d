"""How a municipality says whether an entry about it is true.

Of everything said there is one row that stays: both sides read what was decided and changed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from django.core import signing
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from profiles.deployments.trust import is_vouched_for
from profiles.models.deployments import Deployment
from profiles.models.people import User
from profiles.models.scales import Phase

FACTS = {"phase": _("Phase dort"), "since": _("Im Einsatz seit"), "result": _("Ergebnis")}
SIGNER = signing.Signer(salt="deployment confirmation")


class ConfirmationRequestQuerySet(models.QuerySet["ConfirmationRequest"]):
    def open(self) -> Self:
        """Neither answered nor replaced; the link in the mail may have expired."""
        return self.filter(answered_at=None, superseded_at=None)

    def unanswered_since(self, day: datetime, *, at: datetime) -> Self:
        """Asked then or before, and the link can still be used at that moment."""
        return self.open().filter(asked_at__lte=day, expires_at__gt=at)

    def with_token(self, token: str) -> Self:
        """The one of a link, whatever became of it; none if the link is forged."""
        try:
            return self.filter(pk=SIGNER.unsign(token))
        except signing.BadSignature:
            return self.none()

    def for_pages(self) -> Self:
        return self.select_related(
            "deployment__municipality__state", "deployment__solution__provider__organisation"
        )


class ConfirmationRequest(models.Model):
    """A municipality is asked: people of its organisation here, or one address by a link."""

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        ANSWERED = "answered", _("beantwortet")
        SUPERSEDED = "superseded", _("ersetzt")
        EXPIRED = "expired", _("abgelaufen")

    deployment = models.ForeignKey(Deployment, models.CASCADE, related_name="requests")
    address = models.EmailField(_("E-Mail-Adresse"), blank=True)
    asked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("gefragt von")
    )
    asked_at = models.DateTimeField(_("gefragt am"))
    expires_at = models.DateTimeField(_("Link gültig bis"))
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("ersetzt am"), null=True, blank=True)

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Bitte um Bestätigung")
        verbose_name_plural = _("Bitten um Bestätigung")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deployment"],
                condition=Q(answered_at=None, superseded_at=None),
                name="confirmation_request_open_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(superseded_at=None),
                name="confirmation_request_answered_or_superseded",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")),
                name="confirmation_request_lasts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deployment} ({self.asked_at:%Y-%m-%d})"

    @property
    def token(self) -> str:
        """The part of the link; signed, good for this one purpose, stored nowhere."""
        return SIGNER.sign(str(self.pk))

    def state(self, *, at: datetime) -> State:
        if self.answered_at:
            return self.State.ANSWERED
        if self.superseded_at:
            return self.State.SUPERSEDED
        return self.State.OPEN if at < self.expires_at else self.State.EXPIRED

    @transaction.atomic
    def answer(
        self, verdict: "Verdict", *, by: User | None, at: datetime
    ) -> "DeploymentAnswer | None":
        """Decide; nothing if somebody else did, or the provider has changed the entry since.

        Without a person the answer comes by the link, and counts at once only if the address
        is known to be the municipality's. The deployment is locked, so of two answers at the
        same time one wins.
        """
        deployment = Deployment.objects.select_for_update(of=("self",)).get(pk=self.deployment_id)
        is_first = ConfirmationRequest.objects.open().filter(pk=self.pk).update(answered_at=at)
        if not is_first:
            return None
        before = deployment.facts
        verdict.apply_to(deployment, at=at, by=by, counts=by is not None or self._is_vouched_for())
        answer: DeploymentAnswer = deployment.answers.create(
            request=self,
            kind=verdict.kind_after(before),
            by=by,
            address="" if by else self.address,
            at=at,
            reason=verdict.reason,
            before=before,
            after=deployment.facts,
        )
        return answer

    def _is_vouched_for(self) -> bool:
        provider = self.deployment.solution.provider.organisation
        return is_vouched_for(self.address, self.deployment.municipality, against=provider)


@dataclass(frozen=True)
class Verdict:
    """What a municipality says: no with a reason, or yes, perhaps with corrections."""

    reason: str = ""
    corrections: dict[str, Any] = field(default_factory=dict)
    consents: bool = False

    def apply_to(
        self, deployment: Deployment, *, by: User | None, at: datetime, counts: bool
    ) -> None:
        """Set what it says, and clear what was said otherwise while the request was open."""
        if self.reason:
            deployment.confirmed_at = deployment.mail_confirmed_at = None
            deployment.contact_consent_at = deployment.contact_consent_by = None
            deployment.declined_at, deployment.decline_reason = at, self.reason
        else:
            deployment.declined_at, deployment.decline_reason = None, ""
            for name, value in self.corrections.items():
                setattr(deployment, name, value)
            deployment.confirmed_at = at if counts else None
            deployment.mail_confirmed_at = None if by else at
            deployment.contact_consent_at = at if self.consents else None
            deployment.contact_consent_by = by if self.consents else None
        deployment.save()

    def kind_after(self, before: dict[str, str]) -> "DeploymentAnswer.Kind":
        if self.reason:
            return DeploymentAnswer.Kind.DECLINED
        after = before | {name: as_text(value) for name, value in self.corrections.items()}
        return (
            DeploymentAnswer.Kind.CONFIRMED if before == after else DeploymentAnswer.Kind.CORRECTED
        )


def as_text(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


class DeploymentAnswerQuerySet(models.QuerySet["DeploymentAnswer"]):
    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class DeploymentAnswer(models.Model):
    """What was said about a deployment, by whom and when; never changed."""

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", _("bestätigt")
        CORRECTED = "corrected", _("berichtigt und bestätigt")
        DECLINED = "declined", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("Bestätigung zurückgenommen")
        ACCEPTED = "accepted", _("Absender geprüft und anerkannt")
        REJECTED = "rejected", _("Absender geprüft und nicht anerkannt")

    deployment = models.ForeignKey(Deployment, models.CASCADE, related_name="answers")
    request = models.ForeignKey(
        ConfirmationRequest, models.CASCADE, null=True, related_name="answers"
    )
    kind = models.CharField(_("Art"), max_length=10, choices=Kind)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("von")
    )
    address = models.EmailField(_("E-Mail-Adresse"), blank=True)
    at = models.DateTimeField(_("am"))
    reason = models.TextField(_("Grund"), blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = DeploymentAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Antwort zu einem Einsatz")
        verbose_name_plural = _("Antworten zu Einsätzen")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Name, old and new text of each fact that the municipality corrected."""
        names = [name for name in self.before if self.before[name] != self.after.get(name)]
        return [
            (
                str(FACTS[name]),
                shown(name, self.before[name]),
                shown(name, self.after.get(name, "")),
            )
            for name in names
        ]


def shown(name: str, text: str) -> str:
    """A fact as people read it; a dash for nothing."""
    if name == "phase":
        return str(Phase(text).label)
    if name == "since" and text:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    return text or "–"
