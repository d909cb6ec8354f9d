from collections.abc import Sequence

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models

from profiles.models.solutions import Solution

Way = tuple[str, ...]
"""Stems that a document must all hold."""
Ways = frozenset[Way]
"""How a document may hold a word: in any of these ways."""

PLACES = ("", ":ABC", ":AB", ":A")
"""Where a document holds a stem, as the labels of a tsquery, each place within the one before:
anywhere; in title, tagline, topics or texts; in title, tagline or topics; in the title."""


def tsquery(ways: Ways, place: str = "") -> str:
    """Return what a document must hold, as the text of a tsquery."""
    return " | ".join(" & ".join(_quoted(stem) + place for stem in way) for way in sorted(ways))


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


class StemQuery(SearchQuery):
    """A tsquery made of stems, which no dictionary may change again."""

    template = "(%(expressions)s)::tsquery"


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    def some_hold(self, words: Sequence[Ways]) -> bool:
        """Whether a published solution holds all of these words; one query."""
        together = " & ".join(f"({tsquery(ways)})" for ways in words)
        published = self.filter(solution__published_at__isnull=False)
        return published.filter(vector=StemQuery(together)).exists()


class SearchDocument(models.Model):
    """The words of a solution, of its provider and its topics with their synonyms.

    Written by database triggers alone (migration 0002), so that no way of saving can leave it
    stale; the row goes with its solution by the foreign key's own ON DELETE CASCADE.
    """

    solution = models.OneToOneField(
        Solution, models.DO_NOTHING, primary_key=True, related_name="document"
    )
    vector = SearchVectorField()

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="search_vector")]

    def __str__(self) -> str:
        return str(self.pk)


class SearchWord(models.Model):
    """A word that some search document holds or has held, with its German stem.

    Typing errors and parts of compounds are looked up here, among some ten thousand words,
    rather than in the texts. A word that nobody uses any more matches nothing and does no harm.
    """

    word = models.CharField(max_length=100, primary_key=True)
    stem = models.CharField(max_length=100, db_index=True)

    class Meta:
        indexes = [
            GinIndex(
                OpClass(models.F("word"), name="gin_trgm_ops"),
                OpClass(models.F("stem"), name="gin_trgm_ops"),
                name="search_word_trigrams",
            )
        ]

    def __str__(self) -> str:
        return self.word


class StemPostings(models.Model):
    """The posting list of a stem: which documents held it, and where, at one moment.

    Made all at once (`profiles.snapshot.postings`); the row of the empty stem tells that they are.
    """

    stem = models.CharField(max_length=100, primary_key=True)
    packed = models.BinaryField()  # for each solution 8 bytes: 4 * its id + the last of PLACES
    seen = models.TextField()  # the view of the database (pg_snapshot) of that moment
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.stem
