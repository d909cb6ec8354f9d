"""The filters of the API: those of the pages, explained for the schema."""

from copy import deepcopy
from typing import ClassVar

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field

from profiles.filter_fields import Choices, MunicipalityFilter, Rows, YesOrNo
from profiles.filter_sets import QuickFilterSet, SharedFilters
from profiles.filters import SolutionFilter
from profiles.models import (
    Municipality,
    Organisation,
    Provider,
    SizeClass,
    Standard,
    State,
    Topic,
)
from profiles.models.territory import MunicipalityQuerySet

CHOOSING = (filters.MultipleChoiceFilter, filters.ChoiceFilter, MunicipalityFilter)
"""Filters whose values are words; the schema cannot tell so by itself."""


class ApiFilterSet(QuickFilterSet):
    """A filter set whose parameters carry an English explanation for the schema."""

    explanations: ClassVar[dict[str, str]] = {}

    @classmethod
    def get_filters(cls) -> SharedFilters:
        declared = super().get_filters()
        found = SharedFilters({name: deepcopy(row) for name, row in declared.items()})
        for name, narrowing in found.items():
            explanation = cls.explanations.get(name, "")
            narrowing.extra["help_text"] = explanation
            if isinstance(narrowing, CHOOSING):
                values = [value for value, _ in narrowing.extra.get("choices", ())]
                schema = {"type": "string", "description": explanation}
                extend_schema_field(schema | ({"enum": values} if values else {}))(narrowing)
        return found


class SolutionApiFilter(ApiFilterSet, SolutionFilter):
    explanations = {
        "search": "Words in German: finds inflections, parts of compounds and typing errors.",
        "municipality": "AGS or name of a municipality: what is offered in its state and for its "
        "size.",
        "topic": "Key of a topic; an upper topic stands for all below it.",
        "phase": "How mature the solution is, from idea (P1) to use in many municipalities (P5).",
        "criteria_met": "Phases all of whose criteria are met, by the self-assessment that the "
        "provider shows; its own view.",
        "confirmed": "With `criteria_met`: only where municipalities that use the solution have "
        "confirmed each of these ratings.",
        "standard": "Key of a standard that the provider claims to meet today.",
        "evidence": "With `standard`: only claims backed by more than the provider's own word.",
        "hosting": "Where the solution can run.",
        "licence": "Open source or proprietary.",
        "region": "ISO 3166-2 code of a state; solutions offered nationwide are included.",
        "max_price": "Highest price in euro a year, net. Leaves out prices on request.",
        "price_on_request": "With `max_price`: also those whose price is on request.",
        "provider_kind": "Kind of provider.",
        "provider_state": "ISO 3166-2 code of the state that the provider is based in.",
        "offering_type": "Product, service or data set.",
        "has_references": "With (true) or without (false) a deployment that a municipality has "
        "confirmed.",
        "references_in_size_class": "With `municipality`: confirmed deployments in municipalities "
        "of its size.",
        "references_in_state": "With `municipality`: confirmed deployments in its state.",
        "seeks_pilot": "Whether a municipality is wanted for a pilot.",
        "sort": "`relevance` (the default with `search`), `newest` (the default without), "
        "`references` or `title`.",
    }


class ProviderApiFilter(ApiFilterSet):
    search = filters.CharFilter(
        field_name="organisation__name", lookup_expr="icontains", max_length=200
    )
    kind = Choices(choices=Provider.Kind.choices)
    state = Rows(State, "code", field_name="state__code")

    explanations = {
        "search": "Part of the name.",
        "kind": "Kind of provider.",
        "state": "ISO 3166-2 code of the state that the provider is based in.",
    }

    class Meta:
        model = Provider
        fields: ClassVar[list[str]] = []


class OrganisationApiFilter(ApiFilterSet):
    search = filters.CharFilter(field_name="name", lookup_expr="icontains", max_length=200)
    kind = Choices(choices=Organisation.Kind.choices)
    state = Rows(State, "code", field_name="state__code")

    explanations = {
        "search": "Part of the name.",
        "kind": "Kind of organisation.",
        "state": "ISO 3166-2 code of a state.",
    }

    class Meta:
        model = Organisation
        fields: ClassVar[list[str]] = []


class MunicipalityApiFilter(ApiFilterSet):
    search = filters.CharFilter(field_name="name", lookup_expr="icontains", max_length=200)
    kind = Choices(choices=Municipality.Kind.choices)
    state = Rows(State, "code", field_name="state__code")
    size_class = Rows(SizeClass, "key", method="by_size_class")
    valid_on = filters.DateFilter(method="as_option")

    explanations = {
        "search": "Part of the name.",
        "kind": "Kind of municipality.",
        "state": "ISO 3166-2 code of a state.",
        "size_class": "Key of a size class.",
        "valid_on": "Only those in force on that day; today by default.",
    }

    class Meta:
        model = Municipality
        fields: ClassVar[list[str]] = []

    def filter_queryset(self, queryset: MunicipalityQuerySet) -> MunicipalityQuerySet:
        on = self.form.cleaned_data.get("valid_on") or timezone.localdate()
        narrowed: MunicipalityQuerySet = super().filter_queryset(queryset.in_force(on=on))
        return narrowed

    def as_option(self, municipalities: MunicipalityQuerySet, *_: object) -> MunicipalityQuerySet:
        """Narrow nothing: the day is read above, where it has a default."""
        return municipalities

    def by_size_class(
        self, municipalities: MunicipalityQuerySet, _: str, classes: QuerySet[SizeClass]
    ) -> MunicipalityQuerySet:
        if not classes:
            return municipalities
        bounds = Q()
        for size_class in classes:
            bounds |= size_class.bounds
        return municipalities.filter(bounds)


class TopicApiFilter(ApiFilterSet):
    parent = Rows(Topic, "key", field_name="parent__key")

    explanations = {"parent": "Key of an upper topic."}

    class Meta:
        model = Topic
        fields: ClassVar[list[str]] = []


class StandardApiFilter(ApiFilterSet):
    kind = Choices(choices=Standard.Kind.choices)
    category = filters.CharFilter(max_length=40)
    is_common = YesOrNo()

    explanations = {
        "kind": "Certificate, law, contract form, …",
        "category": "Key of a group, as it stands in `category`.",
        "is_common": "Whether buyers ask for it often.",
    }

    class Meta:
        model = Standard
        fields: ClassVar[list[str]] = []
