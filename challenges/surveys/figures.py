"""What the answers to one question say, as figures. Plain values in, plain values out."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

IMPORTANT = 4  # priorities of 4 and 5 count as important


@dataclass(frozen=True)
class Share:
    """How many chose an option; the share is of those who answered, 0…1."""

    option: str
    count: int
    share: float


@dataclass(frozen=True)
class Priority:
    """What was said of a topic; None where nobody said anything."""

    option: str
    count: int
    mean: float | None
    share_important: float | None


@dataclass(frozen=True)
class Rank:
    """Borda points (the first of n ranks gives n points, the last one 1) and first places."""

    option: str
    points: int
    first_places: int


@dataclass(frozen=True)
class Spread:
    """A distribution of numbers, for at least one of them."""

    count: int
    least: float
    median: float
    mean: float
    most: float


def shares(options: Sequence[str], values: Collection[str | list[str]]) -> list[Share]:
    """Count single or multiple choices, in the order of the options."""
    chosen = Counter(
        option
        for value in values
        for option in (set(value) if isinstance(value, list) else {value})
    )
    total = len(values)
    return [
        Share(option, chosen[option], chosen[option] / total if total else 0.0)
        for option in options
    ]


def priorities(options: Sequence[str], values: Collection[Mapping[str, int]]) -> list[Priority]:
    """Return what was said of each topic, in the order of the options."""
    return [
        _priority(option, [row[option] for row in values if option in row]) for option in options
    ]


def _priority(option: str, given: Sequence[int]) -> Priority:
    if not given:
        return Priority(option, 0, None, None)
    important = sum(value >= IMPORTANT for value in given)
    return Priority(option, len(given), fmean(given), important / len(given))


def ranks(options: Sequence[str], values: Collection[Sequence[str]], *, places: int) -> list[Rank]:
    """Return the options by points, then first places, then their own order."""
    points: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    for ranking in values:
        firsts.update(ranking[:1])
        for place, option in enumerate(ranking[:places]):
            points[option] += places - place
    found = [Rank(option, points[option], firsts[option]) for option in options]
    return sorted(found, key=lambda rank: (-rank.points, -rank.first_places))


def spread(values: Collection[float]) -> Spread | None:
    if not values:
        return None
    return Spread(len(values), min(values), median(values), fmean(values), max(values))
