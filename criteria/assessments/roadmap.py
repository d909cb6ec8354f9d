"""In which order to take what is still open: milestones first, relations respected.

A relation of the catalogue says that two criteria belong together, not which comes first. The
order is therefore derived: of two related ones, that of the earlier phase; within one phase,
that which the other one names. Those that name each other, or run in a circle, stand together.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush

Group = frozenset[str]
Urgency = tuple[int, bool, int, str]


@dataclass(frozen=True)
class Step:
    """A criterion that is still open."""

    key: str
    rank: int
    """The place of its phase in time."""
    number: int
    is_milestone: bool = False
    names: frozenset[str] = field(default_factory=frozenset)
    """The keys of the criteria that it relates to; unknown ones do not matter."""

    @property
    def urgency(self) -> Urgency:
        return self.rank, not self.is_milestone, self.number, self.key


def ordered(steps: Iterable[Step]) -> list[Step]:
    """Return the steps in the order of the roadmap; the same for the same steps, however given."""
    by_key = {step.key: step for step in steps}
    groups = _condensed(_prerequisites(by_key))
    own = {group: min(by_key[key].urgency for key in group) for group in groups}
    urgency = _inherited(groups, own)
    sorter = TopologicalSorter(groups)
    sorter.prepare()
    ready: list[tuple[Urgency, Urgency, Group]] = []
    found: list[Step] = []
    while sorter.is_active():
        for group in sorter.get_ready():
            heappush(ready, (urgency[group], own[group], group))
        group = heappop(ready)[-1]
        found += sorted((by_key[key] for key in group), key=lambda step: step.urgency)
        sorter.done(group)
    return found


def _prerequisites(by_key: Mapping[str, Step]) -> dict[str, set[str]]:
    """What stands before each step."""
    before: dict[str, set[str]] = {key: set() for key in by_key}
    for step in by_key.values():
        for name in step.names - {step.key}:
            if other := by_key.get(name):
                first, then = (step, other) if step.rank < other.rank else (other, step)
                before[then.key].add(first.key)
    return before


def _condensed(before: Mapping[str, Collection[str]]) -> dict[Group, set[Group]]:
    """Make one group of each circle, until there is none."""
    groups: dict[str, Group] = {key: frozenset({key}) for key in before}
    while True:
        graph: dict[Group, set[Group]] = {group: set() for group in groups.values()}
        for key, firsts in before.items():
            graph[groups[key]] |= {groups[first] for first in firsts} - {groups[key]}
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as circle:
            merged: Group = frozenset().union(*circle.args[1])
            groups |= dict.fromkeys(merged, merged)
        else:
            return graph


def _inherited(
    graph: Mapping[Group, Collection[Group]], own: Mapping[Group, Urgency]
) -> dict[Group, Urgency]:
    """What a milestone waits for is as urgent as the milestone, and stands right before it."""
    urgency = dict(own)
    for group in reversed(list(TopologicalSorter(graph).static_order())):
        for first in graph[group]:
            urgency[first] = min(urgency[first], urgency[group])
    return urgency
