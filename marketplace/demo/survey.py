"""The needs survey of a region: 60 municipalities asked, 30 answers, all of it invented."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from challenges.models import Answer, NeedsSurvey, Question, Respondent, Response
from challenges.surveys.building import add_question
from marketplace.demo.accounts import ACCOUNTS
from marketplace.demo.market import KINDS, read
from profiles.models import Municipality, Organisation, State
from profiles.slugs import german_slug

SLUG = "digitale-rathaeuser-2025"
TOPICS = {
    "t01": "ki_text_daten",
    "t02": "ki_chatbot",
    "t03": "foerderverfahren",
    "t04": "abstimmungen_wahlen",
    "t05": "authentifizierung",
    "t06": "papierlose_formulare",
    "t07": "digitale_zahlung",
    "t08": "software_suiten",
    "t09": "kindertagesbetreuung",
    "t10": "verwaltungsautomatisierung",
    "t11": "demokratieplattform",
    "t12": "mobilitaet_parken",
    "t13": "umwelt_wasser_klima",
    "t14": "it_sicherheit",
}
SECTIONS = (
    ("Ihre Verwaltung", "Your authority", ("q01", "q02", "q03", "q04")),
    ("Ihre Prioritäten", "Your priorities", ("q05", "q06", "q07", "q08")),
    ("Zusammenarbeit und Bedarf", "Working together, and needs", ("q09", "q10", "q11", "q12")),
)


@transaction.atomic
def load() -> None:
    """A second run changes nothing."""
    if NeedsSurvey.objects.filter(slug=SLUG).exists():
        return
    data = read("survey")
    survey = _survey(data)
    questions = _questions(survey, data)
    respondents = {row["name"]: _respondent(survey, row) for row in data["invited"]}
    for row in data["responses"]:
        _response(respondents[row["municipality"]], questions, row)


def _survey(data: dict[str, Any]) -> NeedsSurvey:
    (account,) = (row for row in ACCOUNTS if row.kind == Organisation.Kind.STATE_AGENCY)
    opened_at, closes_at = _at(data["period"]["start"]), _at(data["period"]["end"], 23)
    return NeedsSurvey.objects.create(
        organisation=Organisation.objects.get(name=account.organisation),
        slug=SLUG,
        title_de=data["title"],
        introduction_de=f"{data['notice']}\n\n{data['introduction']}",
        opened_at=opened_at,
        closes_at=closes_at,
        created_at=opened_at,
    )


def _at(day: str, hour: int = 9) -> datetime:
    moment = datetime.combine(datetime.fromisoformat(day).date(), time(hour))
    return timezone.make_aware(moment)


def _questions(survey: NeedsSurvey, data: dict[str, Any]) -> dict[str, Question]:
    by_key = {row["id"]: row for row in data["questions"]}
    topics = [
        {"id": row["id"], "label_de": row["label"], "topic": TOPICS[row["id"]]}
        for row in data["topics"]
    ]
    made = {}
    for position, (title_de, title_en, keys) in enumerate(SECTIONS, start=1):
        section = survey.sections.create(title_de=title_de, title_en=title_en, position=position)
        for key in keys:
            made[key] = add_question(section, key=key, **_content(by_key[key], topics))
    return made


def _content(row: dict[str, Any], topics: list[dict[str, str]]) -> dict[str, Any]:
    options = [{"id": one["id"], "label_de": one["label"]} for one in row.get("options", [])]
    names = ("unit", "min", "max", "max_chars", "ranks")
    return {
        "kind": row["kind"],
        "text_de": row["text"],
        "is_required": row["required"],
        "options": topics if "topics" in row else options,
        "limits": {name: row[name] for name in names if name in row},
    }


def _respondent(survey: NeedsSurvey, row: dict[str, Any]) -> Respondent:
    place = _place(row)
    return Respondent.objects.create(
        survey=survey,
        municipality=place,
        email=f"rathaus@{german_slug(place.name)}.example",
        invited_at=survey.opened_at,
    )


def _place(row: dict[str, Any]) -> Municipality:
    if "ags" not in row:
        return Municipality.objects.get(name=row["name"])
    values = {
        "name": row["name"],
        "kind": KINDS[row["kind"]],
        "state": State.objects.get(code=row["state"]),
        "population": row["population"],
    }
    return Municipality.objects.get_or_create(ags=row["ags"], defaults=values)[0]


def _response(respondent: Respondent, questions: dict[str, Question], row: dict[str, Any]) -> None:
    """Also those that left questions out were handed in."""
    at = _at(row["submitted"], 11)
    response = Response.objects.create(
        respondent=respondent,
        department=row["department"],
        started_at=at - timedelta(minutes=15),
        submitted_at=at,
    )
    Answer.objects.bulk_create(
        Answer(
            response=response,
            question=questions[key],
            wording=questions[key].wording,
            value=value,
            changed_at=at,
        )
        for key, value in row["answers"].items()
    )
