"""What the hits that municipalities have rejected say about a set of weights."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from marketplace.feedback.models import Rejection
from marketplace.matching.engine import shared_out, weighed
from marketplace.matching.models import Match
from marketplace.matching.weights import Mix

FIRST = 10


def rejected(mix: Mix) -> dict[str, int]:
    """Count what was rejected for the ranking's sake, and how much of it would stand on top.

    The parts kept with each match are weighed anew; what is no match any more has no rank.
    2 queries.
    """
    pairs = set(Rejection.objects.about_ranking().values_list("need", "solution"))
    on_top = pairs & set(_first_of_each({need for need, _ in pairs}, mix))
    return {"rejected": len(pairs), f"rejected among the first {FIRST}": len(on_top)}


def _first_of_each(needs: set[int], mix: Mix) -> Iterator[tuple[int, int]]:
    """Yield need and solution of the best hits of each need."""
    hits = Match.objects.hits().filter(need__in=needs).order_by("need", "position")
    rows = hits.values_list("need", "solution", "parts")
    shares = {known: shared_out(mix, uses_meaning=known) for known in (False, True)}
    for need, listed in groupby(rows, key=itemgetter(0)):
        scores = {
            solution: weighed(parts, shares["meaning" in parts]) for _, solution, parts in listed
        }
        best = sorted(scores, key=lambda solution: -scores[solution])
        yield from ((need, solution) for solution in best[:FIRST])
