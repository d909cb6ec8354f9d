"""The ranking: who fits a need, in which order, and why."""

from dataclasses import asdict, dataclass, replace
from datetime import date

import numpy as np

from challenges.models import Need
from challenges.needs.requirements import violations
from marketplace.matching import scoring
from marketplace.matching.market import Market
from marketplace.matching.relevance import Relevance, relevance
from marketplace.matching.retrieval import Candidates, candidates, need_seen
from marketplace.matching.scoring import Facts, Parts, Wanted
from marketplace.matching.weights import Mix
from profiles.snapshot import Hits, current

HITS, NEAR_MISSES = 50, 10
LOOKED_AT = 150  # of those that fit, the most relevant get all parts
FORGIVABLE = 2  # requirements that a near miss may violate
TEXT = ("meaning", "words", "field")


@dataclass(frozen=True)
class Ranked:
    solution: int
    score: float
    parts: Parts
    facts: Facts
    violations: list[str]


@dataclass(frozen=True)
class Ranking:
    hits: list[Ranked]
    near_misses: list[Ranked]
    uses_meaning: bool


def rank(need: Need, market: Market, mix: Mix, *, on: date, count: int = HITS) -> Ranking:
    """Rank the published solutions for the need as they stand on that day."""
    wanted = need_seen(need, market.model)
    vector = wanted.vector() if mix.meaning or mix.field else None
    published = Hits(current(on=on))
    found = candidates(need, vector, market, published, on=on)
    shares = shared_out(mix, uses_meaning=vector is not None)
    texts = relevance(need, wanted, found, market)
    order = by_text(found, texts, shares)
    fitting = [key for key in order if key in found.fitting][:LOOKED_AT]
    others = [key for key in order if key not in found.fitting][: 5 * NEAR_MISSES]
    ranked = scored(need, found, fitting + others, texts, shares, on=on)
    hits = [row for row in ranked if row.solution in found.fitting][:count]
    missed = _as_good([row for row in ranked if row.solution not in found.fitting], hits)
    broken = violations(need, [row.solution for row in missed], on=on, published=published)
    named = [replace(row, violations=broken[row.solution]) for row in missed]
    near = [row for row in named if 0 < len(row.violations) <= FORGIVABLE][:NEAR_MISSES]
    return Ranking(hits, near, texts.uses_meaning)


def shared_out(mix: Mix, *, uses_meaning: bool) -> dict[str, float]:
    """Return shares that sum to 1; without vectors the words take over from the other texts."""
    shares = asdict(mix)
    if not uses_meaning and (mix.meaning or mix.field):
        shares["words"] = sum(shares[name] for name in TEXT)
        shares["meaning"] = shares["field"] = 0.0
    total = sum(shares.values()) or 1.0
    return {name: share / total for name, share in shares.items()}


def weighed(parts: Parts, shares: dict[str, float]) -> float:
    """Return the score: the published sum."""
    return sum(shares[name] * value for name, value in parts.items())


def by_text(found: Candidates, texts: Relevance, shares: dict[str, float]) -> list[int]:
    total = np.zeros(len(found.solutions))
    for name, row in texts.parts.items():
        total += shares[name] * row
    return [found.solutions[at] for at in np.argsort(-total, kind="stable")]


def scored(
    need: Need,
    found: Candidates,
    keys: list[int],
    texts: Relevance,
    shares: dict[str, float],
    *,
    on: date,
) -> list[Ranked]:
    """Score them by all parts, best first; ties in the order of their age."""
    place = {key: at for at, key in enumerate(found.solutions)}
    wanted = Wanted.of(need, on=on)
    ranked = []
    for offer in scoring.load(keys, on=on):
        parts, facts = scoring.fact_parts(wanted, offer)
        parts |= {name: float(row[place[offer.pk]]) for name, row in texts.parts.items()}
        ranked.append(Ranked(offer.pk, weighed(parts, shares), parts, facts, []))
    return sorted(ranked, key=lambda row: (-row.score, row.solution))


def _as_good(others: list[Ranked], hits: list[Ranked]) -> list[Ranked]:
    """Those that would stand among the first three hits."""
    bar = hits[min(2, len(hits) - 1)].score if hits else 0.0
    return [row for row in others if row.score >= bar]
