"""Text search in German: stems, parts of compounds, typing errors.

PostgreSQL's German dictionary neither takes compounds apart nor forgives typing errors. Both
are done on the query: each of its words is widened to stems that occur in the market
(`SearchWord`), and the widened query is answered by the index of `SearchDocument`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from profiles.models.text import SearchDocument

MAX_WORDS = 12
LONGEST_WORD = 100  # letters; the vocabulary holds no longer one
SHORTEST_PART = 4  # letters; below that, parts of compounds are mostly chance

Way = tuple[str, ...]
"""Stems that a document must all hold."""


class StemQuery(SearchQuery):
    """A tsquery made of stems, which no dictionary may change again."""

    template = "(%(expressions)s)::tsquery"


@dataclass(frozen=True)
class Term:
    """One word of the query, with the ways in which a document may hold it."""

    word: str
    stem: str
    wide: frozenset[Way] = frozenset()
    correction: str = ""

    @property
    def ways(self) -> frozenset[Way]:
        return self.wide | {(self.stem,)}


@dataclass(frozen=True)
class TextQuery:
    """What somebody typed, widened to words that occur in the market."""

    terms: tuple[Term, ...]

    @classmethod
    def parse(cls, text: str) -> "TextQuery":
        """Widen the words of `text`: 2 queries, none for an empty text.

        At most a dozen words count; words without meaning (der, für, …) are left out.
        """
        words = _words(text)
        return cls(tuple(_widened(words)) if words else ())

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def corrections(self) -> list[tuple[str, str]]:
        """Words that occur nowhere, each with the word that is searched instead."""
        return [(term.word, term.correction) for term in self.terms if term.correction]

    @cached_property
    def finds_all_words(self) -> bool:
        """Whether any document holds every word; one query."""
        return SearchDocument.objects.filter(vector=self._joined(" & ")).exists()

    @property
    def matching(self) -> StemQuery:
        """Every word in some way; where no document has that, any of the words."""
        return self._joined(" & " if self.finds_all_words else " | ")

    @property
    def as_typed(self) -> StemQuery:
        """The words themselves, by which better hits are ranked up."""
        return StemQuery(" | ".join(_quoted(term.stem) for term in self.terms))

    @property
    def in_title(self) -> StemQuery:
        """Any of the words in the title (weight A)."""
        ways = (way for term in self.terms for way in sorted(term.ways))
        return StemQuery(" | ".join(" & ".join(f"{_quoted(s)}:A" for s in way) for way in ways))

    def _joined(self, operator: str) -> StemQuery:
        return StemQuery(operator.join(f"({_any(term.ways)})" for term in self.terms))


def _any(ways: Iterable[Way]) -> str:
    return " | ".join(" & ".join(map(_quoted, way)) for way in sorted(ways))


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text.replace("\0", " ")).lower()
    words = (word[:LONGEST_WORD] for word in re.findall(r"\w+", text))
    return list(dict.fromkeys(words))[:MAX_WORDS]


class _Found(NamedTuple):
    """What the vocabulary knows of a word."""

    word: str
    stem: str | None  # None: a word without meaning
    is_known: bool
    containing: list[str]  # stems of longer words that hold this one
    alike: list[str]  # words that differ by a typing error, the most alike first
    alike_stems: list[str]


def _widened(words: list[str]) -> Iterator[Term]:
    parts = _known_stems(part for word in words for pair in splits(word) for part in pair)
    joined = _known_stems("".join(pair) for pair in pairwise(words))
    for number, found in enumerate(_look_up(words)):
        if found.stem is None:
            continue
        neighbours = ("".join(pair) for pair in pairwise(words[max(0, number - 1) : number + 2]))
        wide: set[Way] = {(stem,) for stem in found.containing}
        wide |= {(joined[text],) for text in neighbours if text in joined}
        wide |= {
            (parts[left], parts[right])
            for left, right in splits(found.word)
            if left in parts and right in parts
        }
        if found.is_known or wide or not found.alike:
            yield Term(found.word, found.stem, frozenset(wide))
        else:
            ways = frozenset((stem,) for stem in found.alike_stems)
            yield Term(found.word, found.stem, ways, correction=found.alike[0])


def splits(word: str) -> list[tuple[str, str]]:
    """Return all ways to take a compound apart; a linking s or n stays and falls to the stemmer."""
    cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    return [(word[:cut], word[cut:]) for cut in cuts]


def _known_stems(texts: Iterable[str]) -> dict[str, str]:
    """Map each text whose stem occurs in the market to that stem."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT asked.word, asked.stem
            FROM (SELECT word, (ts_lexize('german_stem', word))[1] AS stem
                  FROM unnest(%s::text[]) AS word) AS asked
            WHERE EXISTS (SELECT FROM profiles_searchword known WHERE known.stem = asked.stem)
            """,
            [sorted(set(texts))],
        )
        return dict(cursor.fetchall())


def _look_up(words: list[str]) -> list[_Found]:
    """Ask the vocabulary about each word, in the order given.

    0.42 is where trigrams begin to tell a typing error in a word of eight letters from another
    word; a candidate much less alike than the best is another word too.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT asked.word, asked.stem,
                   EXISTS (SELECT FROM profiles_searchword known WHERE known.stem = asked.stem),
                   ARRAY (SELECT DISTINCT longer.stem FROM profiles_searchword longer
                          WHERE length(asked.stem) >= %(shortest)s
                            AND longer.stem LIKE '%%' || asked.stem || '%%'
                            AND longer.stem <> asked.stem
                          ORDER BY longer.stem LIMIT 60),
                   coalesce(near.words, '{}'), coalesce(near.stems, '{}')
            FROM (SELECT word, (ts_lexize('german_stem', word))[1] AS stem, position
                  FROM unnest(%(words)s::text[]) WITH ORDINALITY AS word (word, position)) AS asked
            LEFT JOIN LATERAL (
                SELECT array_agg(word ORDER BY alike DESC, word) AS words,
                       array_agg(stem ORDER BY alike DESC, word) AS stems
                FROM (SELECT word, stem, similarity(word, asked.word) AS alike,
                             max(similarity(word, asked.word)) OVER () AS best
                      FROM profiles_searchword WHERE word %% asked.word) AS candidate
                WHERE alike >= 0.42 AND alike >= best - 0.1
            ) AS near ON length(asked.word) >= %(shortest)s
            ORDER BY asked.position
            """,
            {"words": words, "shortest": SHORTEST_PART},
        )
        return [_Found(*row) for row in cursor.fetchall()]
