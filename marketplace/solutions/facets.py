"""The facets of the list of solutions, each with live counts.

A count says how many hits there are with that value and all filters of the *other* facets.
One query a facet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Func, QuerySet
from django.utils.translation import gettext as _

from profiles.filters import SolutionFilter
from profiles.models import Solution, Standard, State, Topic
from profiles.models.solutions import SolutionQuerySet


@dataclass
class Option:
    """One value of a facet, a checkbox of the form."""

    name: str
    value: str
    label: str
    count: int
    is_active: bool

    @property
    def html_id(self) -> str:
        return f"{self.name}-{self.value}"


@dataclass
class Group:
    """Options below a common heading: the topics of one field."""

    label: str
    count: int
    options: list[Option]

    @property
    def html_id(self) -> str:
        return f"group-{self.options[0].value}"

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


Counts = dict[Any, int]


def facets_of(filterset: SolutionFilter) -> list[Facet]:
    return [facet for facet in _facets(filterset) if facet.options or facet.groups]


def _facets(filterset: SolutionFilter) -> Iterator[Facet]:
    yield _topics(filterset)
    yield _choices(filterset, "phase", "phase")
    yield _references(filterset)
    yield _standards(filterset)
    yield _hosting(filterset)
    yield _choices(filterset, "licence", "licence")
    yield _regions(filterset)
    yield _choices(filterset, "provider_kind", "provider__kind")
    yield _provider_states(filterset)
    yield _choices(filterset, "offering_type", "offering_type")


def _hits(filterset: SolutionFilter, name: str) -> SolutionQuerySet:
    """All that the other facets leave."""
    hits = filterset.narrowed(without={name})
    return Solution.objects.filter(pk__in=hits.order_by().values("pk"))


def _count(rows: QuerySet[Any], column: Any) -> Counts:
    counted = rows.order_by().values(value=column).annotate(count=Count("pk", distinct=True))
    return {row["value"]: row["count"] for row in counted}


def _facet(
    filterset: SolutionFilter, name: str, labels: Iterable[tuple[str, Any]], counts: Counts
) -> Facet:
    """Offer the values that have hits, and those that are chosen."""
    chosen = set(filterset.data.getlist(name))
    options = [
        Option(name, value, str(label), counts.get(value, 0), value in chosen)
        for value, label in labels
        if counts.get(value) or value in chosen
    ]
    return Facet(name, str(filterset.filters[name].label), options)


def _choices(filterset: SolutionFilter, name: str, column: str) -> Facet:
    counts = _count(_hits(filterset, name), F(column))
    return _facet(filterset, name, filterset.filters[name].extra["choices"], counts)


def _hosting(filterset: SolutionFilter) -> Facet:
    counts = _count(_hits(filterset, "hosting"), Func(F("hosting"), function="unnest"))
    return _facet(filterset, "hosting", filterset.filters["hosting"].extra["choices"], counts)


def _topics(filterset: SolutionFilter) -> Facet:
    hits = _hits(filterset, "topic")
    counts = _count(hits, F("topics__key")) | _count(hits, F("topics__parent__key"))
    topics = list(Topic.objects.all())
    groups = []
    for parent in (topic for topic in topics if topic.parent_id is None):
        label = _("alles zu diesem Thema")
        children = [(topic.key, topic.name) for topic in topics if topic.parent_id == parent.pk]
        facet = _facet(filterset, "topic", [(parent.key, label), *children], counts)
        if facet.options:
            groups.append(Group(parent.name, counts.get(parent.key, 0), facet.options))
    return Facet("topic", str(filterset.filters["topic"].label), groups=groups)


def _standards(filterset: SolutionFilter) -> Facet:
    hits = _hits(filterset, "standard")
    claims = filterset.claims.filter(solution__in=hits.values("pk"))
    labels = [(standard.key, standard.name) for standard in Standard.objects.all()]
    return _facet(filterset, "standard", labels, _count(claims, F("standard__key")))


def _regions(filterset: SolutionFilter) -> Facet:
    """Count an offer without regions, which is nationwide, in every state."""
    counts = _count(_hits(filterset, "region"), F("regions__code"))
    nationwide = counts.pop(None, 0)
    states = list(State.objects.all())
    everywhere = {state.code: counts.get(state.code, 0) + nationwide for state in states}
    labels = [(state.code, state.name) for state in states]
    return _facet(filterset, "region", labels, everywhere)


def _provider_states(filterset: SolutionFilter) -> Facet:
    counts = _count(_hits(filterset, "provider_state"), F("provider__state__code"))
    labels = [(state.code, state.name) for state in State.objects.all()]
    return _facet(filterset, "provider_state", labels, counts)


def _references(filterset: SolutionFilter) -> Facet:
    """Offer yes-or-no filters; those that speak of "mine" once the municipality is known."""
    names = ["has_references", "seeks_pilot"]
    if filterset.place:
        names[1:1] = ["references_in_size_class", "references_in_state"]
    options = []
    for name in names:
        narrow = filterset.filters[name]
        count = narrow.filter(filterset.narrowed(without={name}), True).count()
        is_active = filterset.values.get(name) is True
        if count or is_active:
            options.append(Option(name, "true", str(narrow.label), count, is_active))
    return Facet("references", _("Referenzen und Erprobung"), options)
