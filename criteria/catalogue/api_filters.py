"""The filters of the API: those of the pages, explained for the schema."""

from typing import ClassVar

import django_filters as filters

from criteria.catalogue.filters import CriterionFilter
from criteria.catalogue.models import Catalogue
from criteria.catalogue.terms import Kind, Term
from profiles.api_filters import ApiFilterSet

RELEASED = [(value, label) for value, label in Catalogue.State.choices if value != "draft"]


class CriterionApiFilter(ApiFilterSet, CriterionFilter):
    explanations = {
        "search": "Words in German or English, or parts of them; all must occur.",
        "phase": "From which phase on the criterion counts; `CONT` for throughout.",
        "sub_phase": "Key of a sub-phase in which it is at work.",
        "workstream": "Key of a workstream.",
        "stakeholder": "Key of a group that takes part.",
        "milestone": "Only milestones (true), or all others (false).",
        "mechanism_category": "Key of a group of mechanisms.",
        "scaling_driver": "Key of a scaling driver.",
        "sub_driver": "Key of a sub-driver.",
    }


class CatalogueApiFilter(ApiFilterSet):
    state = filters.ChoiceFilter(choices=RELEASED)

    explanations = {"state": "In force (`published`) or replaced (`retired`)."}

    class Meta:
        model = Catalogue
        fields: ClassVar[list[str]] = []


class TermApiFilter(ApiFilterSet):
    kind = filters.ChoiceFilter(choices=Kind.choices)

    explanations = {"kind": "What the terms are about."}

    class Meta:
        model = Term
        fields: ClassVar[list[str]] = []
