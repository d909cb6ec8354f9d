"""What a version changes against the one before it: side by side, criterion by criterion."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from criteria.catalogue.criteria import Criterion
from criteria.catalogue.importing.entries import FIELDS, TERM_FIELDS, Entry
from criteria.catalogue.terms import Kind


@dataclass(frozen=True)
class Change:
    """One field, as it was and as it is."""

    field: str
    before: Any
    after: Any

    @property
    def label(self) -> str:
        if self.field in TERM_FIELDS:
            return str(Kind(TERM_FIELDS[self.field]).label)
        column: Any = Criterion._meta.get_field(self.field)
        return str(column.verbose_name)

    @property
    def lines_before(self) -> list[str]:
        return _lines(self.before)

    @property
    def lines_after(self) -> list[str]:
        return _lines(self.after)


@dataclass(frozen=True)
class Changed:
    entry: Entry
    changes: list[Change]


@dataclass(frozen=True)
class Differences:
    added: list[Entry]
    changed: list[Changed]
    removed: list[Entry]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "removed": len(self.removed),
        }


def differences(before: Iterable[Entry], after: Iterable[Entry]) -> Differences:
    """Compare by key, whatever the order."""
    old = {entry.key: entry for entry in before}
    new = {entry.key: entry for entry in after}
    compared = [Changed(new[key], list(_changes(old[key], new[key]))) for key in new if key in old]
    return Differences(
        added=[entry for key, entry in new.items() if key not in old],
        changed=[pair for pair in compared if pair.changes],
        removed=[entry for key, entry in old.items() if key not in new],
    )


def _changes(old: Entry, new: Entry) -> Iterator[Change]:
    for name in FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(name, before, after)


def _lines(value: Any) -> list[str]:
    return list(value) if isinstance(value, tuple) else [str(value)] if value else []
