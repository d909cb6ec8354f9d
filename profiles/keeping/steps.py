"""The steps in which a solution is written, and what is still in the way of handing it in."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.keeping import claims
from profiles.keeping.forms import BasicsForm, BenefitForm, PriceForm, StepForm, TechnologyForm
from profiles.keeping.models import Data, SolutionDraft
from profiles.keeping.snapshots import claims_of
from profiles.keeping.standing import as_it_stands, as_kept, with_file
from profiles.models import Solution


class Step(NamedTuple):
    slug: str
    title: str | Promise
    form: type[StepForm]
    has_claims: bool = False

    @property
    def fields(self) -> list[str]:
        own = list(self.form.base_fields)
        return [*own, "claims"] if self.has_claims else own


STEPS = (
    Step("grunddaten", _("Grunddaten"), BasicsForm),
    Step("nutzen", _("Nutzen und Themen"), BenefitForm),
    Step("technik", _("Technik und Standards"), TechnologyForm, has_claims=True),
    Step("preis", _("Preis und Region"), PriceForm),
)
STEP_OF = {name: step for step in STEPS for name in step.fields}
LABELS: dict[str, Any] = {
    name: "" if name == "claims" else step.form.base_fields[name].label
    for name, step in STEP_OF.items()
} | {"claims": _("Standards und Nachweise")}


def step_named(slug: str) -> Step | None:
    return next((step for step in STEPS if step.slug == slug), None)


def after(step: Step) -> Step | None:
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


class Page:
    """The forms of a step: its fields and, in one of them, the rows of standards."""

    def __init__(self, step: Step, draft: SolutionDraft, sent: QueryDict | None = None) -> None:
        self.step = step
        self.kept = self.shown = draft.data
        self.form = step.form(sent, initial=self.kept, instance=Solution())
        self.claims: claims.BaseClaims | None = None
        if step.has_claims:
            self.shown, backed = as_it_stands(draft), with_file(draft.solution)
            self.claims = claims.claim_set(sent, self.shown.get("claims", []), with_file=backed)

    def is_valid(self) -> bool:
        checked = [self.form.is_valid()]  # each of them, so that all errors show
        if self.claims is not None:
            checked.append(self.claims.is_valid())
        return all(checked)

    def values(self) -> Data:
        rows = self.claims.values() if self.claims is not None else {}
        return as_kept(self.form.values() | rows, shown=self.shown, kept=self.kept)

    @property
    def errors(self) -> bool:
        return self.form.is_bound and not self.is_valid()

    @property
    def forms(self) -> list[Any]:
        return [self.form, *(self.claims.forms if self.claims is not None else [])]


class Problem(NamedTuple):
    step: Step
    field: str
    label: str | Promise
    text: str


def _in_a_list(error: ValidationError) -> str:
    """Say it without "this field", which in a list is none."""
    return gettext("fehlt noch") if error.code == "required" else error.messages[0]


class Whole:
    """All forms over one draft, as strict as a published solution has to be."""

    def __init__(self, draft: SolutionDraft) -> None:
        data, solution = as_it_stands(draft), draft.solution
        self.instance = solution or Solution()
        self.forms = [
            (step, step.form(data, instance=self.instance, strict=True)) for step in STEPS
        ]
        stated = data.get("claims", [])
        published = claims_of(solution) if solution else {}
        before = [published.get(claim.get("standard"), {}) for claim in stated]
        self.claims = claims.claim_set(
            claims.as_sent(stated), before, with_file=with_file(solution)
        )

    def problems(self) -> list[Problem]:
        found = [
            Problem(step, name, LABELS.get(name, ""), _in_a_list(error))
            for step, form in self.forms
            for name, errors in form.errors.as_data().items()
            for error in errors
        ]
        return found + list(self._claim_problems())

    def _claim_problems(self) -> Iterator[Problem]:
        if self.claims.is_valid():
            return
        for form in self.claims.forms:
            for errors in form.errors.as_data().values():
                text = f"{form.heading}: {_in_a_list(errors[0])}"
                yield Problem(STEP_OF["claims"], "claims", LABELS["claims"], text)

    def cleaned(self) -> dict[str, Any]:
        """Return the rows that a valid draft names; valid forms have filled the instance."""
        return {
            name: value for _step, form in self.forms for name, value in form.cleaned_data.items()
        }

    def claims_stated(self) -> list[Data]:
        stated: list[Data] = self.claims.values()["claims"]
        return stated
