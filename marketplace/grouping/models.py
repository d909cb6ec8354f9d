"""Statements of a survey in groups that a person has the last word on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Count, Max, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models import Answer, FieldOfAction, NeedsSurvey, Question
from challenges.surveys.ordering import shift
from profiles.models import Topic
from profiles.models.people import AnyUser


class NeedGroupQuerySet(models.QuerySet["NeedGroup"]):
    def editable_by(self, user: AnyUser) -> Self:
        surveys = NeedsSurvey.objects.editable_by(user)
        return self.filter(survey__in=surveys.order_by().values("pk"))

    def for_page(self) -> Self:
        """In their order, with how many statements and municipalities are in each."""
        return (
            self.select_related("topic", "field")
            .annotate(
                statement_count=Count("statements", distinct=True),
                municipality_count=Count(
                    "statements__answer__response__respondent__municipality", distinct=True
                ),
            )
            .order_by("position", "pk")
        )

    def add(self, survey: NeedsSurvey, title: str, topic: Topic | None = None) -> "NeedGroup":
        """Make one, placed last."""
        last = self.filter(survey=survey).aggregate(last=Max("position"))["last"] or 0
        return self.create(survey=survey, title=title[:160], topic=topic, position=last + 1)


class NeedGroup(models.Model):
    """Statements of near meaning: proposed, then merged, split and named by the agency."""

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="need_groups")
    title = models.CharField(_("Name"), max_length=160)
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Thema")
    )
    position = models.PositiveSmallIntegerField(_("Rang"), default=0)
    field = models.OneToOneField(
        FieldOfAction,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="group",
        verbose_name=_("Handlungsfeld"),
    )

    objects = NeedGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("Gruppe von Bedarfen")
        verbose_name_plural = _("Gruppen von Bedarfen")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("grouping:group", args=[self.pk])

    @transaction.atomic
    def take_in(self, other: "NeedGroup") -> None:
        """Merge the other into this one; nothing happens if it is the same or a field by now."""
        if other.pk != self.pk and other.field_id is None:
            other.statements.update(group=self)
            other.delete()

    def shift(self, by: int) -> None:
        shift(self, NeedGroup.objects.filter(survey=self.survey_id), by)


class StatementQuerySet(models.QuerySet["Statement"]):
    def of_survey(self, survey: NeedsSurvey) -> Self:
        return self.filter(answer__response__respondent__survey=survey)

    def ungrouped(self) -> Self:
        return self.filter(group=None)

    def for_rows(self) -> Self:
        """The most typical first, with whose they are."""
        return self.select_related("answer", "answer__response__respondent__municipality").order_by(
            "-closeness", "pk"
        )

    def first_of_groups(self, count: int) -> Self:
        """Leave the first so many of each group, in the order that the rows have."""
        place = Window(RowNumber(), partition_by="group", order_by=["-closeness", "pk"])
        return self.annotate(place=place).filter(place__lte=count)

    def collect(self, question: Question) -> None:
        """Take up the submitted answers that are not yet there."""
        answers = Answer.objects.counting().filter(
            question=question, response__submitted_at__isnull=False, statement=None
        )
        rows = [
            Statement(answer_id=pk) for pk in answers.order_by("pk").values_list("pk", flat=True)
        ]
        self.bulk_create(rows, batch_size=1000, ignore_conflicts=True)

    def move(self, keys: Iterable[int], to: NeedGroup | None) -> int:
        return self.filter(pk__in=list(keys)).update(group=to)


class Statement(models.Model):
    """What a municipality said in its own words (Aussage), and the group where it belongs."""

    answer = models.OneToOneField(Answer, models.CASCADE, related_name="statement")
    group = models.ForeignKey(
        NeedGroup, models.SET_NULL, null=True, blank=True, related_name="statements"
    )
    closeness = models.FloatField(_("Nähe zur Mitte der Gruppe"), default=0.0)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("Aussage")
        verbose_name_plural = _("Aussagen")

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        value = self.answer.value
        return str(value.get("text", "") if isinstance(value, dict) else value)


class Proposal(models.Model):
    """That somebody asked for proposed groups, and whether the worker has made them."""

    survey = models.OneToOneField(NeedsSurvey, models.CASCADE, related_name="proposal")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("gewünscht am"))
    done_at = models.DateTimeField(_("fertig am"), null=True, blank=True)
    is_failed = models.BooleanField(_("fehlgeschlagen"), default=False)

    class Meta:
        verbose_name = _("Vorschlag von Gruppen")
        verbose_name_plural = _("Vorschläge von Gruppen")

    def __str__(self) -> str:
        return str(self.survey)

    def finish(self, *, at: datetime, is_failed: bool = False) -> None:
        self.done_at, self.is_failed = at, is_failed
        self.save(update_fields=["done_at", "is_failed"])
