"""Vectors, what has changed since, and the matches that the pages read."""

from collections.abc import Mapping
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, HnswIndex

from challenges.models import Need
from marketplace.matching.embeddings import DIMENSIONS, SECOND_DIMENSIONS
from marketplace.matching.weights import Weights
from profiles.models import Solution, Topic

FAIR = 0.33  # points; above it stand four of five good hits, and four hits for each need (measured)

__all__ = [
    "FAIR",
    "IS_HIT",
    "Match",
    "Matching",
    "NeedVector",
    "Outdated",
    "SolutionVector",
    "TopicVector",
    "Weights",
]


class Vector(models.Model):
    """A text as one model sees it; rows of an earlier model serve until all are renewed."""

    model = models.CharField(max_length=100)
    text_hash = models.CharField(max_length=64)
    vector = HalfVectorField(dimensions=DIMENSIONS)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.model} {self.text_hash[:8]}"


class TwiceSeen(Vector):
    """A text that is ranked is seen by a second model, too."""

    second = HalfVectorField(dimensions=SECOND_DIMENSIONS, null=True)

    class Meta:
        abstract = True


class SolutionVector(TwiceSeen):
    solution = models.ForeignKey(Solution, models.CASCADE, related_name="vectors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["solution", "model"], name="solution_vector_once")
        ]
        indexes = [
            HnswIndex(
                fields=["vector"],
                name="solution_vector_hnsw",
                m=16,
                ef_construction=64,
                opclasses=["halfvec_cosine_ops"],
            )
        ]


class NeedVector(TwiceSeen):
    need = models.ForeignKey(Need, models.CASCADE, related_name="vectors")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "model"], name="need_vector_once")]


class TopicVector(Vector):
    """The middle of what a topic is and of how people say it, and each by itself.

    What nobody has put into words of their own is said as it is described.
    """

    about = HalfVectorField(dimensions=DIMENSIONS, null=True)
    said = HalfVectorField(dimensions=DIMENSIONS, null=True)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="vectors")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "model"], name="topic_vector_once")]


class OutdatedQuerySet(models.QuerySet["Outdated"]):
    def needs(self) -> Self:
        return self.filter(kind=Outdated.Kind.NEED)

    def solutions(self) -> Self:
        return self.filter(kind=Outdated.Kind.SOLUTION)

    def about(self, solutions: models.QuerySet[Solution]) -> Self:
        return self.solutions().filter(object_id__in=solutions.order_by().values("pk"))

    def concerning(self, need: int) -> Self:
        """What may change the matches of the need: its own change, or that of any solution."""
        return self.filter(Q(kind=Outdated.Kind.SOLUTION) | Q(object_id=need))

    def remove_seen(self, seen: Mapping[int, int]) -> None:
        """Forget what was worked off, unless it has changed again meanwhile."""
        for pk, changes in seen.items():
            self.filter(pk=pk, changes=changes).delete()


class Outdated(models.Model):
    """A solution or need that has changed since its vector and matches were made.

    Written by database triggers alone, whatever saves; worked off by `tasks.update_matches`.
    """

    class Kind(models.TextChoices):
        SOLUTION = "solution", _("Lösung")
        NEED = "need", _("Bedarf")

    kind = models.CharField(max_length=10, choices=Kind)
    object_id = models.BigIntegerField()
    changes = models.BigIntegerField(db_default=1)

    objects = OutdatedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="outdated_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Matching(models.Model):
    """The last time that the matches of a need were computed, and with what."""

    need = models.OneToOneField(Need, models.CASCADE, primary_key=True, related_name="matching")
    computed_at = models.DateTimeField(_("berechnet am"))
    uses_meaning = models.BooleanField(_("mit Bedeutung"))
    run = models.BigIntegerField(db_default=0, editable=False)  # a later one knew more

    class Meta:
        verbose_name = _("Abgleich")
        verbose_name_plural = _("Abgleiche")

    def __str__(self) -> str:
        return str(self.need)


IS_HIT = Q(violations=[])  # rather than a near miss


class MatchQuerySet(models.QuerySet["Match"]):
    def hits(self) -> Self:
        return self.filter(IS_HIT)

    def fair(self) -> Self:
        """Good enough to write to somebody about it."""
        return self.filter(score__gte=FAIR)

    def published(self) -> Self:
        """With a solution that is still on offer."""
        return self.filter(solution__published_at__isnull=False)

    def for_page(self) -> Self:
        return self.select_related("solution__provider__organisation").order_by("position")


class Match(models.Model):
    """A solution for a need (Treffer), as it was ranked; whether it still fits is asked anew."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="matches")
    solution = models.ForeignKey(Solution, models.CASCADE, related_name="matches")
    position = models.PositiveSmallIntegerField(_("Rang"))
    score = models.FloatField(_("Punkte"))
    parts = models.JSONField(_("Teile"))
    facts = models.JSONField(_("Tatsachen"))
    violations = models.JSONField(_("verletzte Anforderungen"), default=list)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("Treffer")
        verbose_name_plural = _("Treffer")
        constraints = [models.UniqueConstraint(fields=["need", "solution"], name="match_once")]

    def __str__(self) -> str:
        return f"{self.need} – {self.solution}"

    @property
    def percent(self) -> int:
        return round(self.score * 100)
