"""Which known criterion a row of the raw export is: it has lost its title.

First by the checksum of its texts, then by what its classification shares with one that no row
has claimed. What the export does not hold stays as the version before has it.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from criteria.catalogue.criteria import Criterion
from criteria.catalogue.importing.columns import CLASSIFYING, TEXTS
from criteria.catalogue.importing.entries import TERM_FIELDS, Entry, entry_from
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.problems import Problem, UnreadableError
from criteria.catalogue.importing.rows import Row

ALIKE = 0.75
"""The share of common values from which on two classifications are taken for the same row."""

SHORT = 255  # characters; what workshops noted is no longer as a rule


def recognised(rows: list[Row], known: Known) -> tuple[list[Entry], list[str]]:
    _refuse_repetitions(rows)
    claimed = _claimed(rows, known)
    free = max([0, *(entry.number for entry in known.all_entries)]) + 1
    entries, notes = [], []
    for row in rows:
        before = claimed.get(row.number)
        if before is None:
            before = _unknown(free)
            notes.append(_("Zeile %(row)s ist neu; sie braucht einen Titel.") % {"row": row.number})
            free += 1
        elif row.digest != before.source_digest:
            text = _("Zeile %(row)s: Der Text hat sich geändert. Passt unsere Fassung noch?")
            notes.append(text % {"row": row.number})
        entries.append(_merged(row, before))
    present = {entry.key for entry in entries}
    return [_with_own_relations(entry, present, known) for entry in entries], notes


def _refuse_repetitions(rows: list[Row]) -> None:
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        if row.digest and row.digest in first:
            text = _("Die Zeile wiederholt Zeile %(row)s.") % {"row": first[row.digest]}
            problems.append(Problem(text, row.number))
        first.setdefault(row.digest, row.number)
    if problems:
        raise UnreadableError(problems)


def _claimed(rows: list[Row], known: Known) -> dict[int, Entry]:
    by_digest = {e.source_digest: e for e in known.all_entries if e.source_digest}
    claimed = {row.number: by_digest[row.digest] for row in rows if row.digest in by_digest}
    left = [row for row in rows if row.number not in claimed]
    taken = {entry.key for entry in claimed.values()}
    open_ = [entry for entry in known.all_entries if entry.key not in taken]
    pairs = [(_likeness(row, entry), row, entry) for row in left for entry in open_]
    for score, row, entry in sorted(pairs, key=lambda pair: -pair[0]):
        if score >= ALIKE and row.number not in claimed and entry.key not in taken:
            claimed[row.number] = entry
            taken.add(entry.key)
    return claimed


def _likeness(row: Row, entry: Entry) -> float:
    """Return the Jaccard index of the classifications; the same place decides between equals."""
    ours = {(name, key) for name, keys in row.facts.items() for key in keys}
    theirs = {(name, key) for name in CLASSIFYING.values() for key in _keys(getattr(entry, name))}
    same_place = 0.01 if row.number == entry.number else 0
    return len(ours & theirs) / len(ours | theirs) + same_place


def _keys(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _unknown(number: int) -> Entry:
    return Entry(
        number=number,
        key=f"kriterium-{number}",
        title_de=_("Kriterium %(number)s (Titel fehlt)") % {"number": number},
        title_source=Criterion.TitleSource.MISSING,
        title_confidence=Criterion.Confidence.NONE,
        phase="",
        scaling_driver="",
    )


def _merged(row: Row, before: Entry) -> Entry:
    held = {name: row.facts.get(name, ()) for name in CLASSIFYING.values()}
    held["good_practices"] = row.facts.get("good_practices", ())
    values: dict[str, Any] = {name: held[name] for name in TERM_FIELDS if name in held}
    values["phase"], values["scaling_driver"] = held["phase"][0], held["scaling_driver"][0]
    if row.digest != before.source_digest or not before.source_texts:
        values["source_texts"] = _text_columns(row.texts, before)
        values["source_digest"] = row.digest
    if row.is_cut_off and not before.source_truncated:
        values["source_truncated"] = _("Die Zeile bricht im Export ab.")
    values["related"] = row.relations  # keys, and "=title" for those without a criterion
    return replace(before, **values)


def _with_own_relations(entry: Entry, present: set[str], known: Known) -> Entry:
    """Name by its title what has no row in this file."""
    keys = [key for key in entry.related if key in present]
    missing = [key for key in entry.related if key not in present]
    titles = [key[1:] if key[:1] == "=" else known.by_key[key].title_de for key in missing]
    values = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
    return entry_from(values | {"related": keys, "related_unresolved": titles})


def _text_columns(texts: Iterable[str], before: Entry) -> tuple[str, ...]:
    """Tell the text columns apart: as before, or else by what such texts are like."""
    cells = list(texts)
    if len(cells) == len(before.source_texts):
        return before.source_texts
    *extra, summary = list(TEXTS.values())
    ways = combinations(extra, max(len(cells) - 1, 0))
    best = max(ways, key=lambda way: sum(map(_fits, cells, way)))
    return (*best, summary) if cells else ()


def _fits(text: str, column: str) -> bool:
    if column == "workshop":
        return len(text) <= SHORT
    is_about_operation = "etrieb" in text or "etreib" in text
    return len(text) > SHORT and is_about_operation == (column == "operators")
