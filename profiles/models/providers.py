from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.memberships import Membership
from profiles.models.organisations import Organisation
from profiles.models.people import AnyUser
from profiles.models.territory import State

GOOD_FOR = timedelta(days=182)  # half a year


class ProviderQuerySet(models.QuerySet["Provider"]):
    def published(self) -> Self:
        """Those with at least one published solution."""
        return self.filter(solutions__published_at__isnull=False).distinct()

    def maintained_by(self, user: AnyUser) -> Self:
        """Those for whom the person speaks."""
        if not user.is_authenticated:
            return self.none()
        mine = Membership.objects.deciders().of_person(user)
        return self.filter(organisation__in=mine.values("organisation"))

    def with_last_check(self) -> Self:
        """Annotate `last_check`: when somebody last said that all is up to date, or published."""
        published = models.Max("solutions__published_at")
        return self.annotate(last_check=Greatest("checked_at", published))

    def stale(self, *, at: datetime) -> Self:
        """Published, and for half a year nobody has said that the details still hold."""
        return self.with_last_check().filter(last_check__lte=at - GOOD_FOR)

    def by_name(self) -> Self:
        return self.order_by("organisation__sort_name", "pk")


class Provider(models.Model):
    """The public profile of an organisation that offers solutions (Anbieter)."""

    class Kind(models.TextChoices):
        STARTUP = "startup", _("Start-up")
        SME = "sme", _("mittelständisches Unternehmen")
        UNIVERSITY_SPINOFF = "university_spinoff", _("Ausgründung einer Hochschule")
        NONPROFIT = "nonprofit", _("gemeinnützig")
        MUNICIPAL_IT = "municipal_it", _("kommunaler IT-Dienstleister")

    class Size(models.TextChoices):
        MICRO = "1-9", _("1 bis 9")
        SMALL = "10-49", _("10 bis 49")
        MEDIUM = "50-249", _("50 bis 249")
        LARGE = "250+", _("250 und mehr")

    organisation = models.OneToOneField(
        Organisation,
        models.CASCADE,
        primary_key=True,
        related_name="provider",
        limit_choices_to={"kind": Organisation.Kind.PROVIDER},
        verbose_name=_("Organisation"),
    )
    kind = models.CharField(_("Art des Anbieters"), max_length=20, choices=Kind)
    tagline = models.CharField(_("In einem Satz"), max_length=160, blank=True)
    description = models.TextField(_("Beschreibung"), blank=True)
    city = models.CharField(_("Ort"), max_length=100, blank=True)
    state = models.ForeignKey(
        State,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="providers",
        verbose_name=_("Bundesland"),
    )
    founded = models.PositiveSmallIntegerField(_("gegründet"), null=True, blank=True)
    employees_range = models.CharField(_("Beschäftigte"), max_length=10, choices=Size, blank=True)
    checked_at = models.DateTimeField(_("Angaben geprüft am"), null=True, blank=True)
    contact_email = models.EmailField(_("E-Mail-Adresse für Anfragen"), blank=True)

    last_check: datetime  # by `with_last_check`

    objects = ProviderQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Anbieter")
        verbose_name_plural = _("Anbieter")
        ordering = ["organisation__sort_name", "pk"]

    def __str__(self) -> str:
        return self.organisation.name

    def get_absolute_url(self) -> str:
        return reverse("provider", args=[self.organisation.slug])

    def confirm_details(self, *, at: datetime) -> None:
        """Note that somebody has found everything up to date."""
        self.checked_at = at
        self.save()

    @property
    def website_label(self) -> str:
        """The address as people say it: no scheme, no slash at the end."""
        return self.organisation.website.partition("://")[2].rstrip("/")
