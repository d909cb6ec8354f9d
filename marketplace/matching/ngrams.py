"""BM25 over runs of four and five letters: parts of compounds count, endings do not.

„Baugenehmigung“ and „Genehmigungen am Bau“ share most of their runs, though no dictionary takes
the compound apart. Source: Robertson and Zaragoza 2009, doi:10.1561/1500000019
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

LENGTHS = (4, 5)
SHORTEST_WORD = 4  # letters; below that, mostly words without meaning
SATURATION, LENGTH_SHARE = 1.2, 0.75
WORDS = re.compile(rf"[^\W\d_]{{{SHORTEST_WORD},}}")
AT_ONCE = 100  # texts; longer arrays leave the processor's cache
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, with bits all over: few runs share a number
GAP = ord(" ")
Counts = NDArray[np.int64]


def bm25(query: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """Return a score of 0 and up for each text; rarity is counted among these texts."""
    wanted = np.unique(_runs([query])[0])
    if not len(texts) or not len(wanted):
        return np.zeros(len(texts))
    blocks = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    counted = [_counted(wanted, block) for block in blocks]
    counts = np.vstack([counts for counts, _ in counted])
    lengths = np.concatenate([lengths for _, lengths in counted])
    known_in = (counts > 0).sum(axis=0)
    rarity = np.log(1 + (len(texts) - known_in + 0.5) / (known_in + 0.5))
    damping = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(lengths.mean(), 1)
    weighed = counts * (SATURATION + 1) / (counts + SATURATION * damping[:, None])
    return np.asarray(weighed @ rarity)


def _counted(wanted: NDArray[np.uint64], texts: Sequence[str]) -> tuple[Counts, Counts]:
    """Return how often each text has each of the wanted runs, and how many runs it has."""
    runs, owners = _runs(texts)
    at = np.searchsorted(wanted, runs)
    at[at == len(wanted)] = 0
    is_wanted = wanted[at] == runs
    cells = owners[is_wanted] * len(wanted) + at[is_wanted]
    counts = np.bincount(cells, minlength=len(texts) * len(wanted))
    lengths = np.bincount(owners, minlength=len(texts))
    return counts.reshape(len(texts), len(wanted)), lengths


def _runs(texts: Sequence[str]) -> tuple[NDArray[np.uint64], Counts]:
    """Return a number for each run of letters, and which text it is of.

    A word has a gap before and behind, which counts as a letter; no run goes beyond.
    """
    spaced = [f" {' '.join(WORDS.findall(text.lower()))} " for text in texts]
    letters = np.frombuffer("".join(spaced).encode("utf-32-le"), np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in spaced])
    is_gap = letters == GAP
    found: list[tuple[NDArray[Any], Counts]] = []
    for length in LENGTHS:
        count = max(0, len(letters) - length + 1)
        numbers, is_within = np.full(count, length, np.uint64), np.ones(count, bool)
        for step in range(length):
            numbers = numbers * MULTIPLIER + letters[step : step + count]
            if 0 < step < length - 1:
                is_within &= ~is_gap[step : step + count]
        found.append((numbers[is_within], owners[:count][is_within]))
    return np.concatenate([part for part, _ in found]), np.concatenate([own for _, own in found])
