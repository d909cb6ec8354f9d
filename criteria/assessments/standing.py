"""Which phases a solution has behind it, by the view that its provider shows.

A phase counts as met when at least one of its criteria applies, and all that apply are met. What
is unknown is not met; what counts throughout belongs to no phase. It is confirmed when
municipalities that use the solution agree with each of these ratings.

Lists and matching look at `MetPhase`, which knows nothing of criteria. `settle` keeps it.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from criteria.assessments.models import Assessment
from criteria.assessments.ratings import Rating
from criteria.assessments.readiness import Readiness
from criteria.assessments.results import Results
from profiles.models import MetPhase, Phase, Solution


def met_phases(ratings: Iterable[Rating]) -> dict[str, bool]:
    """Return the met phases, each with whether it is confirmed; no query for loaded ratings."""
    by_phase: dict[str, list[Rating]] = {}
    for rating in ratings:
        if rating.criterion.phase in Phase.values:
            by_phase.setdefault(rating.criterion.phase, []).append(rating)
    return {
        phase: all(row.valid_confirmations for row in rows if row.value == Rating.Value.MET)
        for phase, rows in sorted(by_phase.items())
        if Readiness.of(row.value for row in rows).is_complete
    }


class Standing(NamedTuple):
    """How far one phase is, for the page that shows the assessment."""

    label: str
    is_met: bool
    is_confirmed: bool
    readiness: Readiness


def standings(results: Results) -> list[Standing]:
    """Return the phases so far of results whose ratings have their confirmations."""
    met = met_phases(results.ratings)
    so_far = [phase for phase in Phase if phase <= results.assessment.phase]
    bars = [bar.readiness for bar in results.by_phase]
    return [
        Standing(str(phase.label), phase in met, met.get(phase, False), readiness)
        for phase, readiness in zip(so_far, bars, strict=False)
    ]


@transaction.atomic
def settle(solution_id: int | None) -> None:
    """Work out anew which phases the solution has met.

    The solution is locked meanwhile, so that of two ratings at once the second sees the first.
    """
    if solution_id is None:
        return
    locked = Solution.objects.select_for_update(no_key=True).filter(pk=solution_id).first()
    if locked is None:
        return
    shown = Assessment.objects.published().of_solution(locked).first()
    ratings = shown.ratings.select_related("criterion").with_confirmations() if shown else []
    MetPhase.objects.put(locked, met_phases(ratings))


def settle_all() -> None:
    """Make up for what changed elsewhere: a solution withdrawn, merged, or of another provider."""
    shown = Assessment.objects.published().order_by().values("solution")
    concerned = Solution.objects.filter(Q(pk__in=shown) | Q(met_phases__isnull=False))
    for solution in concerned.order_by("pk").distinct().values_list("pk", flat=True):
        settle(solution)


def change(assessment: Assessment, *, seen: int, **fields: Any) -> bool:
    """Change it, and what is known of the solutions that it was and is about."""
    before = Assessment.objects.filter(pk=assessment.pk).values_list("solution", flat=True).get()
    if not assessment.change(seen=seen, **fields):
        return False
    after = fields.get("solution")
    for solution in {before, after.pk if after else before}:
        settle(solution)
    return True
