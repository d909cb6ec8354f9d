from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchRank
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.bilingual import sort_key
from profiles.models.deployments import Deployment
from profiles.models.organisations import Membership
from profiles.models.people import User
from profiles.models.providers import Provider
from profiles.models.scales import (
    Hosting,
    Licence,
    OperatorModel,
    Phase,
    TechnologyTag,
    Topic,
)
from profiles.models.standards import ClaimQuerySet, Standard, StandardClaim
from profiles.models.territory import Municipality, State

if TYPE_CHECKING:
    from profiles.search import TextQuery


class SolutionQuerySet(models.QuerySet["Solution"]):
    """The words that pages, filters and the API choose solutions with."""

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Published ones and, for a signed-in user, all of their own; for staff everything."""
        if user.is_staff:
            return self.all()
        own = Q(provider__organisation__members=user.pk) if user.is_authenticated else Q(pk__in=[])
        return self.filter(Q(published_at__isnull=False) | own).distinct()

    def withdrawn(self) -> Self:
        """Once published, and taken from the market by their own provider."""
        return self.filter(withdrawn_at__isnull=False)

    def editable_by(self, user: User | AnonymousUser) -> Self:
        """Those of the organisations for which the person speaks."""
        mine = Membership.objects.deciders().filter(user=user.pk)
        return self.filter(provider__in=mine.values("organisation"))

    def on_topics(self, topics: Iterable[Topic]) -> Self:
        """On any of the topics; an upper topic stands for all below it."""
        keys = [topic.pk for topic in topics]
        links = Solution.topics.through.objects.filter(solution=OuterRef("pk"))
        return self.filter(Exists(links.filter(Q(topic__in=keys) | Q(topic__parent__in=keys))))

    def claiming(self, standards: Iterable[Standard], claims: ClaimQuerySet) -> Self:
        """With one of the claims to any of the standards."""
        keys = [standard.pk for standard in standards]
        return self.filter(Exists(claims.filter(solution=OuterRef("pk"), standard__in=keys)))

    def hosted_in_any(self, options: Iterable[str]) -> Self:
        return self.filter(hosting__overlap=list(options))

    def serving(self, states: Iterable[State]) -> Self:
        """Offered in any of the states; an offer without regions is nationwide."""
        keys = [state.pk for state in states]
        links = Solution.regions.through.objects.filter(solution=OuterRef("pk"))
        return self.filter(~Exists(links) | Exists(links.filter(state__in=keys)))

    def suited_to(self, municipality: Municipality) -> Self:
        """Offered in its state and for towns of its size; an unknown population fits any."""
        people = municipality.population
        suited = self.serving([municipality.state])
        if people is None:
            return suited
        return suited.filter(
            Q(min_population=None) | Q(min_population__lte=people),
            Q(max_population=None) | Q(max_population__gte=people),
        )

    def referenced(self, **where: object) -> Self:
        """With a confirmed deployment, in municipalities that meet the lookups in `where`."""
        deployments = Deployment.objects.confirmed().filter(solution=OuterRef("pk"), **where)
        return self.filter(Exists(deployments))

    def unreferenced(self) -> Self:
        return self.filter(~Exists(Deployment.objects.confirmed().filter(solution=OuterRef("pk"))))

    def priced_up_to(self, limit: Decimal, *, or_on_request: bool = False) -> Self:
        """With a known price of at most `limit` euro a year; on request, with an unknown one."""
        affordable = Q(price_from_eur__lte=limit)
        return self.filter(affordable | Q(price_from_eur=None) if or_on_request else affordable)

    def with_reference_count(self) -> Self:
        """Annotate `reference_count`: confirmed deployments."""
        confirmed = Deployment.objects.confirmed().filter(solution=OuterRef("pk")).order_by()
        count = confirmed.values("solution").annotate(count=Count("pk")).values("count")
        return self.annotate(reference_count=Coalesce(Subquery(count), 0))

    def found_by(self, query: "TextQuery") -> Self:
        """Those that hold the words of the query; annotates `relevance`, 0 and up.

        What holds the words as they were typed ranks before what holds them in a wider sense.
        """
        if not query:
            return self.annotate(relevance=Value(0.0))
        vector = F("document__vector")
        return self.filter(document__vector=query.matching).annotate(
            relevance=SearchRank(vector, query.as_typed) + SearchRank(vector, query.matching) / 4.0
        )

    def similar_to(self, solution: "Solution") -> Self:
        """Others that share topics with it, those sharing most first."""
        topics = solution.topics.all()
        return (
            self.exclude(pk=solution.pk)
            .filter(topics__in=topics)
            .annotate(shared_topics=Count("topics", distinct=True))
            .order_by("-shared_topics", "sort_title", "pk")
        )

    def for_cards(self) -> Self:
        """Load what `marketplace/_card.html` shows: 4 queries, whatever the count."""
        return (
            self.select_related("provider__organisation")
            .prefetch_related("topics", "regions", "claims__standard")
            .with_reference_count()
        )

    def most_relevant_first(self) -> Self:
        """For what `found_by` has found."""
        return self.order_by("-relevance", "sort_title", "pk")

    def for_page(self) -> Self:
        """Load what `marketplace/solution.html` shows."""
        references = Deployment.objects.not_declined().with_askable_flag().for_reference_list()
        return (
            self.for_cards()
            .select_related("provider__state")
            .prefetch_related(
                "technology_tags",
                Prefetch("deployments", queryset=references),
            )
        )

    def newest_first(self) -> Self:
        return self.order_by(F("published_at").desc(nulls_last=True), "-pk")

    def most_referenced_first(self) -> Self:
        return self.with_reference_count().order_by("-reference_count", "sort_title", "pk")

    def by_title(self) -> Self:
        return self.order_by("sort_title", "pk")


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
        """The tagline, or the first sentence of the summary."""
        return self.tagline or self.summary.partition(". ")[0].rstrip(".") + "."

    @property
    def is_concept(self) -> bool:
        """Offered before anything runs; shown as such, never hidden."""
        return self.phase in {Phase.P1, Phase.P2}

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
        if self.price_model == self.PriceModel.FREE:
            return gettext("kostenfrei")
        if self.price_from_eur is None:
            return gettext("auf Anfrage")
        amount = number_format(self.price_from_eur, force_grouping=True)
        if self.price_model == self.PriceModel.ONE_OFF:
            return gettext("ab %(amount)s € einmalig") % {"amount": amount}
        return gettext("ab %(amount)s € je Jahr") % {"amount": amount}

    @property
    def regions_label(self) -> str:
        """The states served, by name; uses the prefetched regions."""
        return ", ".join(state.name for state in self.regions.all()) or gettext("bundesweit")

    @property
    def population_label(self) -> str:
        low, high = (
            bound and number_format(bound, force_grouping=True)
            for bound in (self.min_population, self.max_population)
        )
        if low and high:
            return gettext("%(low)s bis %(high)s Einwohner:innen") % {"low": low, "high": high}
        if low:
            return gettext("ab %(low)s Einwohner:innen") % {"low": low}
        if high:
            return gettext("bis %(high)s Einwohner:innen") % {"high": high}
        return gettext("jede Größe")
