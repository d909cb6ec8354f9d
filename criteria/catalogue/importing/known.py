"""What the importer knows before it reads: the vocabulary and the version before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from criteria.catalogue.criteria import CriterionPhase
from criteria.catalogue.importing.entries import TERM_FIELDS, Entry
from criteria.catalogue.terms import Kind, Term

PHASES = {
    "P1 Ideenfindung": "P1",
    "P2 Prototyping / MvP": "P2",
    "P3 Pilot": "P3",
    "P4 Vertikale Skalierung": "P4",
    "P5 Horizontale Skalierung": "P5",
    "∞ Durchgehend": "CONT",
    "Durchgehend": "CONT",
}
"""As the export spells them."""

Words = dict[str, str]
"""Each spelling with its key."""


@dataclass(frozen=True)
class Known:
    terms: tuple[Term, ...]
    entries: tuple[Entry, ...]
    built_in: tuple[Entry, ...] = ()
    """Under the titles that the known export uses, whatever curators called them since."""

    @classmethod
    def load(cls, entries: Iterable[Entry], built_in: Iterable[Entry] = ()) -> "Known":
        return cls(tuple(Term.objects.in_order()), tuple(entries), tuple(built_in))

    @cached_property
    def all_entries(self) -> list[Entry]:
        """Those of the version before, then built-in ones that it no longer has."""
        keys = {entry.key for entry in self.entries}
        return [*self.entries, *(entry for entry in self.built_in if entry.key not in keys)]

    @cached_property
    def words(self) -> dict[str, Words]:
        """The spellings of each field."""
        found = {name: self._spellings(kind) for name, kind in TERM_FIELDS.items()}
        found["scaling_driver"] = self._spellings(Kind.SCALING_DRIVER)
        labels = {str(label): str(value) for value, label in CriterionPhase.choices}
        keys = {str(value): str(value) for value in CriterionPhase.values}
        found["phase"] = labels | PHASES | keys
        found["titles"] = self.titles
        return found

    def _spellings(self, kind: str) -> Words:
        terms = [term for term in self.terms if term.kind == kind]
        names = ((text, term.key) for term in terms for text in (term.label, term.name_de))
        return _distinct(names) | {term.key: term.key for term in terms}

    @cached_property
    def in_export(self) -> dict[str, Words]:
        """The spellings of the raw export alone: no keys, which could begin a German word."""
        found: dict[str, Words] = {"phase": PHASES, "titles": self.titles}
        for name, kind in [*TERM_FIELDS.items(), ("scaling_driver", Kind.SCALING_DRIVER)]:
            terms = [term for term in self.terms if term.kind == kind]
            found[name] = _distinct((term.label or term.name_de, term.key) for term in terms)
        return found

    @cached_property
    def titles(self) -> Words:
        """Titles that relations name: a criterion's key, or `=` and a title without criterion."""
        unresolved = (title for entry in self.entries for title in entry.related_unresolved)
        without = _distinct((title, f"={title}") for title in [*unresolved, *self.open_titles])
        exported = _distinct((e.source_title or e.title_de, e.key) for e in self.built_in)
        own = _distinct((e.source_title or e.title_de, e.key) for e in self.entries)
        return without | exported | own

    @cached_property
    def open_titles(self) -> list[str]:
        """Titles without a criterion, in the order of the vocabulary."""
        return [term.label or term.name_de for term in self.terms if _is_open(term)]

    @cached_property
    def by_key(self) -> dict[str, Entry]:
        return {entry.key: entry for entry in self.all_entries}


def _is_open(term: Term) -> bool:
    return term.kind == Kind.OPEN_TITLE


def _distinct(pairs: Iterable[tuple[str, str]]) -> Words:
    """Leave out a spelling that two keys share: nobody could tell which is meant."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for spelling, key in _stripped(pairs):
        if found.setdefault(spelling, key) != key:
            shared.add(spelling)
    return {spelling: key for spelling, key in found.items() if spelling not in shared}


def _stripped(pairs: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    return ((text.strip(), key) for text, key in pairs if text.strip())
