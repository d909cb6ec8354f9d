"""Sets of slots as bits in words of 64, and tables of such sets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Slots = NDArray[np.int64]

WORD = 64
NOWHERE = -1  # in a table of slots by id
BLOCK = 8  # rows that are counted at once: few enough that they stay in the processor's cache


def words_for(slots: int) -> int:
    return -(-slots // WORD)


def slots_of(slots: NDArray[np.int32], ids: NDArray[np.int64]) -> Slots:
    """Return the slots of those ids that have one."""
    within = ids[(ids >= 0) & (ids < len(slots))]
    found = slots[within]
    known: Slots = found[found != NOWHERE].astype(np.int64)
    return known


def from_slots(slots: NDArray[Any], words: int) -> Bits:
    mask = np.zeros(words * WORD, dtype=bool)
    mask[slots] = True
    return from_mask(mask)


def from_mask(mask: NDArray[np.bool_]) -> Bits:
    """Return the bits of a mask whose length is a multiple of 64."""
    return np.packbits(mask, bitorder="little").view(np.uint64)


def to_mask(bits: Bits) -> NDArray[np.bool_]:
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(bool)


def are_in(bits: Bits, slots: Slots) -> NDArray[np.bool_]:
    """Tell of each slot whether it is in the set; of few, quicker than the whole mask."""
    return (bits[slots // WORD] & _bit(slots)).astype(bool)


def rewritten(bits: Bits, touched: Slots, having: Slots, words: int) -> Bits:
    """Return the set with those of the touched slots (in order) that are `having`, no others.

    Where that is so already, it is the set itself: most sets of a snapshot stay as they are.
    """
    if len(bits) == words and np.array_equal(touched[are_in(bits, touched)], np.sort(having)):
        return bits
    new = np.zeros(words, dtype=np.uint64)
    new[: len(bits)] = bits
    np.bitwise_and.at(new, touched // WORD, ~_bit(touched))
    np.bitwise_or.at(new, having // WORD, _bit(having))
    return new


def _bit(slots: Slots) -> Bits:
    return np.uint64(1) << (slots % WORD).astype(np.uint64)


def size(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


@dataclass(frozen=True)
class Table:
    """For each term the set of slots that have it."""

    rows: dict[str, int]
    bits: NDArray[np.uint64]  # one row a term

    @classmethod
    def of(cls, postings: Mapping[str, Slots], words: int) -> "Table":
        bits = np.zeros((len(postings), words), dtype=np.uint64)
        for row, slots in enumerate(postings.values()):
            bits[row] = from_slots(slots, words)
        return cls({term: row for row, term in enumerate(postings)}, bits)

    def any_of(self, terms: Iterable[str]) -> Bits:
        rows = [self.rows[term] for term in terms if term in self.rows]
        found: Bits = np.bitwise_or.reduce(self.bits[rows], axis=0)
        return found

    @cached_property
    def totals(self) -> dict[str, int]:
        return self._counts(self.bits, None)

    def counts(self, within: Bits) -> dict[str, int]:
        """Return how many of `within` have each term."""
        some = np.flatnonzero(within)
        if len(some) * 4 < len(within):  # a few hits: look only where there are any
            return self._counts(self.bits[:, some], within[some])
        return self._counts(self.bits, within)

    def _counts(self, bits: NDArray[np.uint64], within: Bits | None) -> dict[str, int]:
        found: list[int] = []
        for start in range(0, len(bits), BLOCK):
            block = bits[start : start + BLOCK]
            block = block if within is None else block & within
            found += np.bitwise_count(block).sum(axis=1, dtype=np.int64).tolist()
        return dict(zip(self.rows, found, strict=True))

    def changed(self, slots: Slots, postings: Mapping[str, Slots], words: int) -> "Table":
        """Return a table in which those slots have the terms of `postings` and no others."""
        rows = dict(self.rows)
        for term in postings:
            rows.setdefault(term, len(rows))
        bits = np.zeros((len(rows), words), dtype=np.uint64)
        bits[: len(self.bits), : self.bits.shape[1]] = self.bits
        bits &= ~from_slots(slots, words)
        for term, having in postings.items():
            bits[rows[term]] |= from_slots(having, words)
        return Table(rows, bits)
