"""The filters of criteria: the same for the page and the API.

Between filters all must hold; within one, any of its values.
"""

from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from criteria.catalogue.criteria import Criterion, CriterionPhase, CriterionQuerySet
from criteria.catalogue.terms import Kind, Term
from profiles.filter_fields import YesOrNo


def terms(kind: Kind, label: Any) -> filters.ModelMultipleChoiceFilter:
    found = Term.objects.of_kind(kind).in_order()
    return filters.ModelMultipleChoiceFilter(
        queryset=found, to_field_name="key", method=f"by_{kind.value}", label=label
    )


class CriterionFilter(filters.FilterSet):
    """Narrows a `CriterionQuerySet`."""

    search = filters.CharFilter(method="by_text", max_length=200, label=_("Suchbegriffe"))
    phase = filters.MultipleChoiceFilter(
        choices=CriterionPhase.choices, method="by_phase", label=_("Beginnt in Phase")
    )
    sub_phase = terms(Kind.SUB_PHASE, _("Wirkt in Unterphase"))
    workstream = terms(Kind.WORKSTREAM, _("Arbeitsbereich"))
    stakeholder = terms(Kind.STAKEHOLDER, _("Beteiligte"))
    milestone = YesOrNo(method="by_milestone", label=_("Meilenstein"))
    mechanism_category = terms(Kind.MECHANISM_CATEGORY, _("Gruppe von Maßnahmen"))
    scaling_driver = terms(Kind.SCALING_DRIVER, _("Treiber der Skalierung"))
    sub_driver = terms(Kind.SUB_DRIVER, _("Einzelner Treiber"))

    class Meta:
        model = Criterion
        fields: ClassVar[list[str]] = []

    @property
    def values(self) -> dict[str, Any]:
        """What narrows the list, by filter."""
        cleaned = self.form.cleaned_data if self.form.is_valid() or self.is_bound else {}
        return {name: value for name, value in cleaned.items() if value or value is False}

    @cached_property
    def found_by_filter(self) -> dict[str, set[int]]:
        """The hits of each filter alone: one query for each that is used."""
        return {
            name: set(self.filters[name].filter(self.queryset, value).values_list("pk", flat=True))
            for name, value in self.values.items()
        }

    def found_without(self, name: str, every: set[int]) -> set[int]:
        """All that the other filters leave."""
        others = (found for other, found in self.found_by_filter.items() if other != name)
        return every.intersection(*others)

    def by_text(self, criteria: CriterionQuerySet, _name: str, text: str) -> CriterionQuerySet:
        return criteria.search(text)

    def by_phase(
        self, criteria: CriterionQuerySet, _name: str, phases: list[str]
    ) -> CriterionQuerySet:
        return criteria.in_phase(*phases) if phases else criteria

    def by_milestone(
        self, criteria: CriterionQuerySet, _name: str, wanted: bool
    ) -> CriterionQuerySet:
        milestones = criteria.milestones()
        return milestones if wanted else criteria.exclude(pk__in=milestones.values("pk"))

    def by_scaling_driver(
        self, criteria: CriterionQuerySet, _name: str, chosen: QuerySet[Term]
    ) -> CriterionQuerySet:
        return criteria.driven_by([term.key for term in chosen]) if chosen else criteria

    def _naming(
        self, criteria: CriterionQuerySet, name: str, chosen: QuerySet[Term]
    ) -> CriterionQuerySet:
        return criteria.naming(name, [term.key for term in chosen]) if chosen else criteria

    by_sub_phase = by_workstream = by_stakeholder = _naming
    by_mechanism_category = by_sub_driver = _naming
