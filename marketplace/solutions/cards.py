"""The cards of the lists, each written once until its solution changes."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.solutions.card_html import body
from marketplace.solutions.card_rows import rows
from profiles.snapshot import Selection, Snapshot, current
from profiles.snapshot.reading import Ids

MOST = 5_000  # cards that a process remembers, of 2 to 3 KB each


class Card(NamedTuple):
    """What the list shows of a solution, apart from what depends on the person."""

    pk: int
    slug: str
    title: str
    body: SafeString


class Cards(Selection):
    """A selection whose rows are cards."""

    @classmethod
    def of(cls, chosen: Selection) -> "Cards":
        return cls(chosen.hits, chosen.rows, chosen.sort, chosen.query)

    def _loaded(self, ids: Ids) -> list[Any]:
        return _cards(ids.tolist(), self.hits.snapshot)


def cards_of(ids: Iterable[int]) -> list[Card]:
    """Return the cards of these published solutions, in this order."""
    return _cards(list(ids), current(on=timezone.localdate()))


def _cards(ids: list[int], snapshot: Snapshot) -> list[Card]:
    """Read and write only those that nobody has seen yet."""
    notes, kind = snapshot.notes, f"card {get_language()}"
    known: dict[int, Any] = {id: notes.get((id, kind)) for id in ids}
    if missing := [id for id, card in known.items() if card is None]:
        if len(notes) > MOST:
            notes.clear()
        for row in rows(missing, snapshot):
            notes[row.pk, kind] = known[row.pk] = Card(row.pk, row.slug, row.title, body(row))
    return [card for card in known.values() if card is not None]
