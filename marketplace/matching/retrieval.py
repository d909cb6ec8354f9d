"""Which solutions are looked at closely for a need.

A small market is looked at as a whole, so nothing can be missed. In a large one, meaning and
words each propose some of those that meet the requirements; the filter is part of the query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet, Value
from numpy.typing import NDArray
from pgvector.django import CosineDistance

from challenges.models import Need
from challenges.needs.requirements import meeting, narrowed
from marketplace.matching.embeddings import DIMENSIONS, SECOND_DIMENSIONS, Vectors
from marketplace.matching.market import Market, Sent, received
from marketplace.matching.models import NeedVector, SolutionVector
from profiles.models import Solution
from profiles.models.solutions import SolutionQuerySet
from profiles.search import TextQuery
from profiles.snapshot import Hits, Selection
from profiles.snapshot.reading import Among, Ids

WHOLE = 1000  # solutions; up to here all are compared
EXACT = 5000  # up to here distances are computed one by one, beyond by the index
BY_MEANING, BY_WORDS, NEAR_MISSES = 300, 100, 100


@dataclass(frozen=True)
class Candidates:
    solutions: list[int]
    fitting: frozenset[int]


def candidates(
    need: Need, vector: Vectors | None, market: Market, published: Hits, *, on: date
) -> Candidates:
    fit = narrowed(need, published, on=on)
    if published.count() <= WHOLE:
        return Candidates(published.ids().tolist(), frozenset(fit.ids().tolist()))
    proposed = set(_by_words(fit, need))
    if vector is not None:
        proposed |= set(by_meaning(fit, lambda: meeting(need, on=on), vector, market.model))
        proposed |= set(_nearest(Solution.objects.published(), vector, market.model, NEAR_MISSES))
    known = published.having_ids(proposed)  # and none that was published in this very moment
    return Candidates(sorted(known), frozenset(fit.having_ids(known)))


def _by_words(fit: Hits, need: Need) -> list[int]:
    query = TextQuery.parse(need.title, some_hold=fit.snapshot.some_hold)
    if not query:
        return []
    found = Selection(fit.found_by(query), Solution.objects.all(), "relevance", query)
    return list(found.ids(slice(BY_WORDS)))


def by_meaning(
    fit: Hits, rows: Callable[[], SolutionQuerySet], vector: Vectors, model: str
) -> list[int]:
    """Return the nearest of what fits; `rows` are the same in SQL, asked where they are many."""
    if fit.count() <= EXACT:
        return _nearest_of(fit.ids(), vector, model)
    return _nearest(rows(), vector, model, BY_MEANING)


def _nearest_of(ids: Ids, vector: Vectors, model: str) -> list[int]:
    """Return the nearest of these; each distance is computed."""
    distance = CosineDistance("vector", vector[0].tolist())
    known = SolutionVector.objects.filter(Among("solution", ids), model=model)
    near = known.order_by(distance + Value(0.0))  # no index knows a sum
    return list(near.values_list("solution", flat=True)[:BY_MEANING])


def _nearest(solutions: SolutionQuerySet, vector: Vectors, model: str, count: int) -> list[int]:
    """Return the nearest of the solutions; the index goes on until the filter has let enough by."""
    near = solutions.filter(vectors__model=model)
    near = near.order_by(CosineDistance("vectors__vector", vector[0].tolist()))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL hnsw.iterative_scan = relaxed_order; SET LOCAL hnsw.ef_search = 100"
        )
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
    stored = SolutionVector.objects.filter(Among("solution", keys), model=model)
    return _seen(stored, "solution", keys)


def _seen(stored: QuerySet[Any, Any], owner: str, keys: list[int]) -> Seen:
    rows = stored.values_list(owner, Sent("vector"), Sent("second"))
    known = {key: vectors for key, *vectors in rows}
    columns: list[Any] = []
    for at, dimensions in enumerate((DIMENSIONS, SECOND_DIMENSIONS)):
        found = [known.get(key, (None, None))[at] for key in keys]
        is_known = np.array([row is not None for row in found], bool)
        rows_of_all = np.zeros((len(keys), dimensions), np.float32)
        rows_of_all[is_known] = received([row for row in found if row is not None], dimensions)
        columns += [rows_of_all, is_known]
    return Seen(*columns)
