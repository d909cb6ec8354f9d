"""What all needs of one run share: the model in use, the mean of the market, the topics."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.db import connection
from django.db.models import Avg, BinaryField, Count, Func

from marketplace.matching import embeddings
from marketplace.matching.embeddings import DIMENSIONS, SECOND_DIMENSIONS, Vectors, unit
from marketplace.matching.models import SolutionVector, TopicVector
from marketplace.matching.speech import Speech

LARGE = 1_000  # solutions
AN_HOUR = 3_600
HEAD = 2  # numbers of 16 bits before the vector itself
SHARPNESS = 0.065  # the lower, the fewer topics count in a profile; measured


@dataclass(frozen=True)
class Market:
    model: str
    mean: Vectors
    second_mean: Vectors
    topics: Vectors
    speech: Speech

    @classmethod
    def load(cls) -> "Market":
        """Read it in 2 queries."""
        model, mean, second_mean = _means()
        of_topics = TopicVector.objects.filter(model=model, topic__parent__isnull=False)
        sent = of_topics.order_by("topic").values_list(Sent("vector"), Sent("about"), Sent("said"))
        rows = list(sent)
        topics = received([vector for vector, _, _ in rows])
        both = [(about, said) for _, about, said in rows if about and said]
        return cls(
            model,
            mean,
            second_mean,
            unit(topics - topics.mean(axis=0)) if len(topics) else topics,
            Speech.learnt(
                said=received([said for _, said in both]),
                about=received([about for about, _ in both]),
            ),
        )

    def centred(self, rows: Vectors) -> Vectors:
        """Take off what all solutions have in common, which says nothing about any."""
        return unit(rows - self.mean) if len(self.mean) else rows

    def centred_as_said(self, needs: Vectors) -> Vectors:
        """Take off half of what solutions and half of what sayings have in common."""
        if not len(self.speech.mean):
            return self.centred(needs)
        return unit(needs - (self.mean + self.speech.mean) / 2) if len(self.mean) else needs

    def second_centred(self, rows: Vectors) -> Vectors:
        return unit(rows - self.second_mean) if len(self.second_mean) else rows

    def profiles(self, centred: Vectors) -> Vectors:
        """Return how near each text is to each topic of the lower level."""
        closeness = np.exp(centred @ self.topics.T / SHARPNESS)
        return unit(closeness)


Means = tuple[str, Vectors, Vectors]


def _means() -> Means:
    """Return the model in use, and the mean of all solutions as each of the two sees them.

    In a large market, where a single solution moves it by less than a thousandth, all processes
    share one that is up to an hour old: at 100,000 solutions it takes longer than the ranking.
    """
    key = f"matching:means:{connection.settings_dict['NAME']}:{embeddings.model_name()}"
    kept: Means | None = cache.get(key)
    if kept:
        return kept
    model, count = _fullest()
    stored = SolutionVector.objects.filter(model=model)
    found = stored.aggregate(first=Avg("vector"), second=Avg("second"))
    means = (
        model,
        as_rows([found["first"]] if found["first"] else []),
        as_rows([found["second"]] if found["second"] else [], SECOND_DIMENSIONS),
    )
    if count > LARGE:
        cache.set(key, means, AN_HOUR)
    return means


def serving_model() -> str:
    """The configured model, unless another one still knows more solutions."""
    return _fullest()[0]


def _fullest() -> tuple[str, int]:
    """Return the model that serves, and how many solutions it knows."""
    counts = SolutionVector.objects.values_list("model").annotate(count=Count("pk"))
    known = dict(counts.order_by())
    current = embeddings.model_name()
    fullest = max(known, key=lambda name: known[name], default=current)
    serving = current if known.get(current, 0) >= known.get(fullest, 0) else fullest
    return serving, known.get(serving, 0)


class Sent(Func):
    """A vector as the server sends it in binary: reading its digits takes ten times as long."""

    function = "halfvec_send"
    output_field = BinaryField()


def received(vectors: Iterable[bytes | memoryview], dimensions: int = DIMENSIONS) -> Vectors:
    """Turn sent vectors into rows; none give a matrix without rows."""
    numbers = np.frombuffer(b"".join(vectors), ">f2").reshape(-1, HEAD + dimensions)
    return numbers[:, HEAD:].astype(np.float32)


def as_rows(vectors: list[object], dimensions: int = DIMENSIONS) -> Vectors:
    """Turn what the database gave into rows; none give a matrix without rows."""
    lists = [getattr(vector, "to_list", lambda v=vector: v)() for vector in vectors]
    return np.array(lists, np.float32).reshape(-1, dimensions)
