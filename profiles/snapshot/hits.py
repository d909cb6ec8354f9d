"""Narrowing the snapshot, by the same words as `SolutionQuerySet`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from profiles.models import (
    Municipality,
    Phase,
    Standard,
    State,
    Topic,
)
from profiles.models.terms import TERMS, affordable, claim_kind, for_population
from profiles.search import POINTS, TextQuery
from profiles.snapshot.bits import (
    Bits,
    Slots,
    are_in,
    from_mask,
    from_slots,
    size,
    slots_of,
    to_mask,
)
from profiles.snapshot.market import Snapshot
from profiles.snapshot.reading import Columns, Ids

NO_PLACE = Q(population__lte=-1)
MORE_POINTS = np.diff(POINTS, prepend=0)  # of a place than of the one around it


@dataclass(frozen=True, eq=False)
class Hits:
    """A set of published solutions. `bits` is None for all of them."""

    snapshot: Snapshot
    narrowed: Bits | None = None

    @property
    def bits(self) -> Bits:
        return self.snapshot.everything if self.narrowed is None else self.narrowed

    def __and__(self, other: "Hits") -> "Hits":
        if self.narrowed is None or other.narrowed is None:
            return other if self.narrowed is None else self
        return Hits(self.snapshot, self.narrowed & other.narrowed)

    def _and(self, bits: Bits) -> "Hits":
        return self & Hits(self.snapshot, bits)

    @cached_property
    def _count(self) -> int:
        return self.snapshot.count if self.narrowed is None else size(self.narrowed)

    def count(self) -> int:
        return self._count

    def ids(self) -> Ids:
        return np.sort(self.snapshot.ids[to_mask(self.bits)])

    def having_ids(self, ids: Collection[int]) -> set[int]:
        """Return those of the ids that are among them."""
        asked = np.fromiter(ids, np.int64, len(ids))
        slots = slots_of(self.snapshot.slots, asked)
        return set(self.snapshot.ids[slots[are_in(self.bits, slots)]].tolist())

    def counts(self, kind: str) -> dict[str, int]:
        """Return how many have each term of that kind."""
        table = self.snapshot.tables[kind]
        counted = table.totals if self.narrowed is None else table.counts(self.narrowed)
        if not TERMS[kind].none_means_any:
            return counted
        more = size(self.bits & self.snapshot.nowhere_bound[kind])
        states = (str(state.pk) for state in self.snapshot.vocabulary.states)
        return {term: counted.get(term, 0) + more for term in states}

    def having(self, kind: str, values: Iterable[object]) -> "Hits":
        found = self.snapshot.tables[kind].any_of(map(_as_text, values))
        if TERMS[kind].none_means_any:
            found = found | self.snapshot.nowhere_bound[kind]
        return self._and(found)

    def on_topics(self, topics: Iterable[Topic]) -> "Hits":
        return self.having("topic", [topic.pk for topic in topics])

    def serving(self, states: Iterable[State]) -> "Hits":
        return self.having("region", [state.pk for state in states])

    def hosted_in_any(self, options: Iterable[str]) -> "Hits":
        return self.having("hosting", options)

    def claiming_on(
        self, on: date, standards: Iterable[Standard], *, with_evidence: bool
    ) -> "Hits":
        """Answer for the day of the snapshot, which is the only day that it knows."""
        if on != self.snapshot.on:
            raise ValueError(f"the snapshot is of {self.snapshot.on}, not of {on}")
        return self.having(claim_kind(with_evidence), [standard.pk for standard in standards])

    def claiming_all_on(self, on: date, standards: Iterable[Standard]) -> "Hits":
        found = self
        for standard in standards:
            found = found.claiming_on(on, [standard], with_evidence=False)
        return found

    def at_least_in_phase(self, phase: str) -> "Hits":
        return self.having("phase", Phase(phase).and_later)

    def suited_to(self, municipality: Municipality) -> "Hits":
        return self.serving([municipality.state]).meeting(for_population(municipality.population))

    def priced_up_to(self, limit: Decimal, *, or_on_request: bool = False) -> "Hits":
        return self.meeting(affordable(limit, or_on_request=or_on_request))

    def meeting(self, condition: Q) -> "Hits":
        if not condition:
            return self
        return self & Hits(
            self.snapshot,
            from_mask(_holds(condition, self.snapshot.columns)) & self.snapshot.everything,
        )

    def referenced(self) -> "Hits":
        return self._and(self.snapshot.referenced)

    def referenced_in_state_of(self, place: Municipality) -> "Hits":
        return self._referenced_where(Q(state=place.state_id))

    def referenced_in_size_class_of(self, place: Municipality) -> "Hits":
        people = -1 if place.population is None else place.population
        sizes = self.snapshot.vocabulary.size_classes
        own = [size for size in sizes if size.min_population <= people]
        return self._referenced_where(own[-1].bounds if own else NO_PLACE)

    def _referenced_where(self, condition: Q) -> "Hits":
        """Remember the answer: states and population classes are few."""
        key = ("referenced", condition)
        return self._and(self.snapshot.remembered(key, lambda: self._references(condition)))

    def _references(self, condition: Q) -> Bits:
        slots, places = self.snapshot.references.T
        # What was founded in this very moment has no place there yet, and is taken for the last.
        is_meant = np.append(_holds(condition, self.snapshot.vocabulary.places), False)
        return from_slots(slots[is_meant.take(places, mode="clip")], self.snapshot.words)

    def unreferenced(self) -> "Hits":
        return self._and(self.snapshot.everything & ~self.snapshot.referenced)

    def found_by(self, query: TextQuery) -> "Hits":
        if not query:
            return self
        holding = self.snapshot.holding([term.ways for term in query.terms])
        anywhere = [places[0] for places in holding]
        return self._and(reduce(and_ if query.finds_all_words else or_, anywhere))

    def relevance(self, query: TextQuery) -> tuple[Slots, NDArray[np.int16]]:
        """Return the slots of the hits, with the `points` of the query that each has."""
        slots = np.flatnonzero(to_mask(self.bits))
        relevance = np.zeros(len(slots), dtype=np.int16)
        holding = self.snapshot.holding(list(query.points))
        for factor, places in zip(query.points.values(), holding, strict=True):
            for bits, more in zip(places, MORE_POINTS, strict=True):
                relevance += to_mask(bits)[slots] * np.int16(factor * more)
        return slots, relevance


def _as_text(value: object) -> str:
    """Return the value as PostgreSQL casts it to text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _holds(condition: Q, columns: Columns) -> NDArray[np.bool_]:
    """Evaluate a condition on the columns of numbers; a missing number meets no comparison."""
    parts = [
        _holds(part, columns) if isinstance(part, Q) else _compared(part, columns)
        for part in condition.children
    ]
    # Two by two: numpy would copy them all into one array first.
    held = reduce(np.logical_or if condition.connector == Q.OR else np.logical_and, parts)
    return ~held if condition.negated else held


def _compared(part: Any, columns: Columns) -> NDArray[np.bool_]:
    lookup, value = part
    name, _, comparison = lookup.partition("__")
    column = columns[name]
    match comparison, value:
        case "", None:
            return np.isnan(column)
        case "", int():
            return np.asarray(column == value)
        case "lte", int() | Decimal():
            return column <= float(value)
        case "gte", int() | Decimal():
            return column >= float(value)
    raise NotImplementedError(f"{lookup}={value}")
