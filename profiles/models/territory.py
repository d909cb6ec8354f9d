from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from profiles.models.bilingual import Named, localized, sort_key
from profiles.models.people import User

AGS_PATTERN = r"^(0[1-9]|1[0-6])[0-9]{3}([0-9]{3})?$"


class State(models.Model):
    """One of the 16 federal states (Bundesland), by its ISO 3166-2 code."""

    code = models.CharField(_("ISO 3166-2"), max_length=5, unique=True)
    name_de = models.CharField(_("Name (deutsch)"), max_length=60)
    name_en = models.CharField(_("Name (englisch)"), max_length=60)
    ags_prefix = models.CharField(_("Beginn der AGS"), max_length=2, unique=True)
    nuts1 = models.CharField("NUTS 1", max_length=3, unique=True)
    sort_name = sort_key("name_de")

    class Meta:
        verbose_name = _("Bundesland")
        verbose_name_plural = _("Bundesländer")
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return localized(self, "name")


class SizeClass(Named):
    """A population class (Größenklasse), both bounds included."""

    min_population = models.PositiveIntegerField(_("Einwohner:innen ab"), unique=True)
    max_population = models.PositiveIntegerField(_("Einwohner:innen bis"), null=True, blank=True)
    source = models.CharField(_("Quelle"), max_length=200, blank=True)
    as_of = models.DateField(_("Stand"), null=True, blank=True)

    class Meta:
        verbose_name = _("Größenklasse")
        verbose_name_plural = _("Größenklassen")
        ordering = ["min_population"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(max_population=None)
                | models.Q(max_population__gte=models.F("min_population")),
                name="size_class_bounds_in_order",
                violation_error_message=_("Die obere Grenze liegt unter der unteren."),
            )
        ]

    @property
    def bounds(self) -> models.Q:
        """The condition on `population` that a municipality of this class meets."""
        upper = {} if self.max_population is None else {"population__lte": self.max_population}
        return models.Q(population__gte=self.min_population, **upper)


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def in_force(self, *, on: date) -> Self:
        """Those whose key is valid on that day; the last day of validity is included."""
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=on),
            models.Q(valid_until=None) | models.Q(valid_until__gte=on),
        )

    def of_member(self, user: User | AnonymousUser) -> Self:
        """Those whose organisations the person belongs to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(organisations__memberships__user=user.pk).distinct()

    def named(self, text: str) -> Self:
        """The one with this AGS, else those of exactly this name, else those starting with it."""
        text = " ".join(text.replace("\0", " ").split())
        if text.isdigit():
            return self.filter(ags=text)
        for choice in ({"name__iexact": text}, {"name__istartswith": text}):
            if text and (found := self.filter(**choice)).exists():
                return found
        return self.none()

    def in_size_class_of(self, municipality: "Municipality") -> Self:
        """Those in the same population class; none while the population is unknown."""
        size_class = municipality.size_class
        return self.filter(size_class.bounds) if size_class else self.none()

    def in_state_of(self, municipality: "Municipality") -> Self:
        return self.filter(state=municipality.state_id)

    def by_name(self) -> Self:
        return self.order_by("sort_name", "pk")


class Municipality(models.Model):
    """A place in the territory: town, municipality or district (Kommune).

    The key is the AGS: 8 digits, or the 5 digits of a district. It is text, since it starts
    with zero, and never the primary key, since mergers end one and begin another.
    """

    class Kind(models.TextChoices):
        INDEPENDENT_CITY = "independent_city", _("kreisfreie Stadt")
        TOWN = "town", _("kreisangehörige Stadt")
        MUNICIPALITY = "municipality", _("Gemeinde")
        ASSOCIATION = "association", _("Gemeindeverband")
        DISTRICT = "district", _("Landkreis")

    ags = models.CharField(
        "AGS",
        max_length=8,
        unique=True,
        validators=[
            RegexValidator(
                AGS_PATTERN,
                _("Der amtliche Schlüssel (AGS) hat 8 Ziffern, der eines Landkreises 5."),
            )
        ],
    )
    name = models.CharField(_("Name"), max_length=200)
    sort_name = sort_key("name")
    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    state = models.ForeignKey(
        State, models.PROTECT, related_name="municipalities", verbose_name=_("Bundesland")
    )
    population = models.PositiveIntegerField(_("Einwohner:innen"), null=True, blank=True)
    valid_from = models.DateField(_("gültig ab"), null=True, blank=True)
    valid_until = models.DateField(_("gültig bis"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("aufgegangen in"),
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("Kommune")
        verbose_name_plural = _("Kommunen")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ags__regex=AGS_PATTERN),
                name="municipality_ags_wellformed",
                violation_error_message=_(
                    "Der amtliche Schlüssel (AGS) hat 8 Ziffern, der eines Landkreises 5."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_from=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="municipality_validity_in_order",
                violation_error_message=_("Die Gültigkeit endet, bevor sie beginnt."),
            ),
        ]
        indexes = [models.Index(fields=["population"])]

    def __str__(self) -> str:
        return self.name

    @property
    def district_key(self) -> str:
        return self.ags[:5]

    @cached_property
    def size_class(self) -> SizeClass | None:
        """The population class; one query, None while the population is unknown."""
        if self.population is None:
            return None
        return SizeClass.objects.filter(min_population__lte=self.population).last()
