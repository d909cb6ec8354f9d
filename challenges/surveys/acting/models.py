from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.surveys.acting import mails
from challenges.surveys.models.fields import FieldOfAction
from profiles.models import Membership, Provider, User
from profiles.models.people import AnyUser


class ProviderInvitationQuerySet(models.QuerySet["ProviderInvitation"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Those to the providers that the person belongs to."""
        mine = Membership.objects.of_person(user)
        return self.filter(provider__organisation__in=mine.values("organisation"))

    def answerable_by(self, user: AnyUser) -> Self:
        """Those to providers for which the person speaks."""
        mine = Membership.objects.deciders().of_person(user)
        return self.filter(provider__organisation__in=mine.values("organisation"))

    def unanswered(self) -> Self:
        return self.filter(answered_at=None)

    def for_rows(self) -> Self:
        return self.select_related("provider__organisation").order_by(
            "provider__organisation__sort_name", "pk"
        )

    @transaction.atomic
    def invite(
        self,
        field: FieldOfAction,
        providers: Iterable[Provider],
        *,
        message: str,
        by: User,
        at: datetime,
    ) -> int:
        """Invite those who are not yet, by mail to who speaks for them; return how many."""
        count = 0
        for provider in providers:
            invitation, is_new = self.get_or_create(
                field=field,
                provider=provider,
                defaults={"message": message, "invited_by": by, "invited_at": at},
            )
            if is_new:
                mails.invited(invitation)
                count += 1
        return count


class ProviderInvitation(models.Model):
    """An agency asks a provider whether it wants to help with a field of action (Einladung)."""

    class Answer(models.TextChoices):
        INTERESTED = "interested", _("interessiert")
        DECLINED = "declined", _("abgesagt")

    field = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="invitations")
    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="field_invitations", verbose_name=_("Anbieter")
    )
    message = models.TextField(_("Nachricht"))
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("eingeladen von")
    )
    invited_at = models.DateTimeField(_("eingeladen am"))
    opened_at = models.DateTimeField(_("geöffnet am"), null=True, blank=True)
    answer = models.CharField(_("Antwort"), max_length=10, choices=Answer, blank=True)
    reason = models.TextField(_("Grund oder Nachricht"), blank=True)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("beantwortet von"),
    )

    objects = ProviderInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einladung eines Anbieters")
        verbose_name_plural = _("Einladungen von Anbietern")
        constraints = [
            models.UniqueConstraint(
                fields=["field", "provider"],
                name="provider_invited_once_to_a_field",
                violation_error_message=_("Dieser Anbieter ist schon eingeladen."),
            ),
            models.CheckConstraint(
                condition=Q(answer="") ^ Q(answered_at__isnull=False),
                name="provider_invitation_answer_has_date",
                violation_error_message=_("Zu einer Antwort gehört das Datum."),
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(reason=""),
                name="provider_invitation_declined_with_reason",
                violation_error_message=_("Bitte nennen Sie den Grund."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} – {self.field}"

    def get_absolute_url(self) -> str:
        return reverse("surveys:invitation", args=[self.pk])

    @property
    def state(self) -> str:
        """How far it got, in words."""
        if self.answer:
            return self.get_answer_display()
        return str(_("geöffnet") if self.opened_at else _("eingeladen"))

    def open(self, *, at: datetime) -> None:
        """Keep when the provider first saw it."""
        waiting = ProviderInvitation.objects.filter(pk=self.pk, opened_at=None)
        waiting.update(opened_at=at)

    def reply(self, answer: str, reason: str, *, by: User, at: datetime) -> bool:
        """Answer once; say whether it was this call that did it."""
        waiting = ProviderInvitation.objects.unanswered().filter(pk=self.pk)
        return bool(waiting.update(answer=answer, reason=reason, answered_by=by, answered_at=at))
