"""The filters of solutions: the same for the page, its feed and exports, and the API.

Between filters all must hold; within one, any of its values.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy

from profiles.filter_fields import Choices, MunicipalityField, MunicipalityFilter, Rows, YesOrNo
from profiles.models import (
    Hosting,
    Licence,
    Municipality,
    Phase,
    Provider,
    Solution,
    Standard,
    StandardClaim,
    State,
    Topic,
)
from profiles.models.solutions import SolutionQuerySet
from profiles.models.standards import ClaimQuerySet
from profiles.search import TextQuery


class SolutionFilterForm(forms.Form):
    def clean(self) -> dict[str, Any]:
        """Ask for the municipality where a filter speaks of "mine"."""
        data = self.cleaned_data
        for name in ("references_in_size_class", "references_in_state"):
            if (
                data.get(name)
                and not data.get("municipality")
                and "municipality" not in self.errors
            ):
                self.add_error(name, gettext("Bitte wählen Sie zuerst Ihre Kommune."))
        return data


class SolutionFilter(filters.FilterSet):
    """Narrows a `SolutionQuerySet` and puts it in order."""

    SORTS: ClassVar = {
        "relevance": gettext_lazy("Passt am besten"),
        "newest": gettext_lazy("Neueste zuerst"),
        "references": gettext_lazy("Meiste Referenzen"),
        "title": gettext_lazy("Name A–Z"),
    }

    search = filters.CharFilter(
        method="by_text", max_length=200, label=gettext_lazy("Suchbegriffe")
    )
    municipality = MunicipalityFilter(
        method="by_municipality", label=gettext_lazy("Passend für meine Kommune")
    )
    topic = Rows(Topic, "key", method="by_topic", label=gettext_lazy("Thema"))
    phase = Choices(choices=Phase.choices, label=gettext_lazy("Phase"))
    standard = Rows(Standard, "key", method="by_standard", label=gettext_lazy("Standard"))
    evidence = YesOrNo(
        method="as_option", label=gettext_lazy("nur mit Nachweis, nicht als Eigenangabe")
    )
    hosting = filters.MultipleChoiceFilter(
        choices=Hosting.choices, method="by_hosting", label=gettext_lazy("Betrieb")
    )
    licence = Choices(choices=Licence.choices, label=gettext_lazy("Lizenz"))
    region = Rows(State, "code", method="by_region", label=gettext_lazy("Angeboten in"))
    max_price = filters.NumberFilter(
        method="by_price", min_value=0, label=gettext_lazy("Preis bis (Euro je Jahr, netto)")
    )
    price_on_request = YesOrNo(method="as_option", label=gettext_lazy("auch „Preis auf Anfrage“"))
    provider_kind = Choices(
        field_name="provider__kind",
        choices=Provider.Kind.choices,
        label=gettext_lazy("Art des Anbieters"),
    )
    provider_state = Rows(
        State, "code", method="by_provider_state", label=gettext_lazy("Sitz des Anbieters")
    )
    offering_type = Choices(
        choices=Solution.OfferingType.choices, label=gettext_lazy("Art des Angebots")
    )
    has_references = YesOrNo(method="by_references", label=gettext_lazy("mit Referenzen"))
    references_in_size_class = YesOrNo(
        method="by_references_in_size_class",
        label=gettext_lazy("mit Referenzen in Kommunen meiner Größe"),
    )
    references_in_state = YesOrNo(
        method="by_references_in_state",
        label=gettext_lazy("mit Referenzen in meinem Bundesland"),
    )
    seeks_pilot = YesOrNo(label=gettext_lazy("sucht eine Pilotkommune"))
    sort = filters.ChoiceFilter(
        choices=list(SORTS.items()), method="as_option", label=gettext_lazy("Sortieren nach")
    )

    class Meta:
        model = Solution
        fields: ClassVar[list[str]] = []
        form = SolutionFilterForm

    def filter_queryset(self, queryset: SolutionQuerySet) -> SolutionQuerySet:
        return self.sorted(self.narrowed())

    def narrowed(self, *, without: Iterable[str] = ()) -> SolutionQuerySet:
        """Narrow by every valid filter but those named."""
        solutions: SolutionQuerySet = self.queryset.all()
        for name, value in self.values.items():
            if name not in without:
                solutions = self.filters[name].filter(solutions, value)
        return solutions

    def sorted(self, solutions: SolutionQuerySet) -> SolutionQuerySet:
        match self.sort_by:
            case "relevance":
                return solutions.most_relevant_first()
            case "references":
                return solutions.most_referenced_first()
            case "title":
                return solutions.by_title()
        return solutions.newest_first()

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values; what is invalid is missing and stands in `errors`."""
        if not self.is_bound or self.errors is None:
            return {}
        values: dict[str, Any] = self.form.cleaned_data
        return values

    @property
    def place(self) -> Municipality | None:
        return self.values.get("municipality")

    @property
    def ambiguous_places(self) -> list[Municipality]:
        """The municipalities to choose from, where the name typed fits several."""
        if not self.form.has_error("municipality", "ambiguous"):
            return []
        return list(MunicipalityField.places(self.data["municipality"])[:10])

    @property
    def sorts(self) -> list[tuple[str, Any]]:
        """The orders to choose from, the usual one with "" for its value.

        A form sends "" and so goes on to sort a later search by relevance.
        """
        offered = {key: label for key, label in self.SORTS.items() if key != "relevance"}
        if self.text_query:
            offered = self.SORTS
        return [("" if key == self.usual_sort else key, label) for key, label in offered.items()]

    @property
    def usual_sort(self) -> str:
        return "relevance" if self.text_query else "newest"

    @property
    def sort_by(self) -> str:
        """The order in force; relevance makes sense for a search only."""
        chosen = str(self.values.get("sort") or self.usual_sort)
        return self.usual_sort if chosen == "relevance" else chosen

    @cached_property
    def text_query(self) -> TextQuery:
        return TextQuery.parse(self.values.get("search") or "")

    def as_option(self, solutions: SolutionQuerySet, *_: object) -> SolutionQuerySet:
        """Narrow nothing: the value changes what another filter does."""
        return solutions

    def by_text(self, solutions: SolutionQuerySet, *_: object) -> SolutionQuerySet:
        return solutions.found_by(self.text_query)

    def by_municipality(
        self, solutions: SolutionQuerySet, _: str, place: Municipality
    ) -> SolutionQuerySet:
        return solutions.suited_to(place)

    def by_topic(
        self, solutions: SolutionQuerySet, _: str, topics: QuerySet[Topic]
    ) -> SolutionQuerySet:
        return solutions.on_topics(topics) if topics else solutions

    def by_standard(
        self, solutions: SolutionQuerySet, _: str, standards: QuerySet[Standard]
    ) -> SolutionQuerySet:
        return solutions.claiming(standards, self.claims) if standards else solutions

    @property
    def claims(self) -> ClaimQuerySet:
        """The claims that count today."""
        valid = StandardClaim.objects.valid(on=timezone.localdate())
        return valid.with_evidence() if self.values.get("evidence") else valid

    def by_hosting(
        self, solutions: SolutionQuerySet, _: str, options: list[str]
    ) -> SolutionQuerySet:
        return solutions.hosted_in_any(options)

    def by_region(
        self, solutions: SolutionQuerySet, _: str, states: QuerySet[State]
    ) -> SolutionQuerySet:
        return solutions.serving(states) if states else solutions

    def by_provider_state(
        self, solutions: SolutionQuerySet, _: str, states: QuerySet[State]
    ) -> SolutionQuerySet:
        return solutions.filter(provider__state__in=states) if states else solutions

    def by_price(self, solutions: SolutionQuerySet, _: str, limit: Decimal) -> SolutionQuerySet:
        on_request = bool(self.values.get("price_on_request"))
        return solutions.priced_up_to(limit, or_on_request=on_request)

    def by_references(self, solutions: SolutionQuerySet, _: str, wanted: bool) -> SolutionQuerySet:
        return solutions.referenced() if wanted else solutions.unreferenced()

    def by_references_in_size_class(
        self, solutions: SolutionQuerySet, _: str, wanted: bool
    ) -> SolutionQuerySet:
        if not (wanted and self.place):
            return solutions
        alike = Municipality.objects.in_size_class_of(self.place)
        return solutions.referenced(municipality__in=alike)

    def by_references_in_state(
        self, solutions: SolutionQuerySet, _: str, wanted: bool
    ) -> SolutionQuerySet:
        if not (wanted and self.place):
            return solutions
        return solutions.referenced(municipality__state=self.place.state_id)
