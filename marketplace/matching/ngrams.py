"""BM25 over runs of four and five letters: parts of compounds count, endings do not.

„Baugenehmigung“ and „Genehmigungen am Bau“ share most of their runs, though no dictionary takes
the compound apart. Source: Robertson and Zaragoza 2009, doi:10.1561/1500000019
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

LENGTHS = (4, 5)
SHORTEST_WORD = 4  # letters; below that, mostly words without meaning
SATURATION, LENGTH_SHARE = 1.2, 0.75


def bm25(query: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """Return a score of 0 and up for each text; rarity is counted among these texts."""
    wanted = np.unique(_grams(query))
    if not len(texts) or not len(wanted):
        return np.zeros(len(texts))
    documents = [_grams(text) for text in texts]
    counts = np.vstack([_counts(wanted, document) for document in documents])
    lengths = np.array([len(document) for document in documents])
    known_in = (counts > 0).sum(axis=0)
    rarity = np.log(1 + (len(texts) - known_in + 0.5) / (known_in + 0.5))
    damping = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(lengths.mean(), 1)
    weighed = counts * (SATURATION + 1) / (counts + SATURATION * damping[:, None])
    return np.asarray(weighed @ rarity)


@lru_cache(maxsize=4096)  # some 6 kB for each text: needs of one chunk meet the same solutions
def _grams(text: str) -> NDArray[np.uint32]:
    words = re.findall(rf"[^\W\d_]{{{SHORTEST_WORD},}}", text.lower())
    return np.array(
        [
            crc32(run.encode())
            for word in (f" {word} " for word in words)
            for length in LENGTHS
            for run in (word[at : at + length] for at in range(len(word) - length + 1))
        ],
        np.uint32,
    )


def _counts(wanted: NDArray[np.uint32], document: NDArray[np.uint32]) -> NDArray[np.int64]:
    at = np.searchsorted(wanted, document)
    at[at == len(wanted)] = 0
    found = at[wanted[at] == document]
    return np.bincount(found, minlength=len(wanted))
