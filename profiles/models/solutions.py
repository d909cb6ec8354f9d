from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.bilingual import sort_key
from profiles.models.figures import (
    population_in_words,
    price_in_words,
    regions_in_words,
    teaser,
)
from profiles.models.providers import Provider
from profiles.models.scales import (
    Hosting,
    Licence,
    OperatorModel,
    Phase,
    TechnologyTag,
    Topic,
)
from profiles.models.solution_queries import SolutionQuerySet
from profiles.models.standards import Standard, StandardClaim
from profiles.models.territory import State

__all__ = ["Solution", "SolutionQuerySet"]


class Solution(models.Model):
    """One offer of a provider (Lösung)."""

    class OfferingType(models.TextChoices):
        PRODUCT = "product", _("Produkt")
        SERVICE = "service", _("Dienstleistung")
        DATA_SET = "data_set", _("Datensatz")

    class PriceModel(models.TextChoices):
        SUBSCRIPTION = "subscription", _("laufende Gebühr")
        ONE_OFF = "one_off", _("einmaliger Preis")
        USAGE = "usage", _("nach Nutzung")
        FREE = "free", _("kostenfrei")

    class Language(models.TextChoices):
        DE = "de", _("Deutsch")
        EN = "en", _("Englisch")
        PLAIN_GERMAN = "de-simple", _("Leichte Sprache")
        OTHER = "other", _("weitere Sprachen")

    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="solutions", verbose_name=_("Anbieter")
    )
    title = models.CharField(_("Titel"), max_length=160)
    sort_title = sort_key("title")
    slug = models.SlugField(_("Adresse der Seite"), max_length=80, unique=True)
    tagline = models.CharField(_("In einem Satz"), max_length=200, blank=True)
    summary = models.TextField(_("Was sie leistet und für wen"))
    benefit = models.TextField(_("Nutzen für Bürger:innen"), blank=True)
    offering_type = models.CharField(
        _("Art des Angebots"), max_length=10, choices=OfferingType, default=OfferingType.PRODUCT
    )
    topics = models.ManyToManyField(Topic, related_name="solutions", verbose_name=_("Themen"))
    technology_tags = models.ManyToManyField(
        TechnologyTag, related_name="solutions", blank=True, verbose_name=_("Technik")
    )
    phase = models.CharField(_("Phase"), max_length=2, choices=Phase)
    standards = models.ManyToManyField(Standard, through=StandardClaim, related_name="solutions")
    licence = models.CharField(_("Lizenz"), max_length=20, choices=Licence)
    spdx_licence = models.CharField(
        _("Name der Lizenz"),
        max_length=100,
        blank=True,
        help_text=_("Kürzel nach SPDX, zum Beispiel EUPL-1.2; nur bei Open Source."),
    )
    repository_url = models.URLField(
        _("Quelltext"), blank=True, help_text=_("Wo der Quelltext liegt; nur bei Open Source.")
    )
    hosting = ArrayField(
        models.CharField(max_length=20, choices=Hosting), verbose_name=_("Betrieb"), default=list
    )
    data_processing = models.TextField(_("Wo Daten verarbeitet werden"), blank=True)
    interfaces = models.TextField(_("Schnittstellen"), blank=True)
    price_model = models.CharField(_("Preismodell"), max_length=20, choices=PriceModel, blank=True)
    price_from_eur = models.PositiveIntegerField(
        _("Preis ab (Euro je Jahr, netto)"),
        null=True,
        blank=True,
        help_text=_("Leer bedeutet: Preis auf Anfrage."),
    )
    regions = models.ManyToManyField(
        State,
        related_name="solutions",
        blank=True,
        verbose_name=_("Bundesländer"),
        help_text=_("Leer bedeutet: bundesweit."),
    )
    min_population = models.PositiveIntegerField(_("ab Einwohner:innen"), null=True, blank=True)
    max_population = models.PositiveIntegerField(_("bis Einwohner:innen"), null=True, blank=True)
    operator_models = ArrayField(
        models.CharField(max_length=20, choices=OperatorModel),
        verbose_name=_("Betreibermodelle"),
        default=list,
        blank=True,
    )
    languages = ArrayField(
        models.CharField(max_length=10, choices=Language),
        verbose_name=_("Sprachen"),
        default=list,
        blank=True,
    )
    seeks_pilot = models.BooleanField(_("sucht eine Pilotkommune"), default=False)
    pilot_offer = models.TextField(_("Angebot an die Pilotkommune"), blank=True)
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("zurückgezogen am"), null=True, blank=True)
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)

    objects = SolutionQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[topics, technology_tags, regions])

    class Meta:
        verbose_name = _("Lösung")
        verbose_name_plural = _("Lösungen")
        ordering = ["sort_title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_population=None)
                | Q(max_population=None)
                | Q(max_population__gte=F("min_population")),
                name="solution_population_in_order",
                violation_error_message=_("Die obere Grenze liegt unter der unteren."),
            ),
            models.CheckConstraint(
                condition=Q(licence="open_source") | Q(spdx_licence="", repository_url=""),
                name="solution_code_of_open_source",
                violation_error_message=_("Lizenzkürzel und Quelltext gehören nur zu Open Source."),
            ),
            models.CheckConstraint(
                condition=Q(seeks_pilot=True) | Q(pilot_offer=""),
                name="solution_pilot_offer_needs_search",
                violation_error_message=_(
                    "Ein Angebot gibt es nur, wenn Sie eine Pilotkommune suchen."
                ),
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(withdrawn_at=None),
                name="solution_published_or_withdrawn",
                violation_error_message=_("Veröffentlicht und zurückgezogen zugleich geht nicht."),
            ),
        ]
        indexes = [
            models.Index(F("published_at").desc(nulls_last=True), F("id").desc(), name="newest"),
            models.Index(fields=["sort_title", "id"], name="by_title"),
            GinIndex(fields=["hosting"], name="hosting"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("solution", args=[self.slug])

    @property
    def teaser(self) -> str:
        return teaser(self.tagline, self.summary)

    @property
    def is_open_source(self) -> bool:
        return self.licence == Licence.OPEN_SOURCE

    @property
    def is_concept(self) -> bool:
        return bool(self.phase) and Phase(self.phase).is_concept

    @property
    def hosting_labels(self) -> list[str]:
        return [str(Hosting(value).label) for value in self.hosting]

    @property
    def operator_model_labels(self) -> list[str]:
        return [str(OperatorModel(value).label) for value in self.operator_models]

    @property
    def language_labels(self) -> list[str]:
        return [str(self.Language(value).label) for value in self.languages]

    @property
    def phase_explanation(self) -> str:
        return Phase(self.phase).explanation if self.phase else ""

    @property
    def price_label(self) -> str:
        return price_in_words(self)

    @property
    def regions_label(self) -> str:
        """The states served, by name; uses the prefetched regions."""
        return regions_in_words(state.name for state in self.regions.all())

    @property
    def population_label(self) -> str:
        return population_in_words(self.min_population, self.max_population)
