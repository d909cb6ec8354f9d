"""The cards of the list, each rendered once until its solution changes."""

from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from profiles.models import Solution
from profiles.snapshot import Selection
from profiles.snapshot.reading import Ids

MOST = 5_000  # cards that a process remembers, of 2 to 3 KB each


class Card(NamedTuple):
    """What the list shows of a solution, apart from what depends on the person."""

    pk: int
    slug: str
    title: str
    body: SafeString


class Cards(Selection):
    """A selection whose rows are cards; only those that nobody has seen yet are loaded."""

    @classmethod
    def of(cls, chosen: Selection) -> "Cards":
        return cls(chosen.hits, chosen.rows, chosen.sort, chosen.query)

    def _loaded(self, ids: Ids) -> list[Any]:
        notes = self.hits.snapshot.notes
        kind = f"card {get_language()}"
        known = {id: notes.get((id, kind)) for id in ids.tolist()}
        missing = [id for id, card in known.items() if card is None]
        if missing:
            if len(notes) > MOST:
                notes.clear()
            for solution in self.rows.order_by().filter(pk__in=missing):
                notes[solution.pk, kind] = known[solution.pk] = _card(solution)
        return [card for card in known.values() if card is not None]


def _card(solution: Solution) -> Card:
    context = {"solution": solution, "level": "h3"}
    body = render_to_string("marketplace/_card_body.html", context)
    return Card(solution.pk, solution.slug, solution.title, body)
