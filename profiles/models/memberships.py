"""Who belongs to an organisation, in which role."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.people import AnyUser, User


class LastOwnerError(ValidationError):
    """An organisation would lose the last person who is responsible for it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Eine Organisation braucht immer jemanden, der verantwortlich ist. "
                "Bitte machen Sie zuerst eine andere Person verantwortlich."
            ),
            code="last_owner",
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    def owners(self) -> Self:
        return self.filter(role=Membership.Role.OWNER)

    def of_person(self, user: AnyUser) -> Self:
        """Those of the person; a visitor has none."""
        return self.filter(user=user.pk)

    def deciders(self) -> Self:
        """Those of the people who speak for their organisation."""
        return self.filter(role__in=Membership.DECIDERS)

    def active(self) -> Self:
        """Those of people whose account is open; nobody writes to the others."""
        return self.filter(user__is_active=True)

    def managed_by(self, user: AnyUser) -> Self:
        """Those in organisations whose owner the person is."""
        owned = self.model.objects.owners().of_person(user)
        return self.filter(organisation__in=owned.values("organisation"))

    def for_rows(self) -> Self:
        """Load what the list of members shows, by name."""
        return self.select_related("user").order_by("user__last_name", "user__email", "pk")


class Membership(models.Model):
    class Role(models.TextChoices):
        OWNER = "owner", _("verantwortlich")
        EDITOR = "editor", _("bearbeitet")
        VIEWER = "viewer", _("liest mit")

    DECIDERS = (Role.OWNER, Role.EDITOR)  # who speaks for the organisation to others

    organisation = models.ForeignKey(
        "profiles.Organisation", models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("Rolle"), max_length=10, choices=Role)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Mitgliedschaft")
        verbose_name_plural = _("Mitgliedschaften")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="membership_once",
                violation_error_message=_("Die Person gehört schon zu dieser Organisation."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"

    @property
    def is_owner(self) -> bool:
        return self.role == self.Role.OWNER

    @property
    def verifies(self) -> bool:
        """Whether this is the place of somebody who checks organisations for a state."""
        agency = self.organisation.kind == self.organisation.Kind.STATE_AGENCY
        return agency and self.organisation.is_verified and self.role in self.DECIDERS

    @transaction.atomic
    def leave(self) -> None:
        """End the membership; raises LastOwnerError if nobody would be responsible."""
        self._keep_an_owner()
        self.delete()

    @transaction.atomic
    def change_role(self, to: str) -> None:
        """Give another role; raises LastOwnerError if nobody would be responsible."""
        if to != self.Role.OWNER:
            self._keep_an_owner()
        self.role = to
        self.save()

    def _keep_an_owner(self) -> None:
        """Read again under the lock: another owner may have gone since this row was read."""
        self.organisation.lock()
        self.refresh_from_db(fields=["role"])
        others = self.organisation.memberships.owners().exclude(pk=self.pk)
        if self.is_owner and not others.exists():
            raise LastOwnerError
