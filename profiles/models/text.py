from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from profiles.models.solutions import Solution

if TYPE_CHECKING:
    from profiles.search import TextQuery


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    def holding(self, query: "TextQuery") -> Self:
        """Those that hold the words of the query."""
        return self.filter(vector=query.matching)

    def titled(self, query: "TextQuery") -> Self:
        """Those that hold a word of the query in the title."""
        return self.filter(vector=query.in_title)


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
