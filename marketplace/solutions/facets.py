"""The facets of the list of solutions, each with live counts.

A count says how many hits there are with that value and all filters of the *other* facets.
They come from the snapshot, without a query.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from profiles.filters import SolutionFilter
from profiles.models.terms import claim_kind, met_kind
from profiles.snapshot.market import Vocabulary


@dataclass(slots=True)
class Option:
    """One value of a facet, a checkbox of the form."""

    name: str
    value: str
    label: str
    count: int
    is_active: bool


@dataclass
class Group:
    """Options below a common heading: the topics of one field."""

    label: str
    count: int
    options: list[Option]

    @property
    def is_active(self) -> bool:
        return any(option.is_active for option in self.options)


@dataclass
class Facet:
    name: str
    label: str
    options: list[Option] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def is_active(self) -> bool:
        choices: list[Option | Group] = [*self.options, *self.groups]
        return any(choice.is_active for choice in choices)


Label = tuple[str, str, str]
"""A value as it stands in the address, its term in the snapshot, and its name."""


def facets_of(filterset: SolutionFilter) -> list[Facet]:
    return [facet for facet in _facets(filterset) if facet.options or facet.groups]


def _facets(filterset: SolutionFilter) -> Iterator[Facet]:
    yield _topics(filterset)
    yield _choices(filterset, "phase")
    yield _references(filterset)
    yield _criteria(filterset)
    yield _standards(filterset)
    yield _choices(filterset, "hosting")
    yield _choices(filterset, "licence")
    yield _states(filterset, "region")
    yield _choices(filterset, "provider_kind")
    yield _states(filterset, "provider_state")
    yield _choices(filterset, "offering_type")


def _facet(
    filterset: SolutionFilter, name: str, labels: Iterable[Label], counts: dict[str, int]
) -> Facet:
    chosen = set(filterset.data.getlist(name))
    label = str(filterset.filters[name].label)
    return Facet(name, label, _options(name, labels, counts, chosen))


def _options(
    name: str, labels: Iterable[Label], counts: dict[str, int], chosen: Container[str]
) -> list[Option]:
    """Offer the values that have hits, and those that are chosen."""
    return [
        Option(name, value, label, counts.get(term, 0), value in chosen)
        for value, term, label in labels
        if counts.get(term) or value in chosen
    ]


def _choices(filterset: SolutionFilter, name: str) -> Facet:
    labels = _choice_labels(name, get_language())
    return _facet(filterset, name, labels, filterset.hits(without=name).counts(name))


@lru_cache(maxsize=32)
def _choice_labels(name: str, language: str | None) -> list[Label]:
    choices = SolutionFilter.base_filters[name].extra["choices"]
    return [(key, key, str(label)) for key, label in choices]


def _topics(filterset: SolutionFilter) -> Facet:
    counts = filterset.hits(without="topic").counts("topic")
    label, chosen = _("alles zu diesem Thema"), set(filterset.data.getlist("topic"))
    groups = []
    for parent, children in _families(filterset.snapshot.vocabulary, get_language()):
        key, term, name = parent
        if options := _options("topic", [(key, term, label), *children], counts, chosen):
            groups.append(Group(str(name), counts.get(term, 0), options))
    return Facet("topic", str(filterset.filters["topic"].label), groups=groups)


@lru_cache(maxsize=4)
def _families(vocabulary: Vocabulary, language: str | None) -> list[tuple[Label, list[Label]]]:
    """Return the upper topics, each with those below it; the names are in that language."""
    labels = {topic: (topic.key, str(topic.pk), topic.name) for topic in vocabulary.topics}
    return [
        (label, [below for topic, below in labels.items() if topic.parent_id == parent.pk])
        for parent, label in labels.items()
        if parent.parent_id is None
    ]


@lru_cache(maxsize=4)
def _standard_labels(vocabulary: Vocabulary, language: str | None) -> list[Label]:
    return [(row.key, str(row.pk), row.name) for row in vocabulary.standards]


def _standards(filterset: SolutionFilter) -> Facet:
    kind = claim_kind(filterset.wants_evidence)
    labels = _standard_labels(filterset.snapshot.vocabulary, get_language())
    return _facet(filterset, "standard", labels, filterset.hits(without="standard").counts(kind))


def _criteria(filterset: SolutionFilter) -> Facet:
    labels = _choice_labels("criteria_met", get_language())
    counts = filterset.hits(without="criteria_met").counts(met_kind(filterset.wants_confirmed))
    return _facet(filterset, "criteria_met", labels, counts)


def _states(filterset: SolutionFilter, name: str) -> Facet:
    labels = _state_labels(filterset.snapshot.vocabulary, get_language())
    return _facet(filterset, name, labels, filterset.hits(without=name).counts(name))


@lru_cache(maxsize=4)
def _state_labels(vocabulary: Vocabulary, language: str | None) -> list[Label]:
    return [(state.code, str(state.pk), state.name) for state in vocabulary.states]


def _references(filterset: SolutionFilter) -> Facet:
    """Offer yes-or-no filters; those that speak of "mine" once the municipality is known."""
    names = ["has_references", "seeks_pilot"]
    if filterset.place:
        names[1:1] = ["references_in_size_class", "references_in_state"]
    options = []
    for name in names:
        narrow = filterset.filters[name]
        count = narrow.filter(filterset.hits(without=name), True).count()
        is_active = filterset.values.get(name) is True
        if count or is_active:
            options.append(Option(name, "true", str(narrow.label), count, is_active))
    return Facet("references", _("Referenzen und Erprobung"), options)
