"""A page of the form: the questions of a section, what was answered, and what is sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.translation import gettext

from challenges.needs.models import Need
from challenges.surveys import on_the_way
from challenges.surveys.form_fields import PRIORITIES, field_of, labelled
from challenges.surveys.models import Answer, Question, Response, Section, Wording
from challenges.surveys.models.responses import is_empty


@dataclass
class Shown:
    """A question on the page, with the field that takes its answer."""

    question: Question
    bound: forms.BoundField
    version: int
    base: str  # the answer as this page was made, so that only changes are sent on
    theirs: str = ""

    @property
    def wording(self) -> Wording:
        assert self.question.wording  # noqa: S101  (questions that are asked have one)
        return self.question.wording

    @property
    def widget(self) -> dict[str, Any]:
        """What Django would render; the template has a dress of its own for it."""
        attrs = {"id": self.bound.auto_id}
        shown = self.bound.field.widget.get_context(self.bound.html_name, self.bound.value(), attrs)
        widget: dict[str, Any] = shown["widget"]
        return widget

    @property
    def rows(self) -> list[tuple[str, dict[str, Any]]]:
        """Each topic of a matrix, or each rank, with its own widget."""
        labels = [label for _, label in labelled(self.wording)]
        if self.wording.kind == Wording.Kind.RANKING:
            labels = [gettext("Rang %(place)s") % {"place": place} for place in range(1, 100)]
        return list(zip(labels, self.widget["subwidgets"], strict=False))

    @property
    def described_by(self) -> str:
        """The ids of what belongs to the question beside its label."""
        name = self.bound.auto_id
        parts = [f"{name}_helptext"] if self.wording.help else []
        if self.theirs:
            parts.append(f"{name}_theirs")
        return " ".join([*parts, f"{name}_error"] if self.bound.errors else parts)


@dataclass
class Outcome:
    is_on_the_way: bool = False  # saved while somebody writes, who sees nothing but that it was
    errors: set[str] = field(default_factory=set)
    conflicts: dict[str, str] = field(default_factory=dict)
    appeared: bool = False
    is_too_late: bool = False  # somebody has handed it in meanwhile; nothing is kept

    @property
    def is_done(self) -> bool:
        return not (self.is_on_the_way or self.errors or self.conflicts or self.appeared)


class SectionForm(forms.Form):
    """The questions of a section that are asked, given the answers so far."""

    def __init__(self, questions: list[Question], given: Mapping[str, Answer], **kwargs: Any):
        initial = {question.key: answer_value(given, question.key) for question in questions}
        super().__init__(initial=initial, **kwargs)
        self.questions, self.given = questions, given
        for question in questions:
            assert question.wording  # noqa: S101  (asked ones have one)
            self.fields[question.key] = field_of(question.wording)

    def shown(self, outcome: "Outcome", sent: QueryDict) -> list[Shown]:
        """What the page shows: what was sent where it was not kept, else the answers as they are.

        A mistake does not hide what somebody else changes meanwhile: its version stays the old one.
        So does that of an answer which was overtaken, until the page has shown the other one.
        """
        typed = SectionForm(self.questions, self.given, data=sent)
        return [self._shown(question, typed, outcome, sent) for question in self.questions]

    def _shown(
        self, question: Question, typed: "SectionForm", outcome: "Outcome", sent: QueryDict
    ) -> Shown:
        key = question.key
        version, base = version_of(self.given, key), json.dumps(answer_value(self.given, key))
        if key in outcome.errors or (outcome.is_on_the_way and key in outcome.conflicts):
            version, base = number(sent.get(f"v-{key}", "")), sent.get(f"was-{key}", "null")
        is_open = key in outcome.errors or key in outcome.conflicts
        bound = typed[key] if is_open else self[key]
        return Shown(question, bound, version, base, outcome.conflicts.get(key, ""))


def answer_value(given: Mapping[str, Answer], key: str) -> Any:
    return given[key].value if key in given and given[key].counts else None


def version_of(given: Mapping[str, Answer], key: str) -> int:
    return given[key].version if key in given else 0


def given_answers(response: Response | None) -> dict[str, Answer]:
    """The answers by key of question, those too that do not count; one query."""
    if response is None or response.pk is None:
        return {}
    rows = response.answers.with_counts().select_related("question")
    return {row.question.key: row for row in rows}


def asked_in(section: Section, questions: list[Question]) -> list[Question]:
    return [question for question in questions if question.section_id == section.pk]


@transaction.atomic
def save(response: Response, section: Section, sent: QueryDict, *, at: datetime) -> Outcome:
    """Keep each answer of the page that is sound and that nobody else has changed meanwhile.

    What has a mistake or was overtaken stays as it is in the log of answers; the page shows it.
    """
    if Response.objects.select_for_update().get(pk=response.pk).submitted_at:
        return Outcome(is_too_late=True)
    outcome, given = Outcome(on_the_way.is_on_the_way(sent)), given_answers(response)
    own = on_the_way.written(response, sent)
    rows = response.survey.questions.asked().with_wording().in_order()
    on_page = [row for row in rows if row.section_id == section.pk and f"v-{row.key}" in sent]
    for question in on_page:
        is_own = own.get(question.key) == version_of(given, question.key)
        _save_one(response, question, given, sent, outcome, is_own=is_own, at=at)
    if outcome.is_on_the_way:
        _note(response, sent, given)
    values = response.values()
    seen = {question.key for question in on_page}
    for question in asked_in(section, rows.put_to(values)):
        if question.key not in seen and question.key not in values:
            outcome.appeared = True
    return outcome


def _note(response: Response, sent: QueryDict, before: Mapping[str, Answer]) -> None:
    """Note what this request has written."""
    now = given_answers(response)
    versions = {key: version_of(now, key) for key in {*before, *now}}
    changed = {key: new for key, new in versions.items() if new != version_of(before, key)}
    on_the_way.note(response, sent, changed)


def _save_one(
    response: Response,
    question: Question,
    given: Mapping[str, Answer],
    sent: QueryDict,
    outcome: Outcome,
    *,
    is_own: bool,
    at: datetime,
) -> None:
    assert question.wording  # noqa: S101  (asked ones have one)
    key = question.key
    if sent.get(f"take-{key}") == "theirs":
        return
    asked = field_of(question.wording)
    try:
        value = asked.clean(asked.widget.value_from_datadict(sent, {}, key))
    except ValidationError:
        outcome.errors.add(key)
        return
    is_touched = is_own or not same(value, base_of(sent, key))
    if not is_touched and not same(value, answer_value(given, key)):
        return  # not touched here, changed elsewhere: theirs stays
    if same(value, answer_value(given, key)):
        return
    seen = version_of(given, key) if is_own else number(sent.get(f"v-{key}", ""))
    if not response.answer(question, value, at=at, seen=seen):
        now = answer_value(given_answers(response), key)
        outcome.conflicts[key] = words_of(question.wording, now)


def same(one: Any, other: Any) -> bool:
    return bool(one == other or (is_empty(one) and is_empty(other)))


def number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def base_of(sent: QueryDict, key: str) -> Any:
    try:
        return json.loads(sent.get(f"was-{key}", "null"))
    except ValueError:
        return None


def words_of(wording: Wording, value: Any) -> str:
    """An answer as people read it; a matrix and a ranking have a line for each row."""
    if is_empty(value):
        return gettext("keine Antwort")
    match wording.kind:
        case Wording.Kind.NUMBER:
            return f"{localize(value)} {wording.limits.get('unit', '')}".strip()
        case Wording.Kind.NEED:
            seen = Need.Visibility(value["visibility"]).label
            name = gettext("mit Namen") if value["is_named"] else gettext("ohne Namen")
            return f"{value['text']} ({seen}, {name})"
        case Wording.Kind.CONTACT_CONSENT:
            return gettext("ja")
    return _words_of_options(wording, value) if wording.options else str(value)


def _words_of_options(wording: Wording, value: Any) -> str:
    labels = dict(labelled(wording))
    match wording.kind:
        case Wording.Kind.MULTIPLE_CHOICE:
            return " · ".join(labels.get(key, key) for key in value)
        case Wording.Kind.RANKING:
            places = enumerate(value, start=1)
            return "\n".join(f"{place}. {labels.get(key, key)}" for place, key in places)
        case Wording.Kind.PRIORITY_MATRIX:
            named = ((labels.get(key, key), PRIORITIES[rated]) for key, rated in value.items())
            return "\n".join(f"{label}: {word}" for label, word in named)
    return labels.get(value, str(value))
