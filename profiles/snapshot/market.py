"""The published solutions as arrays. A snapshot never changes: a change makes the next one.

Each published solution has a slot; sets of solutions are bits over the slots.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from profiles.models import SizeClass, Standard, State, Topic
from profiles.models.terms import TERMS
from profiles.models.text import PLACES, Ways
from profiles.snapshot import holding, reading
from profiles.snapshot.bits import (
    NOWHERE,
    Bits,
    Table,
    from_mask,
    from_slots,
    size,
    slots_of,
    words_for,
)
from profiles.snapshot.holding import Places
from profiles.snapshot.reading import Columns, Ids

NOTED = 5_000  # texts about solutions, of 2 to 3 KB each
HELD = 200  # words, each with four sets of the solutions that hold it
HELD_BYTES = 40_000_000  # for them; at a million solutions fewer words than that
REMEMBERED = 200  # answers about a snapshot; facets as HTML take up to 100 KB
ROOM = 1.02  # slots kept free for solutions to come, so that a new one costs no new arrays
Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of the facets, in the order in which they are offered, and the places."""

    topics: list[Topic]
    standards: list[Standard]
    states: list[State]
    size_classes: list[SizeClass]
    places: Columns  # by the id of the municipality

    @classmethod
    def read(cls) -> "Vocabulary":
        return cls(
            list(Topic.objects.all()),
            list(Standard.objects.all()),
            list(State.objects.all()),
            list(SizeClass.objects.all()),
            reading.territory(),
        )


@dataclass(frozen=True, eq=False)
class Snapshot:
    on: date
    seen: str  # what the database had committed before it was read
    vocabulary: Vocabulary
    ids: Ids  # by slot; 0 is a free slot
    slots: NDArray[np.int32]  # by id
    newest: NDArray[np.int32]  # slots in order
    title: NDArray[np.int32]
    columns: Columns
    tables: Mapping[str, Table]
    references: NDArray[np.int32]  # pairs of slot and municipality
    found: dict[object, Any] = field(default_factory=dict)  # what `remembered` has answered
    notes: dict[tuple[int, str], object] = field(default_factory=dict)
    """What others remember of a solution (id, what); forgotten as soon as it changes."""
    held: dict[Ways, Places] = field(default_factory=dict)
    """What `holding` has answered; a change of a solution is written on in it."""

    @classmethod
    def read(cls, *, on: date, seen: str) -> "Snapshot":
        """Read everything: 8 queries."""
        numbers = reading.numbers()
        count = len(numbers.newest)
        words = words_for(int(count * ROOM) + 1)
        ids = np.zeros(words * 64, dtype=np.int64)
        ids[:count] = numbers.newest
        slots = np.full(int(ids.max(initial=0)) + 1, NOWHERE, dtype=np.int32)
        slots[numbers.newest] = np.arange(count)
        tables = {
            kind: Table.of({term: slots_of(slots, owners) for term, owners in found.items()}, words)
            for kind, found in reading.postings(on=on).items()
        }
        return cls(
            on=on,
            seen=seen,
            vocabulary=Vocabulary.read(),
            ids=ids,
            slots=slots,
            newest=np.arange(count, dtype=np.int32),
            title=slots[numbers.title],
            columns={name: _grown(column, len(ids)) for name, column in numbers.columns.items()},
            tables=tables,
            references=_references(slots, reading.references(on=on)),
        )

    @property
    def words(self) -> int:
        return len(self.ids) // 64

    @cached_property
    def everything(self) -> Bits:
        return from_mask(self.ids != 0)

    @cached_property
    def count(self) -> int:
        return len(self.newest)

    @cached_property
    def nowhere_bound(self) -> Mapping[str, Bits]:
        """The solutions without any term, of the kinds where that means all terms."""
        return {
            kind: self.everything & ~np.bitwise_or.reduce(self.tables[kind].bits, axis=0)
            for kind, terms in TERMS.items()
            if terms.none_means_any
        }

    @cached_property
    def referenced(self) -> Bits:
        """Those with any reference."""
        return from_slots(self.references[:, 0], self.words)

    @cached_property
    def places_with_references(self) -> int:
        """The number of municipalities that use any of them."""
        return len(np.unique(self.references[:, 1]))

    @cached_property
    def reference_counts(self) -> NDArray[np.int64]:
        return np.bincount(self.references[:, 0], minlength=len(self.ids))

    @cached_property
    def most_referenced(self) -> NDArray[np.int32]:
        """The slots by number of references, the same number by title."""
        fewer = -self.reference_counts[self.title].astype(np.int16)
        ordered: NDArray[np.int32] = self.title[np.argsort(fewer, kind="stable")]
        return ordered

    @cached_property
    def title_position(self) -> NDArray[np.int32]:
        """Where each slot stands in the order by title."""
        position = np.zeros(len(self.ids), dtype=np.int32)
        position[self.title] = np.arange(len(self.title))
        return position

    def remembered(self, key: object, read: Callable[[], Answer]) -> Answer:
        """Return what `read` answered the last time, while the snapshot stands."""
        answer: Answer | None = self.found.get(key)
        if answer is None:
            if len(self.found) >= REMEMBERED:
                self.found.clear()
            answer = self.found[key] = read()
        return answer

    def noted(
        self, kind: str, ids: Sequence[int], make: Callable[[list[int]], Iterable[tuple[int, Any]]]
    ) -> list[Any]:
        """Return what is noted of the solutions, in this order; `make` yields what is missing.

        Those that it does not yield are left out.
        """
        known: dict[int, Any] = {id: self.notes.get((id, kind)) for id in ids}
        if missing := [id for id, note in known.items() if note is None]:
            if len(self.notes) > NOTED:
                self.notes.clear()
            for id, note in make(missing):
                self.notes[id, kind] = known[id] = note
        return [note for note in known.values() if note is not None]

    def holding(self, asked: Sequence[Ways]) -> list[Places]:
        """Return which solutions hold each word, for each of `PLACES`.

        Costs up to 3 queries for the words that nobody has asked for yet.
        """
        known = {ways: places for ways in asked if (places := self.held.get(ways))}
        if missing := [ways for ways in dict.fromkeys(asked) if ways not in known]:
            if len(self.held) >= min(HELD, HELD_BYTES // (len(PLACES) * self.words * 8)):
                self.held.clear()
            found = holding.read(missing, self)
            self.held.update(found)
            known |= found
        return [known[ways] for ways in asked]

    def some_hold(self, words: Sequence[Ways]) -> bool:
        """Whether any solution holds all of these words."""
        anywhere = [places[0] for places in self.holding(words)]
        return bool(np.bitwise_and.reduce(anywhere).any())

    @cached_property
    def bytes(self) -> int:
        arrays: list[NDArray[Any]] = [self.ids, self.slots, self.newest, self.title]
        arrays += [self.references, *self.columns.values()]
        arrays += [table.bits for table in self.tables.values()]
        return sum(array.nbytes for array in arrays)

    def __len__(self) -> int:
        return size(self.everything)


def _references(slots: NDArray[np.int32], pairs: Ids) -> NDArray[np.int32]:
    known = pairs[pairs[:, 0] < len(slots)]
    found = np.column_stack([slots[known[:, 0]], known[:, 1]])
    kept: NDArray[np.int32] = found[found[:, 0] != NOWHERE].astype(np.int32)
    return kept


def _grown(column: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    grown = np.full(length, np.nan)
    grown[: len(column)] = column
    return grown
