"""The filters of solutions: the same for the page, its feed and exports, and the API.

Between filters all must hold; within one, any of its values.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy

from profiles.filter_fields import (
    MunicipalityField,
    MunicipalityFilter,
    Rows,
    TermChoices,
    YesOrNo,
)
from profiles.filter_sets import QuickFilterSet
from profiles.models import (
    Hosting,
    Licence,
    Municipality,
    Phase,
    Provider,
    Solution,
    Standard,
    State,
    Topic,
)
from profiles.models.solution_queries import SolutionQuerySet
from profiles.models.terms import met_kind
from profiles.search import TextQuery
from profiles.snapshot import Hits, Selection, Snapshot, current

FEW = 5  # hits: from here on down it is likely that somebody looks for other words
Solutions = SolutionQuerySet | Hits
"""What a filter narrows: rows in SQL or bits in memory, by the same words."""


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


class SolutionFilter(QuickFilterSet):
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
    phase = TermChoices(choices=Phase.choices, label=gettext_lazy("Phase"))
    criteria_met = filters.MultipleChoiceFilter(
        choices=Phase.choices,
        method="by_criteria_met",
        label=gettext_lazy("Kriterien der Phase erfüllt (Sicht des Anbieters)"),
    )
    confirmed = YesOrNo(
        method="as_option", label=gettext_lazy("nur, was Kommunen im Einsatz bestätigen")
    )
    standard = Rows(Standard, "key", method="by_standard", label=gettext_lazy("Standard"))
    evidence = YesOrNo(
        method="as_option", label=gettext_lazy("nur mit Nachweis, nicht als Eigenangabe")
    )
    hosting = filters.MultipleChoiceFilter(
        choices=Hosting.choices, method="by_hosting", label=gettext_lazy("Betrieb")
    )
    licence = TermChoices(choices=Licence.choices, label=gettext_lazy("Lizenz"))
    region = Rows(State, "code", method="by_region", label=gettext_lazy("Angeboten in"))
    max_price = filters.NumberFilter(
        method="by_price", min_value=0, label=gettext_lazy("Preis bis (Euro je Jahr, netto)")
    )
    price_on_request = YesOrNo(method="as_option", label=gettext_lazy("auch „Preis auf Anfrage“"))
    provider_kind = TermChoices(
        choices=Provider.Kind.choices,
        label=gettext_lazy("Art des Anbieters"),
    )
    provider_state = Rows(
        State, "code", method="by_provider_state", label=gettext_lazy("Sitz des Anbieters")
    )
    offering_type = TermChoices(
        choices=Solution.OfferingType.choices, label=gettext_lazy("Art des Angebots")
    )
    has_references = YesOrNo(method="by_references", label=gettext_lazy("mit Referenzen"))
    references_in_size_class = YesOrNo(
        method="by_references_near",
        field_name="references_in_size_class",
        label=gettext_lazy("mit Referenzen in Kommunen meiner Größe"),
    )
    references_in_state = YesOrNo(
        method="by_references_near",
        field_name="references_in_state",
        label=gettext_lazy("mit Referenzen in meinem Bundesland"),
    )
    seeks_pilot = YesOrNo(method="by_pilot", label=gettext_lazy("sucht eine Pilotkommune"))
    sort = filters.ChoiceFilter(
        choices=list(SORTS.items()), method="as_option", label=gettext_lazy("Sortieren nach")
    )

    class Meta:
        model = Solution
        fields: ClassVar[list[str]] = []
        form = SolutionFilterForm

    def filter_queryset(self, queryset: SolutionQuerySet) -> Selection:
        """Return the hits in order; the rows come from the queryset, which loads what it needs."""
        return Selection(self.hits(), queryset, self.sort_by, self.text_query)

    def hits(self, *, without: str = "") -> Hits:
        """Return what every valid filter leaves, but for the one named."""
        if without not in self._narrowed:
            return self._hits
        return self._all_of(name for name in self._narrowed if name != without)

    @cached_property
    def _hits(self) -> Hits:
        return self._all_of(self._narrowed)

    def _all_of(self, names: Iterable[str]) -> Hits:
        hits = Hits(self.snapshot)
        for name in names:
            hits = hits & self._narrowed[name]
        return hits

    @cached_property
    def _narrowed(self) -> dict[str, Hits]:
        """What each filter alone leaves, of those that narrow anything."""
        everything = Hits(self.snapshot)
        found = {
            name: self.filters[name].filter(everything, value)
            for name, value in self.values.items()
        }
        return {name: hits for name, hits in found.items() if hits.narrowed is not None}

    @cached_property
    def snapshot(self) -> Snapshot:
        return current(on=self.today)

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    def narrowed(self, *, without: Iterable[str] = ()) -> SolutionQuerySet:
        """Narrow the queryset in SQL, by every valid filter but those named."""
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

    @cached_property
    def values(self) -> dict[str, Any]:
        """The cleaned values of what was sent; the invalid is missing and stands in `errors`.

        For a list of rows that was not sent the form has an empty query, which is dear to ask.
        """
        if not self.is_bound or self.errors is None:
            return {}
        cleaned = self.form.cleaned_data
        return {name: value for name, value in cleaned.items() if name in self.data}

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
        """The words searched for, widened once for each text and state of the market."""
        text = self.values.get("search") or ""
        some_hold = self.snapshot.some_hold
        return self.snapshot.remembered(
            ("widened", text), lambda: TextQuery.parse(text, some_hold=some_hold)
        )

    @property
    def finds_little(self) -> bool:
        """Whether the words searched for are a poor guide to what was meant."""
        query = self.text_query
        is_poor = bool(query.corrections) or not query.finds_all_words
        return bool(query) and (is_poor or self.hits().count() < FEW)

    def as_option(self, solutions: Solutions, *_: object) -> Solutions:
        """Narrow nothing: the value changes what another filter does."""
        return solutions

    def by_text(self, solutions: Solutions, *_: object) -> Solutions:
        return solutions.found_by(self.text_query)

    def by_municipality(self, solutions: Solutions, _: str, place: Municipality) -> Solutions:
        return solutions.suited_to(place)

    def by_topic(self, solutions: Solutions, _: str, topics: QuerySet[Topic]) -> Solutions:
        return solutions.on_topics(topics) if topics else solutions

    def by_criteria_met(self, solutions: Solutions, _: str, phases: list[str]) -> Solutions:
        return solutions.having(met_kind(self.wants_confirmed), phases) if phases else solutions

    @property
    def wants_confirmed(self) -> bool:
        return bool(self.values.get("confirmed"))

    def by_standard(self, solutions: Solutions, _: str, standards: QuerySet[Standard]) -> Solutions:
        if not standards:
            return solutions
        return solutions.claiming_on(self.today, standards, with_evidence=self.wants_evidence)

    @property
    def wants_evidence(self) -> bool:
        return bool(self.values.get("evidence"))

    def by_hosting(self, solutions: Solutions, _: str, options: list[str]) -> Solutions:
        return solutions.hosted_in_any(options)

    def by_region(self, solutions: Solutions, _: str, states: QuerySet[State]) -> Solutions:
        return solutions.serving(states) if states else solutions

    def by_provider_state(self, solutions: Solutions, _: str, states: QuerySet[State]) -> Solutions:
        keys = [state.pk for state in states]
        return solutions.having("provider_state", keys) if keys else solutions

    def by_price(self, solutions: Solutions, _: str, limit: Decimal) -> Solutions:
        on_request = bool(self.values.get("price_on_request"))
        return solutions.priced_up_to(limit, or_on_request=on_request)

    def by_pilot(self, solutions: Solutions, _: str, wanted: bool) -> Solutions:
        return solutions.having("seeks_pilot", [wanted])

    def by_references(self, solutions: Solutions, _: str, wanted: bool) -> Solutions:
        return solutions.referenced() if wanted else solutions.unreferenced()

    def by_references_near(self, solutions: Solutions, name: str, wanted: bool) -> Solutions:
        """With references in municipalities like the one chosen, in the way that `name` says."""
        if not (wanted and self.place):
            return solutions
        if name == "references_in_state":
            return solutions.referenced_in_state_of(self.place)
        return solutions.referenced_in_size_class_of(self.place)
