"""What drafts and solutions say, in words: for people who compare two versions."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext

from profiles.keeping.merging import is_blank
from profiles.keeping.models import Data
from profiles.keeping.steps import LABELS, STEP_OF, Step
from profiles.models import (
    Hosting,
    Licence,
    OperatorModel,
    Phase,
    Solution,
    Standard,
    StandardClaim,
    State,
    TechnologyTag,
    Topic,
)

CHOICES: dict[str, type[TextChoices]] = {
    "offering_type": Solution.OfferingType,
    "phase": Phase,
    "licence": Licence,
    "price_model": Solution.PriceModel,
    "hosting": Hosting,
    "operator_models": OperatorModel,
    "languages": Solution.Language,
}


class Difference(NamedTuple):
    field: str
    label: str | Promise
    step: Step
    before: str
    after: str


class Words:
    """Looks names up once, however many fields are shown."""

    def of(self, field: str, value: Any) -> str:
        if value is True:
            return gettext("ja")
        if is_blank(value):
            return ""
        if field == "claims":
            return "\n".join(self._claim(claim) for claim in value)
        if isinstance(value, list):
            return ", ".join(self._name(field, key) for key in value)
        if isinstance(value, int):
            return number_format(value, force_grouping=True)
        return self._name(field, str(value))

    def differences(self, before: Data, after: Data) -> Iterator[Difference]:
        """Go through all fields in which the two do not say the same."""
        for field, step in STEP_OF.items():
            old, new = before.get(field), after.get(field)
            if not _say_the_same(field, old, new):
                words = self.of(field, old), self.of(field, new)
                yield Difference(field, LABELS[field], step, *words)

    def _name(self, field: str, key: str) -> str:
        return self._names.get(field, {}).get(key, key)

    def _claim(self, claim: Data) -> str:
        standard = self._name("standards", claim.get("standard", ""))
        status = StandardClaim.Status(claim["status"]).label if claim.get("status") else ""
        rest = ("version_or_level", "scope", "issuer", "certificate_no", "evidence_url")
        parts = [status, *(claim.get(name) for name in rest)]
        if claim.get("valid_from"):
            parts.append(gettext("gültig ab %(date)s") % {"date": _day(claim["valid_from"])})
        if claim.get("valid_until"):
            parts.append(gettext("gültig bis %(date)s") % {"date": _day(claim["valid_until"])})
        return f"{standard}: " + ", ".join(str(part) for part in parts if part)

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        names = {
            field: {str(option.value): str(option.label) for option in options}
            for field, options in CHOICES.items()
        }
        names["topics"] = {row.key: row.name for row in Topic.objects.all()}
        names["technology_tags"] = {row.key: row.name for row in TechnologyTag.objects.all()}
        names["regions"] = {row.code: row.name for row in State.objects.all()}
        names["standards"] = {row.key: row.name for row in Standard.objects.all()}
        return names


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")


def _say_the_same(field: str, one: Any, other: Any) -> bool:
    """Compare choices whatever order they were made in; claims are rows."""
    if is_blank(one) or is_blank(other):
        return is_blank(one) and is_blank(other)
    if field != "claims" and isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return bool(one == other)
