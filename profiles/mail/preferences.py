"""Which kinds of mail somebody does not want."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from profiles.mail.kinds import SWITCHABLE
from profiles.mail.models import Mail
from profiles.models.people import User


class MailPreferenceQuerySet(models.QuerySet["MailPreference"]):
    def of(self, user: User) -> Self:
        """Those of a person, and those that came by a link in a mail to the person's address."""
        return self.filter(Q(user=user) | Q(address__iexact=user.email))

    def against(self, mail: Mail) -> Self:
        """Those because of which the mail is not sent."""
        if not mail.mail_kind.may_be_switched_off:
            return self.none()
        recipient = Q(address__iexact=mail.address) | Q(user__email__iexact=mail.address)
        if mail.user_id:
            recipient |= Q(user=mail.user_id)
        return self.filter(recipient, kind=mail.kind)

    def switch(self, user: User, wanted: set[str]) -> None:
        """Keep what the person has chosen: these kinds, and no other that can be switched off."""
        self.of(user).filter(kind__in=wanted).delete()
        others = [kind.key for kind in SWITCHABLE if kind.key not in wanted]
        self.bulk_create(
            [MailPreference(user=user, kind=kind) for kind in others], ignore_conflicts=True
        )

    def unsubscribe(self, mail: Mail) -> None:
        """Switch the kind of a mail off for whoever got it."""
        who = {"user": mail.user} if mail.user else {"address": mail.address.lower()}
        self.bulk_create([MailPreference(kind=mail.kind, **who)], ignore_conflicts=True)


class MailPreference(models.Model):
    """A kind of mail that a person, or whoever reads an address, has switched off."""

    user = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="mail_preferences"
    )
    address = models.EmailField(_("E-Mail-Adresse"), blank=True)
    kind = models.CharField(_("Art"), max_length=60)
    switched_off_at = models.DateTimeField(_("abbestellt am"), auto_now_add=True)

    objects = MailPreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("abbestellte Art von Mail")
        verbose_name_plural = _("abbestellte Arten von Mails")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, address="")
                | (Q(user__isnull=True) & ~Q(address="")),
                name="mail_preference_of_person_or_address",
            ),
            models.UniqueConstraint(
                fields=["user", "kind"], name="mail_preference_once_per_person"
            ),
            models.UniqueConstraint(
                Lower("address"),
                "kind",
                condition=Q(user__isnull=True),
                name="mail_preference_once_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.address}: {self.kind}"
