"""The facets of the list of criteria, with live counts.

A count says how many hits there are with that value and all filters of the *other* facets. A
catalogue is small: its criteria are read once, and counted here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from criteria.catalogue.criteria import Criterion, CriterionPhase
from criteria.catalogue.filters import CriterionFilter
from criteria.catalogue.terms import Kind

BY_TERM = (
    Kind.SUB_PHASE,
    Kind.WORKSTREAM,
    Kind.STAKEHOLDER,
    Kind.MECHANISM_CATEGORY,
    Kind.SCALING_DRIVER,
    Kind.SUB_DRIVER,
)


@dataclass(frozen=True)
class Option:
    name: str
    value: str
    label: str
    count: int
    is_active: bool

    @property
    def html_id(self) -> str:
        return f"{self.name}-{self.value}"


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]

    @property
    def is_active(self) -> bool:
        return any(option.is_active for option in self.options)


@dataclass(frozen=True)
class Step:
    """A phase of the journey: how many criteria begin in it, how many are at work in it."""

    phase: CriterionPhase
    begins: int
    works: int
    is_active: bool

    @property
    def name(self) -> str:
        return str(self.phase.label).removeprefix(f"{self.phase.value} ")


class Facets:
    """Counts over the criteria of one version: 3 queries and one for each filter in use."""

    def __init__(self, filterset: CriterionFilter) -> None:
        self.filterset = filterset
        self.criteria = list(filterset.queryset.with_terms().in_order())
        self.every = {criterion.pk for criterion in self.criteria}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filterset.values)

    @cached_property
    def hits(self) -> list[Criterion]:
        found = self.filterset.found_without("", self.every)
        return [criterion for criterion in self.criteria if criterion.pk in found]

    @property
    def by_phase(self) -> list[tuple[CriterionPhase, list[Criterion]]]:
        grouped = [(p, [c for c in self.hits if c.phase == p.value]) for p in CriterionPhase]
        return [(phase, criteria) for phase, criteria in grouped if criteria]

    def __iter__(self) -> Iterator[Facet]:
        begins = Counter(criterion.phase for criterion in self._left("phase"))
        yield self._facet("phase", CriterionPhase.choices, begins)
        for kind in BY_TERM:
            labels = self.filterset.filters[kind.value].queryset
            pairs = [(term.key, term.name) for term in labels]
            facet = self._facet(kind.value, pairs, self._counts(kind))
            if facet.options:
                yield facet
            if kind == Kind.STAKEHOLDER:
                count = sum(criterion.is_milestone for criterion in self._left("milestone"))
                yield self._facet("milestone", [("true", _("nur Meilensteine"))], {"true": count})

    def _left(self, name: str) -> list[Criterion]:
        found = self.filterset.found_without(name, self.every)
        return [criterion for criterion in self.criteria if criterion.pk in found]

    def _counts(self, kind: Kind) -> Counter[str]:
        left = self._left(kind.value)
        if kind == Kind.SCALING_DRIVER:
            return Counter(criterion.scaling_driver.key for criterion in left)
        return Counter(term.key for criterion in left for term in criterion.terms_of(kind))

    def _facet(self, name: str, labels: Iterable[tuple[str, Any]], counts: Any) -> Facet:
        """Offer the values that have hits, and those that are chosen."""
        chosen = set(self.filterset.data.getlist(name))
        options = [
            Option(name, value, str(label), counts.get(value, 0), value in chosen)
            for value, label in labels
            if counts.get(value) or value in chosen
        ]
        return Facet(name, str(self.filterset.filters[name].label), options)

    @property
    def journey(self) -> list[Step]:
        """All phases of the whole version, whatever is filtered."""
        chosen = self.filterset.data.getlist("phase")
        return [self._step(phase, phase.value in chosen) for phase in CriterionPhase]

    def _step(self, phase: CriterionPhase, is_active: bool) -> Step:
        begins = sum(criterion.phase == phase.value for criterion in self.criteria)
        works = sum(
            any(term.group == phase.value for term in criterion.sub_phases)
            for criterion in self.criteria
        )
        return Step(phase, begins, works, is_active)
