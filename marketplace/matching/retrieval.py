"""Which solutions are looked at closely for a need.

A small market is looked at as a whole, so nothing can be missed. In a large one, meaning and
words each propose some of those that meet the requirements; the filter is part of the query.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet, Value
from numpy.typing import NDArray
from pgvector.django import CosineDistance

from challenges.models import Need
from challenges.needs.requirements import meeting
from marketplace.matching.embeddings import DIMENSIONS, SECOND_DIMENSIONS, Vectors
from marketplace.matching.market import Market, as_rows
from marketplace.matching.models import NeedVector, SolutionVector
from profiles.models import Solution
from profiles.models.solutions import SolutionQuerySet
from profiles.search import TextQuery

WHOLE = 1000  # solutions; up to here all are compared
EXACT = 5000  # up to here distances are computed one by one, beyond by the index
BY_MEANING, BY_WORDS, NEAR_MISSES = 300, 100, 100


@dataclass(frozen=True)
class Candidates:
    solutions: list[int]
    fitting: frozenset[int]


def candidates(need: Need, vector: Vectors | None, market: Market, *, on: date) -> Candidates:
    fit = meeting(need, on=on)
    published = Solution.objects.published()
    if published.count() <= WHOLE:
        return Candidates(_keys(published), frozenset(_keys(fit)))
    proposed = set(_by_words(fit, need))
    if vector is not None:
        exact = fit.count() <= EXACT
        proposed |= set(_nearest(fit, vector, market.model, BY_MEANING, exact=exact))
    fitting = frozenset(proposed)
    if vector is not None:
        proposed |= set(_nearest(published, vector, market.model, NEAR_MISSES, exact=False))
    others = published.filter(pk__in=proposed - fitting)
    also = meeting(need, on=on).filter(pk__in=_keys(others))
    return Candidates(sorted(proposed), fitting | set(_keys(also)))


def _keys(solutions: SolutionQuerySet) -> list[int]:
    return list(solutions.order_by("pk").values_list("pk", flat=True))


def _by_words(solutions: SolutionQuerySet, need: Need) -> list[int]:
    query = TextQuery.parse(need.title)
    if not query:
        return []
    found = solutions.found_by(query).most_relevant_first()
    return list(found.values_list("pk", flat=True)[:BY_WORDS])


def _nearest(
    solutions: SolutionQuerySet, vector: Vectors, model: str, count: int, *, exact: bool
) -> list[int]:
    """Return the nearest of the solutions; the index goes on until the filter has let enough by."""
    distance = CosineDistance("vectors__vector", vector[0].tolist())
    order = distance + Value(0.0) if exact else distance  # no index knows a sum
    near = solutions.filter(vectors__model=model).order_by(order)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
        cursor.execute("SET LOCAL hnsw.ef_search = 100")
        return list(near.values_list("pk", flat=True)[:count])


class Seen(NamedTuple):
    """What the two models see in some texts: a row each, and which texts they know."""

    first: Vectors
    is_known: NDArray[np.bool_]
    second: Vectors
    is_known_twice: NDArray[np.bool_]

    def vector(self) -> Vectors | None:
        """What candidates are sought by: the rows of the first model, if it knows any."""
        return self.first if self.is_known.any() else None


def need_seen(need: Need, model: str) -> Seen:
    return _seen(NeedVector.objects.filter(need=need, model=model), "need", [need.pk])


def solutions_seen(keys: list[int], model: str) -> Seen:
    stored = SolutionVector.objects.filter(solution__in=keys, model=model)
    return _seen(stored, "solution", keys)


def _seen(stored: QuerySet[Any, Any], owner: str, keys: list[int]) -> Seen:
    known = {key: rows for key, *rows in stored.values_list(owner, "vector", "second")}
    columns: list[Any] = []
    for at, dimensions in enumerate((DIMENSIONS, SECOND_DIMENSIONS)):
        found = [known.get(key, (None, None))[at] for key in keys]
        is_known = np.array([row is not None for row in found], bool)
        rows = np.zeros((len(keys), dimensions), np.float32)
        rows[is_known] = as_rows([row for row in found if row is not None], dimensions)
        columns += [rows, is_known]
    return Seen(*columns)
