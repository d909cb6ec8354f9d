"""From how people say a problem to how vendors describe what solves it.

Each topic knows both: its sayings and its description. A ridge regression from the one to the
other, learnt from all topics of the lower level, holds for what no topic says (docs/matching.md).
"""

from dataclasses import dataclass

import numpy as np

from marketplace.matching.embeddings import Vectors, unit

RIDGE = 2.0  # the higher, the less a single topic counts; 1 or 4 change the figures by .002
SHARE = 0.3  # what the description adds to a need, whose own length is 1; measured


@dataclass(frozen=True)
class Speech:
    """What is said has a row for each topic with sayings; without any, nothing is changed."""

    mean: Vectors
    said: Vectors
    described: Vectors

    @classmethod
    def learnt(cls, said: Vectors, about: Vectors) -> "Speech":
        """Solve it between topics: they are fewer than the dimensions."""
        has_sayings = (said != about).any(axis=1)
        said, about = said[has_sayings], about[has_sayings]
        if not len(said):
            return cls(said, said, said)
        mean = said.mean(axis=0, keepdims=True)
        own = unit(said - mean)
        alike = own @ own.T + RIDGE * np.eye(len(own), dtype=np.float32)
        return cls(mean, own, np.linalg.solve(alike, unit(about - about.mean(axis=0))))

    def translated(self, centred: Vectors) -> Vectors:
        """Move needs towards the words of those who offer something."""
        if not len(self.said):
            return centred
        return unit(centred + SHARE * unit(centred @ self.said.T @ self.described))
