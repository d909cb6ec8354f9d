"""How well a text fits a need: by meaning, by words, by the profile of topics; each in 0…1.

Each is told in standard deviations from the mean of the solutions that fit (of all candidates,
where few do), so that the three can be added: two below is 0, six above is 1. Raw similarities of
a model cannot be compared with BM25, nor with those of the next model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from challenges.models import Need
from marketplace.matching import passages
from marketplace.matching.market import Market
from marketplace.matching.ngrams import bm25
from marketplace.matching.retrieval import Candidates, Seen, solutions_seen
from profiles.models import Solution
from profiles.snapshot.reading import Among

LOWEST, SPAN = -2.0, 8.0
FEW = 10  # that fit: fewer are compared with all candidates, since of two the best is no outlier
SECOND = 0.35  # what the second model counts within the meaning; measured (docs/matching.md)
Row = NDArray[np.float64]


@dataclass(frozen=True)
class Relevance:
    """The three parts, a row of all candidates each; without vectors, words alone."""

    parts: dict[str, Row]
    uses_meaning: bool


def relevance(need: Need, wanted: Seen, found: Candidates, market: Market) -> Relevance:
    texts = _texts(found.solutions)
    fits = np.array([key in found.fitting for key in found.solutions], bool)
    words = np.sqrt(bm25(passages.of_need(need), texts)) if need.title else np.zeros(len(texts))
    parts = {"words": calibrated(words, fits)}
    if not wanted.is_known.any():
        return Relevance(parts, uses_meaning=False)
    seen = solutions_seen(found.solutions, market.model)
    offered = market.centred(seen.first)
    meant = market.speech.translated(market.centred(wanted.first))[0]
    parts["meaning"] = calibrated((offered @ meant).astype(float), fits, seen.is_known)
    if wanted.is_known_twice.any():
        asked_of_second = market.second_centred(wanted.second)[0]
        closeness = market.second_centred(seen.second) @ asked_of_second
        second = calibrated(closeness.astype(float), fits, seen.is_known_twice)
        parts["meaning"] = (1 - SECOND) * parts["meaning"] + SECOND * second
    if len(market.topics):
        said = market.centred_as_said(wanted.first)
        closeness = market.profiles(offered) @ market.profiles(said)[0]
        parts["field"] = calibrated(closeness.astype(float), fits, seen.is_known)
    return Relevance(parts, uses_meaning=True)


def calibrated(scores: Row, fits: NDArray[np.bool_], known: NDArray[np.bool_] | None = None) -> Row:
    """Place scores in 0…1 by those that fit, or by all where few do.

    What has no score yet stands at their mean.
    """
    known = np.ones(len(scores), bool) if known is None else known
    among = scores[fits & known] if (fits & known).sum() >= FEW else scores[known]
    mean, spread = (among.mean(), among.std()) if len(among) else (0.0, 0.0)
    deviations = np.where(known, scores - mean, 0.0) / (spread if spread > 1e-9 else 1.0)
    return np.asarray(np.clip((deviations - LOWEST) / SPAN, 0, 1))


def _texts(keys: list[int]) -> list[str]:
    """Return the words of each, its title twice: it says most."""
    rows = Solution.objects.filter(Among("pk", keys)).order_by()
    told = {pk: texts for pk, *texts in rows.values_list("pk", "title", "tagline", "summary")}
    return [f"{told[key][0]} {passages.joined(*told[key])}" if key in told else "" for key in keys]
