"""The steps in which a challenge is written, and the page of each."""

from typing import Any, NamedTuple

from django.db import transaction
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from challenges.calls import forms
from challenges.calls.models import Challenge
from challenges.calls.starting import new_slug
from profiles.models import User

POINTS = ("0", "5", "10")


class Step(NamedTuple):
    slug: str
    title: str | Promise
    form: type[forms.StepForm]
    rows: str = ""  # "goals" or "criteria": what stands in rows below the form

    @property
    def fields(self) -> list[str]:
        return [*self.form.base_fields, self.rows]


STEPS = (
    Step("problem", _("Problem"), forms.ProblemForm),
    Step("ziele", _("Ziele"), forms.GoalsForm, "goals"),
    Step("anforderungen", _("Anforderungen"), forms.RequirementsForm),
    Step("angebot", _("Angebot und Budget"), forms.OfferForm),
    Step("vergabeweg", _("Vergabeweg"), forms.ProcedureForm),
    Step("fristen", _("Fristen"), forms.DatesForm),
    Step("bewertung", _("Bewertung"), forms.EvaluationForm, "criteria"),
    Step("kontakt", _("Kontakt und Partner"), forms.ContactForm),
)


def step_named(slug: str) -> Step | None:
    return next((step for step in STEPS if step.slug == slug), None)


def step_of(field: str) -> Step:
    return next(step for step in STEPS if field in step.fields)


def after(step: Step) -> Step | None:
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


class Page:
    """The forms of a step over one draft: its fields and, in two of them, rows."""

    def __init__(
        self, step: Step, challenge: Challenge, user: User, sent: QueryDict | None = None
    ) -> None:
        self.step, self.challenge = step, challenge
        self.form = step.form(sent, instance=challenge, user=user)
        self.rows: forms.BaseRows | None = None
        if step.rows == "goals":
            self.rows = forms.GOALS(sent, initial=challenge.goals, prefix="goals")
        elif step.rows == "criteria":
            self.rows = forms.CRITERIA(sent, initial=_criteria(challenge), prefix="criteria")

    def is_valid(self) -> bool:
        checked = [self.form.is_valid()]  # each of them, so that all errors show
        if self.rows is not None:
            checked.append(self.rows.is_valid())
        return all(checked)

    @property
    def errors(self) -> bool:
        return self.form.is_bound and not self.is_valid()

    @property
    def forms(self) -> list[Any]:
        return [self.form, *(self.rows.forms if self.rows is not None else [])]

    @property
    def total(self) -> int:
        """The sum of the weights as they are on the page."""
        values = [form["weight"].value() for form in self.forms[1:]]
        return sum(int(value) for value in values if str(value or "").isdecimal())

    @transaction.atomic
    def save(self) -> None:
        """Save a valid page; a title that changes takes its address along, for none knows it."""
        challenge = self.challenge
        if "title" in self.form.changed_data:
            challenge.slug = new_slug(challenge.title)
        if self.step.rows == "goals" and self.rows is not None:
            challenge.goals = self.rows.rows()
        challenge.version += 1
        self.form.save()
        if self.step.rows == "criteria" and self.rows is not None:
            _replace_criteria(challenge, self.rows.rows())


def _criteria(challenge: Challenge) -> list[dict[str, Any]]:
    names = ("label", "weight", "description", "is_price")
    return [
        {name: getattr(row, name) for name in names}
        | {f"points_{key}": row.points.get(key, "") for key in POINTS}
        for row in challenge.criteria.all()
    ]


def _replace_criteria(challenge: Challenge, rows: list[dict[str, Any]]) -> None:
    challenge.criteria.all().delete()
    for position, row in enumerate(rows):
        points = {key: row[f"points_{key}"] for key in POINTS if row[f"points_{key}"]}
        own = {name: row[name] for name in ("label", "weight", "description", "is_price")}
        challenge.criteria.create(position=position, points=points, **own)
