"""A new survey: empty, as a copy, or out of questions that have proven themselves."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from challenges.surveys.models import NeedsSurvey, Question, Section, Wording
from profiles.models import Organisation
from profiles.slugs import free_slug, german_slug

LIBRARY: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "library.json").read_text(encoding="utf-8")
)
COPIED = (
    "introduction_de",
    "introduction_en",
    "next_steps",
    "reminder_after_days",
    "reminder_every_days",
    "reminder_limit",
)
PAGES = {"antworten"}  # pages beside those of the surveys


def build(
    *,
    organisation: Organisation,
    title_de: str,
    copy_of: NeedsSurvey | None,
    library: list[str],
    at: datetime,
) -> NeedsSurvey:
    """Make a draft with the questions of an earlier one, and those chosen."""
    rows = NeedsSurvey.objects.filter(slug__startswith=german_slug(title_de)[:60])
    taken = {*rows.values_list("slug", flat=True), *PAGES}
    survey = NeedsSurvey(
        organisation=organisation,
        title_de=title_de,
        slug=free_slug(title_de, taken),
        copy_of=copy_of,
        created_at=at,
    )
    if copy_of:
        for name in COPIED:
            setattr(survey, name, getattr(copy_of, name))
    survey.save()
    if copy_of:
        _copy_questions(copy_of, survey)
    add_from_library(survey, library)
    if not survey.sections.exists():
        survey.sections.create(title_de="Ihre Verwaltung", title_en="Your authority", position=1)
    return survey


def _copy_questions(old: NeedsSurvey, new: NeedsSurvey) -> None:
    sections: dict[int, Section] = {}
    for section in old.sections.all():
        copied = {name: getattr(section, name) for name in SECTION_FIELDS}
        sections[section.pk] = new.sections.create(**copied)
    for question in old.questions.asked().with_wording().in_order():
        assert question.wording  # noqa: S101  (asked ones have one)
        twin = new.questions.create(
            section=sections[question.section_id], key=question.key, position=question.position
        )
        twin.reword(**{name: getattr(question.wording, name) for name in Wording.CONTENT})


SECTION_FIELDS = ("position", "title_de", "title_en", "text_de", "text_en")


def add_from_library(survey: NeedsSurvey, keys: Iterable[str]) -> int:
    """Add the chosen ones that are not there yet, each in the section that it belongs to."""
    wanted, known = set(keys), set(survey.questions.values_list("key", flat=True))
    chosen = [row for row in LIBRARY if row["key"] in wanted - known]
    for row in chosen:
        section, _ = survey.sections.get_or_create(
            title_de=row["section_de"],
            defaults={
                "title_en": row["section_en"],
                "position": survey.sections.count() + 1,
            },
        )
        add_question(
            section,
            key=row["key"],
            **{name: row[name] for name in Wording.CONTENT if name in row},
        )
    return len(chosen)


def add_question(section: Section, *, key: str = "", **content: Any) -> Question:
    """Add a question at the end of a section."""
    survey = section.survey
    question = survey.questions.create(
        section=section,
        key=key or free_key(survey, content["text_de"]),
        position=section.questions.count() + 1,
    )
    question.reword(**content)
    return question


def free_key(survey: NeedsSurvey, text: str) -> str:
    known = set(survey.questions.values_list("key", flat=True))
    start = german_slug(text)[:40].strip("-").replace("-", "_") or "frage"
    return next(
        key for key in (start, *(f"{start}_{n}" for n in range(2, 1000))) if key not in known
    )
