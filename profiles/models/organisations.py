from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.bilingual import sort_key
from profiles.models.people import User
from profiles.models.territory import Municipality, State


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of_member(self, user: User | AnonymousUser) -> Self:
        """Those that the person belongs to, in whatever role."""
        return self.filter(memberships__user=user.pk) if user.is_authenticated else self.none()

    def public(self) -> Self:
        """What a stranger may see: places and agencies, and providers with a published offer."""
        published = Organisation.objects.filter(
            pk=models.OuterRef("pk"), provider__solutions__published_at__isnull=False
        )
        is_provider = models.Q(kind=Organisation.Kind.PROVIDER)
        return self.filter(~is_provider | models.Exists(published))

    def by_name(self) -> Self:
        return self.order_by("sort_name", "pk")


class Organisation(models.Model):
    """Who takes part: those who search, those who offer, those who bring them together."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Kommune")
        DISTRICT = "district", _("Landkreis")
        STATE_AGENCY = "state_agency", _("Landesbehörde")
        PROVIDER = "provider", _("Anbieter")
        INTERMEDIARY = "intermediary", _("Vermittler")

    class IntermediaryKind(models.TextChoices):
        MUNICIPAL_IT = "municipal_it", _("kommunaler IT-Dienstleister")
        ASSOCIATION = "association", _("Verband")
        UNIVERSITY = "university", _("Hochschule")
        CHAMBER = "chamber", _("Kammer")

    name = models.CharField(_("Name"), max_length=200)
    sort_name = sort_key("name")
    slug = models.SlugField(_("Adresse der Seite"), max_length=80, unique=True)
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    intermediary_kind = models.CharField(
        _("Art der Vermittlung"), max_length=20, choices=IntermediaryKind, blank=True
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("Kommune"),
    )
    state = models.ForeignKey(
        State,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("Bundesland"),
    )
    website = models.URLField(_("Website"), blank=True)
    members = models.ManyToManyField(User, through="Membership", related_name="organisations")

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisationen")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=["municipality", "district"])
                | models.Q(municipality__isnull=False),
                name="organisation_of_a_place_names_it",
                violation_error_message=_("Bitte wählen Sie die Kommune aus."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="intermediary") ^ models.Q(intermediary_kind=""),
                name="organisation_intermediary_kind_only_there",
                violation_error_message=_("Die Art der Vermittlung gehört nur zu Vermittlern."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    class Role(models.TextChoices):
        OWNER = "owner", _("verantwortlich")
        EDITOR = "editor", _("bearbeitet")
        VIEWER = "viewer", _("liest mit")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("Rolle"), max_length=10, choices=Role)

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
