"""A survey with answers, for the tests of what comes after it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from challenges.models import NeedsSurvey, Question, Respondent, Response
from profiles.models import Organisation
from tests.factories import LONG_AGO, make_municipality, make_size_class, number

CLOSED = datetime(2026, 3, 1, tzinfo=UTC)
OPTIONS = [
    {"id": "a", "label_de": "Chatbot", "label_en": "Chatbot"},
    {"id": "b", "label_de": "Parken", "label_en": "Parking"},
]


def make_closed_survey(organisation: Organisation, **fields: Any) -> NeedsSurvey:
    own = next(number)
    defaults = {
        "title_de": f"Abfrage {own}",
        "slug": f"abfrage-{own}",
        "opened_at": LONG_AGO,
        "closes_at": CLOSED,
        "created_at": LONG_AGO,
    }
    return NeedsSurvey.objects.create(organisation=organisation, **defaults | fields)


def ask(survey: NeedsSurvey, key: str, kind: str, **wording: Any) -> Question:
    section = survey.sections.first() or survey.sections.create(title_de="Fragen")
    question = survey.questions.create(section=section, key=key, position=next(number))
    options = [] if kind in {"number", "free_text", "need"} else OPTIONS
    question.reword(kind=kind, text_de=f"Frage {key}?", **{"options": options} | wording)
    return question


def respond(
    survey: NeedsSurvey, values: dict[str, Any], population: int | None = 30_000
) -> Response:
    place = make_municipality(population=population)
    respondent = Respondent.objects.create(
        survey=survey, municipality=place, email=f"{place.ags}@test.example", invited_at=LONG_AGO
    )
    at = LONG_AGO + timedelta(days=1)
    response = Response.objects.create(respondent=respondent, started_at=at, submitted_at=at)
    for question in survey.questions.filter(key__in=values):
        response.answers.create(
            question=question,
            wording=question.wording,
            value=values[question.key],
            changed_at=at,
        )
    return response


def make_size_classes() -> None:
    for low, high in ((0, 4_999), (5_000, 19_999), (20_000, None)):
        make_size_class(low, high)
