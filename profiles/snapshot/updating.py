"""The next snapshot after a few solutions have changed: only their rows are read again."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from profiles.models import StandardClaim
from profiles.snapshot import holding, reading
from profiles.snapshot.bits import NOWHERE, WORD, Slots, slots_of
from profiles.snapshot.market import ROOM, Snapshot
from profiles.snapshot.reading import Ids, Place

MANY = 1_000  # changed solutions; from here on reading everything is the simpler work


def updated(old: Snapshot, changed: Ids, *, on: date, seen: str) -> Snapshot:
    """Return the snapshot of that day after those solutions have changed: up to 6 queries."""
    if on != old.on:
        turning = StandardClaim.objects.turning(after=old.on, until=on)
        changed = np.union1d(changed, reading.ids_of(turning, "solution"))
    if len(changed) > MANY or on < old.on:
        return Snapshot.read(on=on, seen=seen)
    numbers = reading.numbers(changed)
    places = reading.places(changed)
    ids, slots = _seated(old, changed, numbers.newest)
    if not _is_whole(slots, numbers.newest, places):  # somebody published in this very moment
        return Snapshot.read(on=on, seen=seen)
    touched = np.union1d(slots_of(old.slots, changed), slots_of(slots, changed))
    words = len(ids) // WORD
    found = reading.postings(on=on, only=changed)
    return Snapshot(
        on=on,
        seen=seen,
        vocabulary=old.vocabulary,
        ids=ids,
        slots=slots,
        newest=_moved(
            old.newest, touched, slots, numbers.newest, {row.id: row.newer for row in places}
        ),
        title=_moved(
            old.title, touched, slots, numbers.title, {row.id: row.title_before for row in places}
        ),
        columns={
            name: _written(column, touched, slots[numbers.newest], numbers.columns[name], len(ids))
            for name, column in old.columns.items()
        },
        tables={
            kind: table.changed(
                touched,
                {term: slots_of(slots, owners) for term, owners in found[kind].items()},
                words,
            )
            for kind, table in old.tables.items()
        },
        references=_referenced(old, touched, slots, reading.references(on=on, only=changed)),
        notes=_kept_notes(old, changed, on),
        held=holding.updated(old.held, changed, touched, slots, words),
    )


def _kept_notes(old: Snapshot, changed: Ids, on: date) -> dict[tuple[int, str], object]:
    """Return what is remembered of the solutions that have not changed, on the same day."""
    if on != old.on:
        return {}
    gone = set(changed.tolist())
    return {key: note for key, note in list(old.notes.items()) if key[0] not in gone}


def _seated(old: Snapshot, changed: Ids, published: Ids) -> tuple[Ids, NDArray[np.int32]]:
    """Give slots to those that are newly published, and take them from those that are not."""
    slots = np.full(max(len(old.slots), int(changed.max(initial=0)) + 1), NOWHERE, dtype=np.int32)
    slots[: len(old.slots)] = old.slots
    ids = old.ids.copy()
    leaving = np.setdiff1d(changed, published)
    ids[slots_of(slots, leaving)] = 0
    slots[leaving] = NOWHERE
    entering = published[slots[published] == NOWHERE]
    free = np.flatnonzero(ids == 0)
    if len(entering) > len(free):
        more = int(len(ids) * (ROOM - 1) + len(entering)) // 64 + 1
        ids = np.concatenate([ids, np.zeros(more * 64, dtype=np.int64)])
        free = np.flatnonzero(ids == 0)
    ids[free[: len(entering)]] = entering
    slots[entering] = free[: len(entering)]
    return ids, slots


def _is_whole(slots: NDArray[np.int32], published: Ids, places: Sequence[Place]) -> bool:
    """Whether the two readings saw the same solutions, all of which have a slot."""
    if {row.id for row in places} != set(published.tolist()):
        return False
    named = [id for row in places for id in (row.newer, row.title_before) if id is not None]
    return all(id < len(slots) and slots[id] != NOWHERE for id in named)


def _moved(
    order: NDArray[np.int32],
    touched: Slots,
    slots: NDArray[np.int32],
    moving: Ids,
    before: dict[int, int | None],
) -> NDArray[np.int32]:
    """Take the touched slots out of the order, and put `moving` in behind those before them."""
    length = int(max(order.max(initial=0), touched.max(initial=0), slots.max(initial=0))) + 1
    is_touched = np.zeros(length, dtype=bool)
    is_touched[touched] = True
    kept = order[~is_touched[order]]
    position = np.zeros(length, dtype=np.int64)
    position[kept] = np.arange(len(kept))
    targets: dict[int, int] = {}
    for id in moving.tolist():
        ahead = before[id]
        if ahead is None:
            targets[id] = 0
        elif ahead in targets:
            targets[id] = targets[ahead]
        else:
            targets[id] = int(position[slots[ahead]]) + 1
    return np.insert(kept, list(targets.values()), slots[moving])


def _written(
    column: NDArray[np.float64],
    touched: Slots,
    written: NDArray[np.int32],
    values: NDArray[np.float64],
    length: int,
) -> NDArray[np.float64]:
    copy = np.full(length, np.nan)
    copy[: len(column)] = column
    copy[touched] = np.nan
    copy[written] = values
    return copy


def _referenced(
    old: Snapshot, touched: Slots, slots: NDArray[np.int32], pairs: Ids
) -> NDArray[np.int32]:
    kept = old.references[~np.isin(old.references[:, 0], touched)]
    new = np.column_stack([slots[pairs[:, 0]], pairs[:, 1]]).astype(np.int32)
    return np.concatenate([kept, new[new[:, 0] != NOWHERE]])
