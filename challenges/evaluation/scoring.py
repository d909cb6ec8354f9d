"""Points, ranking and what would change it: arithmetic on exact numbers, without a database.

The rule is published on the page of each challenge (templates/calls/_criteria.html):

- Each criterion yields 0 to 10 points; the weighted sum is out of 100.
- Points of the price: lowest price / price x 10.
- Ties: more points in the criterion with the higher weight, one criterion after the other; then the
  lower price; then who handed in earlier.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

MOST_POINTS = 10
TOTAL_WEIGHT = 100
SHIFT = 10  # by how much a weight is changed to see whether another one would win


@dataclass(frozen=True)
class Criterion:
    key: int
    weight: Fraction
    is_price: bool = False


@dataclass(frozen=True)
class Bid:
    """What is ranked; `points` are those of the judged criteria, by their keys."""

    key: int
    points: Mapping[int, int]
    price: Decimal
    arrived_at: datetime


@dataclass(frozen=True)
class Place:
    """`points` are those of all criteria; `is_tied`: a rule for ties put it here."""

    number: int
    bid: Bid
    points: Mapping[int, Fraction]
    total: Fraction
    is_tied: bool = False


@dataclass(frozen=True)
class Shift:
    """One weight changed, the others in proportion; `winner` is who would win then."""

    criterion: int
    weight: Fraction
    winner: int


def price_points(price: Decimal, lowest: Decimal) -> Fraction:
    """Lowest price / price x 10; who asks nothing has all points."""
    if price == lowest:
        return Fraction(MOST_POINTS)
    return Fraction(lowest) / Fraction(price) * MOST_POINTS


def ranking(bids: Iterable[Bid], criteria: Sequence[Criterion]) -> list[Place]:
    """Return the bids from the first place on; their order does not matter."""
    bids = list(bids)
    lowest = min((bid.price for bid in bids), default=Decimal(0))
    rows = []
    for bid in bids:
        points = _points(bid, criteria, lowest)
        total = sum((points[one.key] * one.weight for one in criteria), Fraction(0)) / MOST_POINTS
        rows.append(Place(0, bid, points, total))
    heaviest = sorted(criteria, key=lambda one: (-one.weight, one.key))
    rows.sort(key=lambda row: _order(row, heaviest))
    totals = [row.total for row in rows]
    return [
        replace(row, number=number, is_tied=totals.count(row.total) > 1)
        for number, row in enumerate(rows, 1)
    ]


def _points(bid: Bid, criteria: Sequence[Criterion], lowest: Decimal) -> dict[int, Fraction]:
    return {
        one.key: price_points(bid.price, lowest) if one.is_price else Fraction(bid.points[one.key])
        for one in criteria
    }


def _order(row: Place, heaviest: Sequence[Criterion]) -> tuple[object, ...]:
    ties = [-row.points[one.key] for one in heaviest]
    return (-row.total, ties, row.bid.price, row.bid.arrived_at, row.bid.key)


def reweighted(criteria: Sequence[Criterion], key: int, by: int) -> list[Criterion]:
    """Change one weight, within 0 and 100, and the others in proportion: the sum stays 100."""
    old = next(one.weight for one in criteria if one.key == key)
    new = min(max(old + by, Fraction(0)), Fraction(TOTAL_WEIGHT))
    rest = TOTAL_WEIGHT - old
    if not rest:
        return list(criteria)
    share = (TOTAL_WEIGHT - new) / rest
    return [replace(one, weight=new if one.key == key else one.weight * share) for one in criteria]


def sensitivity(bids: Iterable[Bid], criteria: Sequence[Criterion]) -> list[Shift]:
    """Return who would win with each weight 10 higher and 10 lower."""
    bids = list(bids)
    found = []
    for one in criteria:
        for by in (SHIFT, -SHIFT):
            changed = reweighted(criteria, one.key, by)
            weight = next(other.weight for other in changed if other.key == one.key)
            if bids and weight != one.weight:
                found.append(Shift(one.key, weight, ranking(bids, changed)[0].bid.key))
    return found


def differs(points: Iterable[int], most: int) -> bool:
    """Whether individual scores lie further apart than they should."""
    listed = list(points)
    return bool(listed) and max(listed) - min(listed) > most
