"""The answers of a survey as plain values: one row for each answer, and no object."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language

from challenges.surveys.models import Answer, NeedsSurvey, Question, Response, Section, Wording
from challenges.surveys.results.groups import Place

Given = tuple[int, Any]  # response, value


@dataclass(frozen=True)
class Option:
    id: str
    label_de: str
    label_en: str
    topic: str

    @property
    def label(self) -> str:
        is_english = (get_language() or "").startswith("en")
        return (is_english and self.label_en) or self.label_de


@dataclass(frozen=True)
class Asked:
    """A question with all the options that it ever had, those in force first."""

    question: Question
    wording: Wording
    options: list[Option]

    @property
    def kind(self) -> str:
        return self.wording.kind

    @property
    def ids(self) -> list[str]:
        return [option.id for option in self.options]

    @property
    def places(self) -> int:
        """How many ranks there are to give."""
        return int(self.wording.limits.get("ranks", len(self.options)))


def asked(questions: Iterable[Question]) -> list[Asked]:
    """2 queries, whatever the count."""
    rows = [question for question in questions if question.wording]
    earlier: dict[int, list[dict[str, Any]]] = defaultdict(list)
    wordings = Wording.objects.filter(question__in=rows).order_by("question", "-number")
    for key, given in wordings.values_list("question", "options"):
        earlier[key] += given
    found = []
    for question in rows:
        assert question.wording  # noqa: S101  (tells the type checker)
        options = {
            row["id"]: row for row in [*reversed(earlier[question.pk]), *question.wording.options]
        }
        order = dict.fromkeys(
            row["id"] for row in [*question.wording.options, *earlier[question.pk]]
        )
        found.append(Asked(question, question.wording, [_option(options[key]) for key in order]))
    return found


def _option(row: dict[str, Any]) -> Option:
    return Option(row["id"], row["label_de"], row.get("label_en", ""), row.get("topic", ""))


def questions_of(survey: NeedsSurvey, section: Section | None = None) -> list[Asked]:
    """Those that are asked, or were and have answers."""
    rows = survey.questions.with_wording().in_order()
    if section:
        rows = rows.filter(section=section)
    answered = Answer.objects.filter(question__in=rows.order_by().values("pk"))
    removed = set(
        answered.filter(question__removed_at__isnull=False).values_list("question", flat=True)
    )
    return asked(row for row in rows if row.removed_at is None or row.pk in removed)


@dataclass(frozen=True)
class Answers:
    """What was submitted: the place of each response, and the values by question."""

    places: dict[int, Place]
    values: dict[int, list[Given]]

    @classmethod
    def load(cls, survey: NeedsSurvey, questions: Collection[Asked]) -> "Answers":
        """2 queries.

        Values come as text, since most of them are alike: each is read but once.
        """
        submitted = Response.objects.submitted().filter(respondent__survey=survey).order_by("pk")
        rows = submitted.values_list("pk", *Place.fields("respondent__municipality__"))
        places = {pk: Place(*place) for pk, *place in rows}
        values: dict[int, list[Given]] = defaultdict(list)
        given = Answer.objects.counting().filter(
            question__in=[row.question.pk for row in questions],
            response__respondent__survey=survey,
            response__submitted_at__isnull=False,
        )
        texts = given.annotate(text=Cast("value", TextField())).order_by("response")
        read = cache(json.loads)
        for question, response, text in texts.values_list("question", "response", "text"):
            values[question].append((response, read(text)))
        return cls(places, values)

    def among(self, responses: Collection[int]) -> "Answers":
        """The same for some of the responses."""
        return Answers(
            {pk: place for pk, place in self.places.items() if pk in responses},
            {
                question: [row for row in rows if row[0] in responses]
                for question, rows in self.values.items()
            },
        )

    def of(self, row: Asked) -> Sequence[Given]:
        return self.values.get(row.question.pk, [])
