"""Where one solution stands for a need, hit or not, beside those at the top."""

from dataclasses import dataclass
from datetime import date

from challenges.models import Need
from challenges.needs.requirements import narrowed, violations
from marketplace.matching.engine import LOOKED_AT, Ranked, by_text, scored, shared_out
from marketplace.matching.market import Market
from marketplace.matching.relevance import relevance
from marketplace.matching.retrieval import WHOLE, Candidates, candidates, need_seen
from marketplace.matching.weights import Mix, Share, largest_first
from profiles.snapshot import Hits, current

TOP = 10


@dataclass(frozen=True)
class Place:
    """`rank` is 0 for what violates a requirement, and for what the need's list does not look at.

    That stands somewhere behind the `compared`, in a large market. `top` are the means of the
    first ten others.
    """

    own: Ranked
    shares: list[Share]  # of the parts that were compared
    rank: int
    count: int  # of what fits
    compared: int
    violated: list[str]
    top: dict[str, float]
    top_score: float


def place(need: Need, solution: int, market: Market, mix: Mix, *, on: date) -> Place:
    """Rank as for the need's own page, with this solution among the rest whatever it violates."""
    wanted = need_seen(need, market.model)
    vector = wanted.vector() if mix.meaning or mix.field else None
    published = Hits(current(on=on))
    proposed = candidates(need, vector, market, published, on=on)
    violated = _told(need, violations(need, [solution], on=on)[solution])
    found = _with(solution, proposed, fits=not violated)
    texts = relevance(need, wanted, found, market)
    shares = shared_out(mix, uses_meaning=vector is not None)
    order = [key for key in by_text(found, texts, shares) if key in found.fitting]
    by_score = scored(need, found, sorted({*order, solution}), texts, shares, on=on)
    looked_at = set(order[:LOOKED_AT])  # the list has no other before these
    ranked = sorted(by_score, key=lambda row: row.solution not in looked_at)
    own = next(row for row in ranked if row.solution == solution)
    others = [row for row in ranked if row.solution != solution]
    first = others[:TOP]
    fit = narrowed(need, published, on=on)
    # Not whether it was proposed: that would tell the place of a need which does not say who asks.
    is_whole = published.count() <= WHOLE
    is_compared = not violated and (is_whole or solution in looked_at)
    return Place(
        own=own,
        shares=largest_first({part: shares[part] for part in own.parts}),
        rank=ranked.index(own) + 1 if is_compared else 0,
        count=fit.count() + (not violated and not fit.having_ids([solution])),
        compared=len(order) if is_whole else len(looked_at),
        violated=violated,
        top={name: _mean([row.parts[name] for row in first]) for name in own.parts},
        top_score=_mean([row.score for row in first]),
    )


def _told(need: Need, violated: list[str]) -> list[str]:
    """Leave out the place where the need does not say who asks.

    An offer's bounds, changed again and again, would find out the population. So the offer is
    placed as if it were made for that municipality, and the page says so.
    """
    return [name for name in violated if need.is_named or name != "place"]


def _with(solution: int, found: Candidates, *, fits: bool) -> Candidates:
    solutions = sorted({*found.solutions, solution})
    return Candidates(solutions, found.fitting | {solution} if fits else found.fitting)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
