"""Solutions that mean what somebody typed, whatever words or language they are told in."""

from functools import partial

import numpy as np
from django.core.cache import cache

from challenges.models import Need
from marketplace.matching import embeddings
from marketplace.matching.embeddings import (
    SECOND_DIMENSIONS,
    RefusedError,
    UnavailableError,
    Vectors,
)
from marketplace.matching.engine import by_text, shared_out
from marketplace.matching.market import Market
from marketplace.matching.models import Weights
from marketplace.matching.relevance import relevance
from marketplace.matching.retrieval import WHOLE, Candidates, Seen, by_meaning
from profiles.filters import SolutionFilter

PATIENCE_SECONDS = 2  # with a server of embeddings: somebody waits for the page
SILENT = "meaning:silent"  # the server was, a moment ago
A_MINUTE = 60


def nearest_to(text: str, filterset: SolutionFilter, *, count: int) -> list[int]:
    """Return the solutions nearest to a text, by the text parts of a need's matches.

    The text is taken for the title of a need; every filter but the search holds. To embed it takes
    10 to 25 ms in this process, or a request to the server; the second model, which takes 140 MB,
    stays with the workers. Raises UnavailableError where nothing tells what the text means.
    """
    market = Market.load()
    if market.model != embeddings.model_name() or not len(market.mean):
        raise UnavailableError("no solution has a vector by the model in use yet")
    vector = _embedded(text)
    found = _candidates(vector, filterset, market)
    texts = relevance(Need(title=text), _seen(vector), found, market)
    shares = shared_out(Weights.objects.in_force().mix, uses_meaning=True)
    return by_text(found, texts, shares)[:count]


def _embedded(text: str) -> Vectors:
    """Ask a server that was silent again after a minute: its timeouts would block all threads."""
    if cache.get(SILENT):
        raise UnavailableError("the embeddings server was silent a moment ago")
    try:
        return embeddings.embed([text], patience=PATIENCE_SECONDS)
    except RefusedError:
        raise
    except UnavailableError:
        cache.set(SILENT, True, A_MINUTE)
        raise


def _candidates(vector: Vectors, filterset: SolutionFilter, market: Market) -> Candidates:
    fit = filterset.hits(without="search")
    if fit.count() <= WHOLE:
        keys = fit.ids().tolist()
    else:
        rows = partial(filterset.narrowed, without=["search"])
        keys = sorted(fit.having_ids(by_meaning(fit, rows, vector, market.model)))
    return Candidates(keys, frozenset(keys))


def _seen(vector: Vectors) -> Seen:
    second = np.zeros((1, SECOND_DIMENSIONS), np.float32)
    return Seen(vector, np.array([True]), second, np.array([False]))
