"""Words that a file has and the vocabulary has not: offered as additions, for a curator to accept.

Only files whose cells hold one value a line can bring new words. In the raw export values run
together, so that nobody could tell where a new one ends; there it stays an error.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from criteria.catalogue.importing.cutting import looks_cut
from criteria.catalogue.importing.entries import TERM_FIELDS
from criteria.catalogue.importing.known import Known
from criteria.catalogue.terms import Kind, Term
from profiles.slugs import german_slug

ADDABLE = {
    **{name: kind for name, kind in TERM_FIELDS.items() if name != "sub_phases"},
    "scaling_driver": Kind.SCALING_DRIVER,
}
"""Phases and their parts are the frame of the whole product; a file does not change them."""

BETWEEN = re.compile("[,;]")
LONGEST = 120  # characters; what is longer is prose in the wrong column


@dataclass(frozen=True)
class NewWord:
    kind: Kind
    key: str
    name: str
    similar: str = ""
    """The known word that is spelled most like it: perhaps it is a slip."""

    @property
    def label(self) -> str:
        return str(self.kind.label)


class NewWords:
    """The new words of one file, each once."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.found: dict[tuple[Kind, str], NewWord] = {}

    def key_of(self, name: str, text: str) -> str:
        """Return the key of the word, which from now on is new; "" where it cannot be one."""
        kind, key = ADDABLE.get(name), german_slug(text)[:60].strip("-")
        if kind is None or not key or len(text) > LONGEST or "\n" in text:
            return ""
        words = self.known.words[name]
        if key in words.values() or _holds_known(text, words):
            return ""
        similar = get_close_matches(text, words, n=1, cutoff=0.75)
        self.found.setdefault((kind, key), NewWord(kind, key, text, *similar))
        return key


def _holds_known(text: str, words: Mapping[str, str]) -> bool:
    """Whether it is several values, of which one is known."""
    parts = (part.strip() for part in BETWEEN.split(text))
    return any(part in words for part in parts) or looks_cut(text, words)


def add(words: Iterable[NewWord]) -> None:
    """Put them behind the other words of their kind."""
    for word in words:
        last = Term.objects.of_kind(word.kind).in_order().last()
        position = last.position + 1 if last else 0
        fields = {"name_de": word.name, "label": word.name, "position": position}
        Term.objects.get_or_create(kind=word.kind, key=word.key, defaults=fields)
