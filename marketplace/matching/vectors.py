"""Keep the vectors up to date: only texts that have changed are embedded."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from challenges.models import Need
from marketplace.matching import embeddings, passages
from marketplace.matching.embeddings import IN_PROCESS, Vectors
from marketplace.matching.keeping import Embed, Kept
from marketplace.matching.models import NeedVector, SolutionVector, TopicVector
from profiles.models import Solution, Topic

SHIPPED = Path(__file__).parent.parent / "demo" / "vectors.npz"


def refresh_solutions(keys: Iterable[int]) -> int:
    rows = Solution.objects.filter(pk__in=keys).only("title", "tagline", "summary")
    return Kept(SolutionVector, rows, passages.of_solution, OF_TEXTS).refresh()


def refresh_needs(keys: Iterable[int]) -> int:
    rows = Need.objects.filter(pk__in=keys).only("title", "problem", "wishes")
    return Kept(NeedVector, rows, passages.of_need, OF_TEXTS).refresh()


def refresh_topics() -> int:
    return Kept(TopicVector, Topic.objects.all(), passages.of_topic, OF_TOPICS).refresh()


def embedded(texts: list[str]) -> Vectors:
    return _known_or(_shipped_first(), texts, embeddings.embed)


def embedded_twice(texts: list[str]) -> Vectors:
    return _known_or(_shipped("seconds"), texts, embeddings.embed_second)


def embedded_topics(texts: list[str]) -> Vectors:
    """Embed topics: the middle of what each is and of how people say it."""
    return _known_or(_shipped_first(), texts, _middles)


def _middles(texts: list[str]) -> Vectors:
    lines = [text.split("\n") for text in texts]
    rows = embeddings.embed([line for own in lines for line in own])
    if not texts:
        return rows
    lengths = np.array([len(own) for own in lines])
    sums = np.add.reduceat(rows, lengths.cumsum() - lengths)
    return np.asarray(sums / lengths[:, None], np.float32)


def _shipped_first() -> dict[str, Vectors]:
    """Return the shipped vectors, as long as the in-process model is the one in use."""
    return _shipped("vectors") if embeddings.model_name() == IN_PROCESS else {}


# What is kept of a solution's or a need's text, and of a topic's.
OF_TEXTS: dict[str, Embed] = {"vector": embedded, "second": embedded_twice}
OF_TOPICS: dict[str, Embed] = {
    "vector": embedded_topics,
    "about": lambda texts: embedded_topics([passages.about_of(text) for text in texts]),
    "said": lambda texts: embedded_topics([passages.sayings_of(text) for text in texts]),
}


def _known_or(known: dict[str, Vectors], texts: list[str], embed: Embed) -> Vectors:
    names = [passages.digest(text) for text in texts]
    computed = embed([text for text, name in zip(texts, names, strict=True) if name not in known])
    rest = iter(computed)
    rows = [known[name] if name in known else next(rest) for name in names]
    return np.array(rows, np.float32).reshape(len(texts), computed.shape[1])


@cache
def _shipped(column: str) -> dict[str, Vectors]:
    """Vectors that come with the program, by the hash of their text.

    The second model knows the first rows alone: those of topics, at the end, it never sees.
    """
    with np.load(SHIPPED) as file:
        if column not in file:
            return {}
        names = [bytes(row).hex() for row in file["hashes"]]
        return dict(zip(names, file[column].astype(np.float32), strict=False))


def ship(texts: Iterable[str], topics: Iterable[str]) -> int:
    """Write the vectors of texts and of topics to the file that ships."""
    halves = (passages.about_of, passages.sayings_of)
    named = set(topics)
    own = sorted(set(texts))
    subjects = sorted(named | {half(text) for text in named for half in halves})
    every = [*own, *subjects]
    hashes = np.array([list(bytes.fromhex(passages.digest(text))) for text in every], np.uint8)
    first = np.vstack([embedded(own), embedded_topics(subjects)])
    small, second = first.astype(np.float16), embedded_twice(own).astype(np.float16)
    np.savez_compressed(SHIPPED, hashes=hashes, vectors=small, seconds=second)
    _shipped.cache_clear()
    return len(every)
