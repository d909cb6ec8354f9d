"""Work off what database triggers have noted as changed."""

import logging
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from pgvector.django import CosineDistance

from challenges.models import Need
from marketplace.matching import matches, vectors
from marketplace.matching.embeddings import MissingModelError, UnavailableError
from marketplace.matching.market import serving_model
from marketplace.matching.models import NeedVector, Outdated, SolutionVector
from profiles.models import Solution
from profiles.prepared import EXAMPLE, Prepared

log = logging.getLogger(__name__)
AT_ONCE = 200  # changed rows for each round
FEW_NEEDS = 500  # up to here every need without an end is matched anew when solutions have changed
NEAREST_NEEDS = 200  # beyond: those nearest to the changed solution, and those that list it


def work_off(*, at: datetime) -> bool:
    """Say whether there was anything; tell of a fault when all that can be done is done."""
    worked, behind = False, 0
    fault: UnavailableError | None = None
    while rows := list(Outdated.objects.filter(pk__gt=behind).order_by("pk")[:AT_ONCE]):
        try:
            _work_off(rows, at=at)
        except UnavailableError as problem:
            fault, behind = problem, rows[-1].pk  # these notes stay, and others follow
        worked = True
    if fault:
        raise fault
    return worked


def _work_off(rows: list[Outdated], *, at: datetime) -> None:
    """Embed, match, and only then forget: a worker that dies leaves the work to the next."""
    solutions = [row.object_id for row in rows if row.kind == Outdated.Kind.SOLUTION]
    needs = {row.object_id for row in rows if row.kind == Outdated.Kind.NEED}
    fault = None
    try:
        _embed(solutions, sorted(needs))
    except UnavailableError as problem:
        fault = problem
        log.warning("Matching goes on with the vectors that there are: %s", problem)
    matches.recompute(sorted(needs | _concerned(solutions)), at=at)
    if fault and not isinstance(fault, MissingModelError):
        raise fault  # a server comes back, so the work stays noted; a missing model does not
    Outdated.objects.remove_seen({row.pk: row.changes for row in rows})


def _embed(solutions: list[int], needs: list[int]) -> None:
    vectors.refresh_topics()
    vectors.refresh_solutions(solutions)
    vectors.refresh_needs(needs)


def _concerned(solutions: list[int]) -> set[int]:
    """Which drafts and open needs the solutions may enter or leave."""
    if not solutions:
        return set()
    wanted = Need.objects.unended()
    if wanted.count() <= FEW_NEEDS:
        return set(wanted.values_list("pk", flat=True))
    concerned = set(wanted.filter(matches__solution__in=solutions).values_list("pk", flat=True))
    model = serving_model()
    of_solutions = SolutionVector.objects.filter(solution__in=solutions, model=model)
    for vector in of_solutions.values_list("vector", flat=True):
        near = NeedVector.objects.filter(model=model, need__in=wanted.order_by().values("pk"))
        near = near.order_by(CosineDistance("vector", vector))
        concerned |= set(near.values_list("need", flat=True)[:NEAREST_NEEDS])
    return concerned


def chunks(size: int) -> Iterator[list[int]]:
    """All solutions, so that each gets a vector of the model in use and of its present text."""
    keys = list(Solution.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def embed_solutions(keys: list[int]) -> None:
    vectors.refresh_topics()
    vectors.refresh_solutions(keys)


def embed_needs() -> None:
    vectors.refresh_needs(Need.objects.unended().values_list("pk", flat=True))


def is_outdated(need: Need) -> bool:
    """Whether a change is known that the matches do not show yet; one query.

    After its end a need hears of its own changes alone.
    """
    changes = _own_change() if need.has_ended else _changes()
    return bool(changes(need=need.pk))


@cache
def _own_change() -> Prepared[Outdated]:
    return Prepared(lambda need: Outdated.objects.needs().filter(object_id=need), need=EXAMPLE)


@cache
def _changes() -> Prepared[Outdated]:
    return Prepared(lambda need: Outdated.objects.concerning(need)[:1], need=EXAMPLE)
