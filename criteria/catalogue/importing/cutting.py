"""Values run together with no delimiter, taken apart by a vocabulary."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

BLANKS = re.compile(r"\s*")  # some values end in one
LONG = 12  # characters; a shorter value may be a word of a sentence
SEPARATORS = re.compile(r"[\s,;]*")


@dataclass(frozen=True)
class Cut:
    """The keys in a cell; `leftover` is what no way of cutting gets past."""

    keys: tuple[str, ...] = ()
    leftover: str = ""
    is_ambiguous: bool = False
    progress: int = 0

    @property
    def is_complete(self) -> bool:
        return not self.leftover and not self.is_ambiguous


def cut(text: str, words: Mapping[str, str], *, separated: bool = False) -> Cut:
    """Cut the whole text into words; `words` maps each spelling to its key.

    All ways are followed, so a word that begins another one (Pilot, Pilotprojekt) does no harm.
    Two ways that differ in their keys are ambiguous. `separated` allows blanks, commas and
    semicolons between values.
    """
    ahead = _reachable(text, words, separated)
    ways: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    ways[len(text)] = [()]
    for start in sorted(ahead, reverse=True):
        for end, key in ahead[start]:
            for rest in ways[end]:
                way = (key, *rest)
                if way not in ways[start] and len(ways[start]) < 2:
                    ways[start].append(way)
    found = ways[0] if text else [()]
    if found:
        return Cut(keys=found[0], is_ambiguous=len(found) > 1, progress=len(text))
    stop = max((end for ends in ahead.values() for end, _key in ends), default=0)
    return Cut(leftover=text[stop:], progress=stop)


def _reachable(
    text: str, words: Mapping[str, str], separated: bool
) -> dict[int, list[tuple[int, str]]]:
    """Map each place where a value can begin to where it can end, with its key."""
    ahead: dict[int, list[tuple[int, str]]] = {}
    waiting = [0]
    while waiting:
        start = waiting.pop()
        if start in ahead or start >= len(text):
            continue
        ahead[start] = []
        for word, key in words.items():
            if text.startswith(word, start):
                gap = (SEPARATORS if separated else BLANKS).match(text, start + len(word))
                end = gap.end() if gap else start + len(word)
                ahead[start].append((end, key))
                waiting.append(end)
    return ahead


def looks_cut(text: str, words: Mapping[str, str]) -> bool:
    """Whether a text that cannot be cut seems to be made of such values all the same.

    Values stand glued together; in a sentence a blank or a sign follows.
    """
    found = cut(text, words)
    if found.leftover[:1].isupper() and text[: found.progress][-1:].strip():
        return True
    long = [word for word in words if len(word) >= LONG]
    followed = (text[place + len(word) :][:1] for word in long for place in _places(text, word))
    before = (text[: -len(word)][-1:] for word in long if text.endswith(word))
    return any(map(str.isupper, followed)) or any(sign and not sign.isspace() for sign in before)


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
