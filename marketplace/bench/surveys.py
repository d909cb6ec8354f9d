"""A survey that every place of the invented market was asked in, and its page of results."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from psycopg.types.json import Jsonb

from challenges.models import Answer, NeedsSurvey, Respondent, Response, Wording
from challenges.surveys.building import add_question
from marketplace.bench import words
from marketplace.bench.market import NEWEST, Row, copy
from marketplace.bench.measures import measure
from profiles.models import Membership, Organisation, State, User

RESPONSES = 10_000
SECTIONS = 4
KINDS = [
    *[Wording.Kind.SINGLE_CHOICE] * 3,
    *[Wording.Kind.MULTIPLE_CHOICE] * 2,
    *[Wording.Kind.NUMBER] * 2,
    Wording.Kind.PRIORITY_MATRIX,
    Wording.Kind.RANKING,
    Wording.Kind.FREE_TEXT,
]
QUESTIONS = SECTIONS * len(KINDS)
OPTIONS = [f"option{number}" for number in range(14)]
SLUG = "bench"
client = Client(HTTP_HOST="localhost")


def build(count: int = RESPONSES) -> None:
    """Let the first so many municipalities answer each question."""
    NeedsSurvey.objects.filter(slug=SLUG).delete()
    survey = _survey()
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) - 1 FROM profiles_municipality")
        (before,) = cursor.fetchone() or (0,)
    copy(Respondent, _respondents(survey, before, count))
    asked = survey.respondents.order_by("pk").values_list("pk", flat=True)
    copy(Response, _responses(list(asked)))
    responses = Response.objects.filter(respondent__survey=survey).order_by("pk")
    copy(Answer, _answers(survey, list(responses.values_list("pk", flat=True))))
    with connection.cursor() as cursor:
        tables = ", ".join(model._meta.db_table for model in (Respondent, Response, Answer))
        cursor.execute(f"VACUUM ANALYZE {tables}")


def is_built(count: int = RESPONSES) -> bool:
    answers = Answer.objects.filter(question__survey__slug=SLUG)
    return answers.count() == count * QUESTIONS


def _survey() -> NeedsSurvey:
    kind, state = Organisation.Kind.STATE_AGENCY, State.objects.order_by("pk")[0]
    values = {"name": "Landesamt", "kind": kind, "state": state, "verified_at": NEWEST}
    agency, _new = Organisation.objects.get_or_create(slug="landesamt-bench", defaults=values)
    user, _new = User.objects.get_or_create(email="survey@example.org")
    role = {"role": Membership.Role.OWNER}
    Membership.objects.get_or_create(organisation=agency, user=user, defaults=role)
    survey = NeedsSurvey.objects.create(
        organisation=agency,
        slug=SLUG,
        title_de="Große Abfrage",
        opened_at=NEWEST,
        closes_at=NEWEST + timedelta(days=30),
        created_at=NEWEST,
    )
    for position in range(SECTIONS):
        section = survey.sections.create(title_de=f"Teil {position + 1}", position=position)
        for number, kind_of in enumerate(KINDS):
            text = f"Frage {position * len(KINDS) + number + 1}"
            add_question(section, kind=kind_of, text_de=text, options=_options(kind_of))
    return survey


def _options(kind: str) -> list[dict[str, str]]:
    if kind in {Wording.Kind.NUMBER, Wording.Kind.FREE_TEXT}:
        return []
    return [{"id": key, "label_de": key.capitalize()} for key in OPTIONS]


def _respondents(survey: NeedsSurvey, before: int, count: int) -> Iterator[Row]:
    for number in range(1, count + 1):
        yield {
            "survey_id": survey.pk,
            "municipality_id": before + number,
            "email": f"rathaus{number}@example.org",
            "invited_at": NEWEST,
        }


def _responses(respondents: list[int]) -> Iterator[Row]:
    at = NEWEST + timedelta(days=1)
    for respondent in respondents:
        yield {"respondent_id": respondent, "started_at": at, "submitted_at": at}


def _answers(survey: NeedsSurvey, responses: list[int]) -> Iterator[Row]:
    chance = Random(12)
    for question in survey.questions.with_wording().in_order():
        assert question.wording  # noqa: S101  (each has one)
        about = {"question_id": question.pk, "wording_id": question.wording.pk}
        for response in responses:
            value = Jsonb(_value(chance, question.wording.kind))
            yield {"response_id": response, **about, "value": value, "changed_at": NEWEST}


def _value(chance: Random, kind: str) -> Any:
    match kind:
        case Wording.Kind.SINGLE_CHOICE:
            return chance.choice(OPTIONS)
        case Wording.Kind.MULTIPLE_CHOICE | Wording.Kind.RANKING:
            return chance.sample(OPTIONS, 3)
        case Wording.Kind.NUMBER:
            return chance.randint(0, 500)
        case Wording.Kind.PRIORITY_MATRIX:
            return {key: chance.randint(1, 5) for key in OPTIONS}
    return f"{words.brand(chance)} {chance.choice(words.TASKS)}, {chance.choice(words.GAINS)}."


@measure("results of a survey, 10,000 x 40")
def results_page(run: int) -> bytes:
    """A section of them, seen before."""
    if not run:
        client.force_login(User.objects.get(email="survey@example.org"))
        for number in range(1, SECTIONS):
            results_page(number)
    survey = NeedsSurvey.objects.get(slug=SLUG)
    section = survey.sections.order_by("pk")[run % SECTIONS]
    response = client.get(f"/bedarfsabfragen/{SLUG}/ergebnisse/?section={section.pk}")
    if response.status_code != 200 or b"result-question" not in response.content:
        raise RuntimeError(f"no results: {response.status_code}")
    return response.content


@measure("results of a survey, after a new answer")
def results_anew(run: int) -> object:
    """The same when somebody has answered since."""
    cache.clear()
    return results_page(run + 1)
