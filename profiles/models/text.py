from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from profiles.models.solutions import Solution


class SearchDocument(models.Model):
    """The words of a solution, of its provider and its topics with their synonyms.

    Written by database triggers alone (migration 0002), so that no way of saving can leave it
    stale; the row goes with its solution by the foreign key's own ON DELETE CASCADE.
    """

    solution = models.OneToOneField(
        Solution, models.DO_NOTHING, primary_key=True, related_name="document"
    )
    vector = SearchVectorField()

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
