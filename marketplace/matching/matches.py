"""Compute and keep the matches of needs; what the pages read."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from challenges.models import Need
from marketplace.matching.engine import Ranked, rank
from marketplace.matching.market import Market
from marketplace.matching.models import Match, Matching, Weights
from marketplace.matching.weights import Mix


def recompute(keys: list[int], *, at: datetime) -> None:
    """Rank for these needs anew. Twice or twice at once leaves the same rows.

    A run takes its number before it reads anything: it knows all that runs before it knew. So
    where a later run has stored its matches meanwhile, those stay.
    """
    run = _next_run()
    market, mix = Market.load(), Weights.objects.in_force().mix
    needs = Need.objects.filter(pk__in=keys).order_by("pk")
    needs = needs.select_related("organisation__municipality__state", "organisation__state")
    for need in needs.prefetch_related("topics", "standards", "wished_standards"):
        _recompute(need, market, mix, run=run, at=at)


def _next_run() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('marketplace_matching_runs')")
        return int(cursor.fetchone()[0])


def _recompute(need: Need, market: Market, mix: Mix, *, run: int, at: datetime) -> None:
    ranking = rank(need, market, mix, on=timezone.localdate(at))
    rows = ranking.hits + ranking.near_misses
    matching = Matching(need=need, computed_at=at, uses_meaning=ranking.uses_meaning, run=run)
    with transaction.atomic():
        if not Need.objects.select_for_update(of=("self",)).filter(pk=need.pk).exists():
            return  # deleted meanwhile
        # A query of its own: one that waits for the lock sees what was there before it waited.
        if Matching.objects.filter(need=need, run__gt=run).exists():
            return
        Match.objects.filter(need=need).delete()
        Match.objects.bulk_create(_match(need, number, row) for number, row in enumerate(rows))
        Matching.objects.bulk_create(
            [matching],
            update_conflicts=True,
            unique_fields=["need"],
            update_fields=["computed_at", "uses_meaning", "run"],
        )


def _match(need: Need, number: int, row: Ranked) -> Match:
    return Match(
        need=need,
        solution_id=row.solution,
        position=number,
        score=row.score,
        parts=row.parts,
        facts=row.facts,
        violations=row.violations,
    )
