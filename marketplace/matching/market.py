"""What all needs of one run share: the model in use, the mean of the market, the topics."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Avg, Count

from marketplace.matching import embeddings
from marketplace.matching.embeddings import DIMENSIONS, SECOND_DIMENSIONS, Vectors
from marketplace.matching.models import SolutionVector, TopicVector

SHARPNESS = 0.05  # the lower, the fewer topics count in a profile; measured


def unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)


@dataclass(frozen=True)
class Market:
    model: str
    mean: Vectors
    second_mean: Vectors
    topics: Vectors

    @classmethod
    def load(cls) -> "Market":
        """Read it in 3 queries."""
        model = serving_model()
        stored = SolutionVector.objects.filter(model=model)
        means = stored.aggregate(first=Avg("vector"), second=Avg("second"))
        of_topics = TopicVector.objects.filter(model=model, topic__parent__isnull=False)
        topics = as_rows(list(of_topics.order_by("topic").values_list("vector", flat=True)))
        return cls(
            model,
            as_rows([means["first"]] if means["first"] else []),
            as_rows([means["second"]] if means["second"] else [], SECOND_DIMENSIONS),
            unit(topics - topics.mean(axis=0)) if len(topics) else topics,
        )

    def centred(self, rows: Vectors) -> Vectors:
        """Take off what all solutions have in common, which says nothing about any."""
        return unit(rows - self.mean) if len(self.mean) else rows

    def second_centred(self, rows: Vectors) -> Vectors:
        return unit(rows - self.second_mean) if len(self.second_mean) else rows

    def profiles(self, centred: Vectors) -> Vectors:
        """Return how near each text is to each topic of the lower level."""
        closeness = np.exp(centred @ self.topics.T / SHARPNESS)
        return unit(closeness)


def serving_model() -> str:
    """The configured model, unless another one still knows more solutions."""
    counts = SolutionVector.objects.values_list("model").annotate(count=Count("pk"))
    known = dict(counts.order_by())
    current = embeddings.model_name()
    fullest = max(known, key=lambda name: known[name], default=current)
    return current if known.get(current, 0) >= known.get(fullest, 0) else fullest


def as_rows(vectors: list[object], dimensions: int = DIMENSIONS) -> Vectors:
    """Turn what the database gave into rows; none give a matrix without rows."""
    lists = [getattr(vector, "to_list", lambda v=vector: v)() for vector in vectors]
    return np.array(lists, np.float32).reshape(-1, dimensions)
