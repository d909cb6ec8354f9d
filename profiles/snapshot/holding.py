"""Which solutions hold the words of a search, and where in their texts."""

from collections.abc import Mapping, Sequence
from functools import partial, reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from profiles.models.text import PLACES, Ways
from profiles.snapshot import postings, reading
from profiles.snapshot.bits import Bits, Slots, from_slots, rewritten, slots_of
from profiles.snapshot.reading import Ids

if TYPE_CHECKING:
    from profiles.snapshot.market import Snapshot

Places = tuple[Bits, ...]
"""The solutions that hold a word, for each of `PLACES`."""


def read(asked: Sequence[Ways], snapshot: "Snapshot") -> dict[Ways, Places]:
    """Ask the posting lists, and of what has changed since the documents: 1 to 3 queries."""

    def bits(ids: Sequence[Ids]) -> Places:
        return tuple(from_slots(slots_of(snapshot.slots, some), snapshot.words) for some in ids)

    lists = postings.read(asked)
    changed = lists and snapshot.remembered(
        ("changed since", lists.seen), partial(postings.changed_since, lists.seen)
    )
    if lists is None or changed is None:
        return dict(zip(asked, map(bits, reading.holding(asked)), strict=True))
    stems = {stem: bits(ids) for stem, ids in lists.ids.items()}
    found = {ways: _held_by(ways, stems) for ways in asked}
    touched = np.sort(slots_of(snapshot.slots, changed))
    return updated(found, changed, touched, snapshot.slots, snapshot.words)


def updated(
    held: Mapping[Ways, Places],
    changed: Ids,
    touched: Slots,
    slots: NDArray[np.int32],
    words: int,
) -> dict[Ways, Places]:
    """Ask of the changed solutions alone which words they hold now: at most one query."""
    held = dict(held)  # others write to it meanwhile
    if not held or not len(changed):
        return held
    found = reading.holding(list(held), only=changed)
    return {
        ways: tuple(
            rewritten(bits, touched, slots_of(slots, ids), words)
            for bits, ids in zip(places, having, strict=True)
        )
        for (ways, places), having in zip(held.items(), found, strict=True)
    }


def _held_by(ways: Ways, stems: Mapping[str, Places]) -> Places:
    return tuple(
        reduce(or_, (reduce(and_, (stems[stem][place] for stem in way)) for way in ways))
        for place in range(len(PLACES))
    )
