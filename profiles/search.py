"""Text search in German: stems, parts of compounds, typing errors.

PostgreSQL's German dictionary neither takes compounds apart nor forgives typing errors. Both
are done on the query: each of its words is widened to stems that occur in the market
(`SearchWord`), and the widened query is answered by the index of `SearchDocument`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, IntegerField, Value, When
from django.db.models.expressions import Combinable

from profiles.models.text import PLACES, SearchDocument, StemQuery, Way, Ways, tsquery

MAX_WORDS = 12
LONGEST_WORD = 100  # letters; the vocabulary holds no longer one
SHORTEST_PART = 4  # letters; below that, parts of compounds are mostly chance
POINTS = (1, 2, 4, 10)  # of a word, by the last of `PLACES` that holds it
AS_TYPED = 2  # times the points of a word in a wider sense, as of a compound that holds it

# 0.42 is where trigrams begin to tell a typing error in a word of eight letters from another
# word; a candidate much less alike than the best is another word too.
LOOK_UP = """
SELECT asked.word, asked.stem, asked.is_known,
       ARRAY (SELECT DISTINCT longer.stem FROM profiles_searchword longer
              WHERE length(asked.stem) >= %(shortest)s
                AND longer.stem LIKE '%%' || asked.stem || '%%'
                AND longer.stem <> asked.stem
              ORDER BY longer.stem LIMIT 60),
       coalesce(near.words, '{}'), coalesce(near.stems, '{}'),
       ARRAY (SELECT ARRAY[part, part_stem]
              FROM (SELECT part, (ts_lexize('german_stem', part))[1] AS part_stem
                    FROM unnest(%(parts)s::text[]) AS part) AS stemmed
              WHERE EXISTS (SELECT FROM profiles_searchword WHERE stem = part_stem))
FROM (SELECT word, stem, position,
             EXISTS (SELECT FROM profiles_searchword WHERE stem = typed.stem) AS is_known
      FROM (SELECT word, (ts_lexize('german_stem', word))[1] AS stem, position
            FROM unnest(%(words)s::text[]) WITH ORDINALITY AS word (word, position)) AS typed
     ) AS asked
CROSS JOIN LATERAL (
    SELECT array_agg(word ORDER BY alike DESC, word) AS words,
           array_agg(stem ORDER BY alike DESC, word) AS stems
    FROM (SELECT word, stem, similarity(word, asked.word) AS alike,
                 max(similarity(word, asked.word)) OVER () AS best
          FROM profiles_searchword
          WHERE NOT asked.is_known AND length(asked.word) >= %(shortest)s
            AND word %% asked.word) AS candidate
    WHERE alike >= 0.42 AND alike >= best - 0.1
) AS near
ORDER BY asked.position
"""


@dataclass(frozen=True)
class Term:
    """One word of the query, with the ways in which a document may hold it."""

    word: str
    stem: str
    wide: Ways = frozenset()
    correction: str = ""

    @property
    def typed(self) -> Ways:
        return frozenset([(self.stem,)])

    @property
    def ways(self) -> Ways:
        return self.wide | self.typed


@dataclass(frozen=True)
class TextQuery:
    """What somebody typed, widened to words that occur in the market."""

    terms: tuple[Term, ...]
    finds_all_words: bool  # whether any published solution holds every word in some way

    @classmethod
    def parse(cls, text: str, *, some_hold: "SomeHold | None" = None) -> "TextQuery":
        """Widen the words of `text`: one query, none for an empty text, and that of `some_hold`.

        At most a dozen words count; words without meaning (der, für, …) are left out.
        """
        return cls.of(widened(text), some_hold=some_hold)

    @classmethod
    def of(cls, terms: Iterable[Term], *, some_hold: "SomeHold | None" = None) -> "TextQuery":
        """Ask `some_hold` whether all words are found together; by default the database."""
        known = tuple(terms)
        holds = some_hold or SearchDocument.objects.some_hold
        return cls(known, not known or holds([term.ways for term in known]))

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def corrections(self) -> list[tuple[str, str]]:
        """Words that occur nowhere, each with the word that is searched instead."""
        return [(term.word, term.correction) for term in self.terms if term.correction]

    @property
    def matching(self) -> StemQuery:
        """Every word in some way; where nothing published has that, any of the words."""
        words = [f"({tsquery(term.ways)})" for term in self.terms]
        return StemQuery((" & " if self.finds_all_words else " | ").join(words))

    @cached_property
    def points(self) -> Mapping[Ways, int]:
        """What makes a hit relevant: how often the points of a word count.

        What holds the words as they were typed ranks before what holds them in a wider sense.
        """
        counted: Counter[Ways] = Counter()
        for term in self.terms:
            counted[term.typed] += AS_TYPED - 1
            counted[term.ways] += 1
        return counted

    def relevance(self, vector: str) -> Combinable:
        """Return the sum of `points` for a column of documents: a whole number of 0 and up."""
        summed: Combinable = Value(0)
        for ways, factor in self.points.items():
            places = [
                When(**{vector: StemQuery(tsquery(ways, place))}, then=factor * points)
                for place, points in reversed([*zip(PLACES, POINTS, strict=True)])
            ]
            summed += Case(*places, default=0, output_field=IntegerField())
        return summed


SomeHold = Callable[[Sequence[Ways]], bool]
"""Whether any published solution holds all of several words."""


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
    alike: list[str]  # if it is unknown: words that may be meant, the most alike first
    alike_stems: list[str]


def widened(text: str) -> Iterator[Term]:
    """Yield the words of a text with the ways to find them; one query, none for an empty text."""
    words = _words(text)
    return _widened(words) if words else iter(())


def _widened(words: list[str]) -> Iterator[Term]:
    parts = [part for word in words for pair in splits(word) for part in pair]
    looked_up, known = _look_up(words, [*parts, *map("".join, pairwise(words))])
    for number, found in enumerate(looked_up):
        if found.stem is None:
            continue
        neighbours = ("".join(pair) for pair in pairwise(words[max(0, number - 1) : number + 2]))
        wide: set[Way] = {(stem,) for stem in found.containing}
        wide |= {(known[text],) for text in neighbours if text in known}
        wide |= {
            (known[left], known[right])
            for left, right in splits(found.word)
            if left in known and right in known
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


def _look_up(words: list[str], parts: Iterable[str]) -> tuple[list[_Found], dict[str, str]]:
    """Return what is known of each word, in the order given, and the stems of parts that occur."""
    with connection.cursor() as cursor:
        cursor.execute(
            LOOK_UP, {"words": words, "parts": sorted(set(parts)), "shortest": SHORTEST_PART}
        )
        rows = cursor.fetchall()
    return [_Found(*row) for *row, _ in rows], dict(rows[0][-1])
