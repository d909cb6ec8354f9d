"""Texts of near meaning, put together. The same texts always give the same groups."""

from dataclasses import dataclass

import numpy as np

from marketplace.matching.embeddings import Vectors, unit

FARTHEST = 0.7  # mean cosine distance at which two groups stay apart (docs/surveys.md)
COMPARED = 3000  # all pairs of so many are compared; the others join the nearest centre


@dataclass(frozen=True)
class Cluster:
    """Rows that belong together, the most typical first, and how near each is to the centre."""

    rows: list[int]
    closeness: list[float]
    centre: Vectors


def clusters(vectors: Vectors) -> list[Cluster]:
    """Group rows of length 1, the largest group first."""
    if not len(vectors):
        return []
    labels = _labels(vectors[:COMPARED])
    parts = [vectors[:COMPARED][labels == one].mean(axis=0) for one in range(labels.max() + 1)]
    centres = unit(np.array(parts))
    if len(vectors) > COMPARED:
        nearest = np.argmax(vectors[COMPARED:] @ centres.T, axis=1)
        labels = np.concatenate([labels, nearest])
    found = [_cluster(vectors, np.flatnonzero(labels == one)) for one in range(len(centres))]
    return sorted(found, key=lambda cluster: (-len(cluster.rows), min(cluster.rows)))


def _labels(vectors: Vectors) -> np.ndarray:
    if len(vectors) == 1:
        return np.zeros(1, int)
    from sklearn.cluster import AgglomerativeClustering  # a second to load, and rarely needed

    model = AgglomerativeClustering(
        n_clusters=None, distance_threshold=FARTHEST, metric="cosine", linkage="average"
    )
    return np.asarray(model.fit_predict(vectors))


def _cluster(vectors: Vectors, members: np.ndarray) -> Cluster:
    centre = unit(vectors[members].mean(axis=0))
    closeness = vectors[members] @ centre
    order = np.argsort(-closeness, kind="stable")
    return Cluster(
        [int(members[at]) for at in order], [float(closeness[at]) for at in order], centre
    )
