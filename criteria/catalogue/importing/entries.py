"""A criterion as plain values, the same whether it comes from a file or from the database."""

import re
from dataclasses import dataclass, fields
from typing import Any

from criteria.catalogue.criteria import Criterion
from criteria.catalogue.models import Catalogue
from criteria.catalogue.terms import Kind

TERM_FIELDS = {
    "sub_phases": Kind.SUB_PHASE,
    "workstreams": Kind.WORKSTREAM,
    "stakeholders": Kind.STAKEHOLDER,
    "sub_drivers": Kind.SUB_DRIVER,
    "mechanism_categories": Kind.MECHANISM_CATEGORY,
    "mechanisms": Kind.MECHANISM,
    "operator_models": Kind.OPERATOR_MODEL,
    "good_practices": Kind.GOOD_PRACTICE,
}
UNORDERED = {*TERM_FIELDS, "related", "related_unresolved"}
LISTS = {*UNORDERED, "guiding_questions_de", "evidence_de", "examples", "source_texts"}

LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and line break, and what is no character."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a version of the catalogue says about one criterion; links are keys."""

    number: int
    key: str
    title_de: str
    title_en: str = ""
    title_source: str = Criterion.TitleSource.GIVEN.value
    title_confidence: str = Criterion.Confidence.HIGH.value
    title_note: str = ""
    phase: str
    scaling_driver: str
    sub_phases: tuple[str, ...] = ()
    workstreams: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    sub_drivers: tuple[str, ...] = ()
    mechanism_categories: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    operator_models: tuple[str, ...] = ()
    good_practices: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    related_unresolved: tuple[str, ...] = ()
    summary_de: str = ""
    summary_en: str = ""
    guiding_questions_de: tuple[str, ...] = ()
    evidence_de: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    milestone: str = ""
    milestone_candidate: str = ""
    source_truncated: str = ""
    source_title: str = ""
    source_texts: tuple[str, ...] = ()
    source_digest: str = ""


FIELDS = tuple(field.name for field in fields(Entry))
REQUIRED = ("number", "key", "title_de", "phase", "scaling_driver")


def clean_text(text: str) -> str:
    """Drop what neither the database nor a spreadsheet can hold."""
    lines = LINE_ENDS.sub("\n", text)
    return FORBIDDEN.sub("", lines).strip()


def clean_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def tidy(name: str, value: Any) -> Any:
    """Return the value in the one form in which two values that say the same are equal."""
    if name in LISTS:
        items = tuple(line for line in map(clean_line, value) if line)
        return tuple(sorted(set(items))) if name in UNORDERED else items
    if isinstance(value, str):
        return clean_text(value)
    return value


def entry_from(values: dict[str, Any]) -> Entry:
    return Entry(**{name: tidy(name, value) for name, value in values.items()})


def entries_of(catalogue: Catalogue | None) -> list[Entry]:
    """Read a version: 4 queries."""
    if catalogue is None:
        return []
    criteria = Criterion.objects.of_catalogue(catalogue).with_terms()
    return [_entry(row) for row in criteria.prefetch_related("related").in_order()]


def _entry(criterion: Criterion) -> Entry:
    linked: dict[str, Any] = {name: [] for name in TERM_FIELDS}
    by_kind = {kind: name for name, kind in TERM_FIELDS.items()}
    for term in criterion.terms.all():
        if name := by_kind.get(Kind(term.kind)):
            linked[name].append(term.key)
    linked["related"] = [other.key for other in criterion.related.all()]
    linked["scaling_driver"] = criterion.scaling_driver.key
    return entry_from(
        {name: linked[name] if name in linked else getattr(criterion, name) for name in FIELDS}
    )
