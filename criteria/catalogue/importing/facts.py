"""What a file holds, counted: by these numbers an import is checked."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from criteria.catalogue.criteria import Criterion, CriterionPhase
from criteria.catalogue.importing.columns import TEXTS
from criteria.catalogue.importing.entries import Entry
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.reading import Reading

COUNTED = {
    "rows_per_workstream": "workstreams",
    "rows_per_stakeholder": "stakeholders",
    "rows_per_sub_phase": "sub_phases",
    "rows_per_mechanism_category": "mechanism_categories",
    "rows_per_sub_driver": "sub_drivers",
}
ASSIGNED = (
    "sub_phases",
    "workstreams",
    "stakeholders",
    "mechanism_categories",
    "scaling_driver",
    "sub_drivers",
    "mechanisms",
    "good_practices",
)
ALL_SUB_PHASES = 8


def facts_of(reading: Reading, known: Known) -> dict[str, Any]:
    entries = reading.entries
    per_phase = Counter(entry.phase for entry in entries)
    facts: dict[str, Any] = {
        "seed_sha256": reading.digest,
        "seed_bytes": len(reading.content),
        "header_columns": reading.columns,
        "rows": len(entries),
        "rows_per_phase": {phase: per_phase[phase] for phase in CriterionPhase.values},
        "rows_per_scaling_driver": Counter(entry.scaling_driver for entry in entries),
        "assignments": {name: len(_values(entries, name)) for name in ASSIGNED},
        "distinct": {name: len(set(_values(entries, name))) for name in ASSIGNED},
        "sub_drivers_per_row": Counter(str(len(entry.sub_drivers)) for entry in entries),
        "rows_with_mechanisms": [entry.number for entry in entries if entry.mechanisms],
        "rows_with_good_practices": {
            str(e.number): len(e.good_practices) for e in entries if e.good_practices
        },
    }
    facts |= {key: Counter(_values(entries, name)) for key, name in COUNTED.items()}
    return facts | _relations(entries, known) | _gaps(entries)


def _values(entries: Iterable[Entry], name: str) -> list[str]:
    values = [getattr(entry, name) for entry in entries]
    return [key for value in values for key in ([value] if isinstance(value, str) else value)]


def _relations(entries: Iterable[Entry], known: Known) -> dict[str, Any]:
    with_cell = {e.key: e for e in entries if e.related or e.related_unresolved}
    resolved = _values(entries, "related")
    unresolved = _values(entries, "related_unresolved")
    between = [(e.key, other) for e in with_cell.values() for other in e.related]
    between = [(one, other) for one, other in between if other in with_cell]
    places = {title: place for place, title in enumerate(known.open_titles)}
    titles = sorted(set(unresolved), key=lambda title: (places.get(title, len(places)), title))
    return {
        "rows_with_relations": [entry.number for entry in with_cell.values()],
        "relation_links": len(resolved) + len(unresolved),
        "relation_links_resolved": len(resolved),
        "relation_links_unresolved": len(unresolved),
        "relation_links_between_rows_with_relation_cell": len(between),
        "of_these_mutual": sum(one in with_cell[other].related for one, other in between),
        "relation_titles_distinct": len(set(resolved)) + len(titles),
        "relation_titles_without_row": titles,
    }


def _gaps(entries: Iterable[Entry]) -> dict[str, Any]:
    filled = Counter(_values(entries, "source_texts"))
    all_phases = [e.number for e in entries if len(e.sub_phases) == ALL_SUB_PHASES]
    coined = Criterion.TitleSource.COINED
    return {
        "prose_cells": {column: filled[name] for column, name in TEXTS.items()},
        "row_without_prose": [e.number for e in entries if "summary" not in e.source_texts],
        "rows_without_stakeholder_kommune": [
            e.number for e in entries if "kommune" not in e.stakeholders
        ],
        "rows_with_all_8_sub_phases": all_phases,
        "coined_titles": [e.number for e in entries if e.title_source == coined],
    }
