"""Hits in order, of which only those rows are loaded that somebody looks at."""

from collections.abc import Iterator
from typing import overload

import numpy as np
from numpy.typing import NDArray

from profiles.models import Solution
from profiles.models.solutions import SolutionQuerySet
from profiles.search import TextQuery
from profiles.snapshot.bits import Bits, to_mask
from profiles.snapshot.hits import Hits
from profiles.snapshot.reading import Ids

Order = NDArray[np.int32]  # slots

CHUNK = 500
BLOCK = 20_000  # slots looked at for a page


class Selection:
    """A sequence of solutions, as paginators, exports and serializers want one."""

    def __init__(
        self, hits: Hits, rows: SolutionQuerySet, sort: str, query: TextQuery | None = None
    ) -> None:
        self.hits = hits
        self.rows = rows
        self.sort = sort
        self.query = query

    def count(self) -> int:
        return self.hits.count()

    def __len__(self) -> int:
        return self.count()

    @overload
    def __getitem__(self, key: int) -> Solution: ...
    @overload
    def __getitem__(self, key: slice) -> list[Solution]: ...
    def __getitem__(self, key: int | slice) -> Solution | list[Solution]:
        if isinstance(key, slice):
            return self._loaded(self.ids(key))
        return self._loaded(self.ids(slice(key, key + 1)))[0]

    def __iter__(self) -> Iterator[Solution]:
        ids = self.ids()
        for start in range(0, len(ids), CHUNK):
            yield from self._loaded(ids[start : start + CHUNK])

    def _loaded(self, ids: Ids) -> list[Solution]:
        """Load rows in the order of their ids, leaving out those that are gone by now."""
        found = {row.pk: row for row in self.rows.order_by().filter(pk__in=ids.tolist())}
        return [found[id] for id in ids.tolist() if id in found]

    def ids(self, part: slice = slice(None)) -> Ids:
        ids: Ids = self.hits.snapshot.ids[self._slots(part.stop)[part]]
        return ids

    def _slots(self, count: int | None) -> Order:
        """Return the slots in order: all, or at least that many."""
        snapshot, bits = self.hits.snapshot, self.hits.narrowed
        match self.sort:
            case "title":
                return _among(snapshot.title, bits, count)
            case "references":
                return _among(snapshot.most_referenced, bits, count)
            case "relevance" if self.query:
                return self._most_relevant(self.query, count)
        return _among(snapshot.newest, bits, count)

    def _most_relevant(self, query: TextQuery, count: int | None) -> Order:
        """Order the hits by relevance, and by title where it is the same; remember it."""
        key = ("relevant", query, count, self.hits.bits.tobytes())
        return self.hits.snapshot.remembered(key, lambda: self._ranked(query, count))

    def _ranked(self, query: TextQuery, count: int | None) -> Order:
        slots, relevance = self.hits.relevance(query)
        titles = self.hits.snapshot.title_position[slots]
        place = titles - relevance.astype(np.int64) * len(self.hits.snapshot.ids)
        if count is not None and count < len(place):
            first = np.argpartition(place, count)[:count]
            slots, place = slots[first], place[first]
        return slots[np.argsort(place)].astype(np.int32)


def _among(order: Order, bits: Bits | None, count: int | None = None) -> Order:
    """Look from the front, no further than a page needs: of a million, all take 7 ms."""
    if bits is None:
        return order
    mask, found, known = to_mask(bits), [order[:0]], 0
    for start in range(0, len(order), BLOCK):
        block = order[start : start + BLOCK]
        found.append(block[mask[block]])
        known += len(found[-1])
        if count is not None and known >= count:
            break
    return np.concatenate(found)
