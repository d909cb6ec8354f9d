"""The cards of the lists, each written once until its solution changes."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from marketplace.shortlists.organisations import Shortlist
from marketplace.solutions.card_html import article, body
from marketplace.solutions.card_rows import rows
from profiles.snapshot import Selection, Snapshot, current
from profiles.snapshot.reading import Ids


class Card(NamedTuple):
    """What the list shows of a solution, apart from what depends on the person."""

    pk: int
    slug: str
    title: str
    body: SafeString

    @property
    def html(self) -> SafeString:
        return article(self.pk, self.body)


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


def listed(cards: Iterable[Card], shortlist: Shortlist) -> SafeString:
    """Return the cards with what a person may do with them."""
    html = (article(card.pk, card.body, shortlist.button(card)) for card in cards)
    return mark_safe("".join(html))  # noqa: S308  (they are HTML)


def _cards(ids: list[int], snapshot: Snapshot) -> list[Card]:
    """Read and write only those that nobody has seen yet."""

    def made(missing: list[int]) -> Iterator[tuple[int, Card]]:
        for row in rows(missing, snapshot):
            yield row.pk, Card(row.pk, row.slug, row.title, body(row))

    return snapshot.noted(f"card {get_language()}", ids, made)
