"""Files that name their columns: CSV and Excel with text in each cell, JSON with values.

What a file has no column for stays as the version before has it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from criteria.catalogue.importing.columns import (
    CLASSIFYING,
    EXPORT_COLUMNS,
    GOOD_PRACTICE,
    RELATED,
    SINGLE,
    TEXTS,
)
from criteria.catalogue.importing.cutting import cut
from criteria.catalogue.importing.entries import (
    FIELDS,
    LISTS,
    REQUIRED,
    TERM_FIELDS,
    Entry,
    clean_line,
    clean_text,
    entry_from,
)
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.problems import Problem, UnreadableError, refuse
from criteria.catalogue.importing.vocabulary import NewWords
from profiles.slugs import german_slug

NAMES = {
    **{name: name for name in FIELDS},
    **CLASSIFYING,
    **dict.fromkeys(TEXTS, "texts"),
    "Kriterium": "title_de",
    RELATED: "related",
    GOOD_PRACTICE: "good_practices",
    "Betreibermodelle": "operator_models",
    "slug": "key",
    "examples_in_text": "examples",
}
"""Every column that is read, with the field that it fills."""

IGNORED = {"Created by", "Last edit by", "related_by"}
"""People, and what follows from other columns."""

EMPTY = set(EXPORT_COLUMNS) - set(NAMES) - IGNORED
"""Columns of the export that nothing is known of; a value there is refused."""


@dataclass
class Line:
    """The values of one row by field: a text, or a list where the format has lists."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


class Lines:
    """All rows of a file, turned into entries together: they relate to each other."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.problems: list[Problem] = []
        self.lines: list[Line] = []
        self.new_words = NewWords(known)

    def add(self, number: int, cells: Iterable[tuple[str, Any]]) -> None:
        line = Line(number)
        for column, value in cells:
            name = NAMES.get(column, "")
            if column in EMPTY and value not in ("", None):
                text = _("Diese Spalte wird nicht gelesen.")
                self.problems.append(Problem(text, number, column, str(value)))
            elif name == "texts" and value:
                line.texts[TEXTS[column]] = clean_text(str(value))
            elif name and name != "texts":
                line.values[name] = value
        self.lines.append(line)

    def refuse_unknown(self, columns: Iterable[str]) -> None:
        for column in dict.fromkeys(columns):
            if column not in NAMES and column not in IGNORED | EMPTY:
                text = _("Diese Spalte ist unbekannt.")
                self.problems.append(Problem(text, column=column))

    def entries(self) -> list[Entry]:
        free = max([0, *(entry.number for entry in self.known.all_entries)])
        identified = []
        for line in self.lines:
            before = self._before(line)
            if before is None and "number" not in line.values:
                free += 1
            identified.append((line, self._identity(line, before, free), before))
        titles = self._titles(identity for _line, identity, _before in identified)
        entries = [self._entry(*parts, titles) for parts in identified]
        if self.problems:
            raise UnreadableError(self.problems)
        return [entry for entry in entries if entry]

    def _before(self, line: Line) -> Entry | None:
        """The criterion of the version before: by its key, or else by its title."""
        key = self._text(line, "key")
        if not key:
            key = self.known.titles.get(self._text(line, "title_de"), "")
        return self.known.by_key.get(key)

    def _identity(self, line: Line, before: Entry | None, free: int) -> dict[str, Any]:
        title = self._text(line, "title_de") or (before.title_de if before else "")
        key = self._text(line, "key") or (before.key if before else german_slug(title)[:80])
        number = self._number(line) or (before.number if before else free)
        return {"number": number, "key": key, "title_de": title}

    def _number(self, line: Line) -> int | None:
        value = line.values.get("number")
        text = "" if value is None or isinstance(value, bool) else str(value).strip()
        if text.isascii() and text.isdigit() and len(text) < 6:
            return int(text)
        if text or "number" in line.values:
            problem = _("Hier muss eine Zahl stehen.")
            self.problems.append(Problem(problem, line.number, "number", text))
        return None

    def _text(self, line: Line, name: str) -> str:
        value = line.values.get(name, "")
        if value in (None, False):
            return ""
        if isinstance(value, str):
            return clean_text(value)
        text = _("Hier muss ein Text stehen.")
        self.problems.append(Problem(text, line.number, name, json.dumps(value)))
        return ""

    def _titles(self, identities: Iterable[dict[str, Any]]) -> dict[str, str]:
        """What a relation may name: titles, and keys of this file."""
        rows = list(identities)
        own = {row["title_de"]: row["key"] for row in rows}
        return self.known.titles | own | {row["key"]: row["key"] for row in rows}

    def _entry(
        self, line: Line, identity: dict[str, Any], before: Entry | None, titles: dict[str, str]
    ) -> Entry | None:
        values = {name: getattr(before, name) for name in FIELDS} if before else {}
        values |= identity
        for name in line.values.keys() - identity.keys():
            values[name] = self._value(line, name, titles)
        if line.texts:
            values["source_texts"] = [name for name in TEXTS.values() if name in line.texts]
            texts = "\n".join(line.texts[name] for name in values["source_texts"])
            values["source_digest"] = hashlib.sha256(texts.encode()).hexdigest()
        unresolved = [key[1:] for key in values.get("related", ()) if key[:1] == "="]
        values["related"] = [key for key in values.get("related", ()) if key[:1] != "="]
        values["related_unresolved"] = [*values.get("related_unresolved", ()), *unresolved]
        missing = [name for name in REQUIRED if not values.get(name)]
        for name in missing:
            self.problems.append(Problem(_("Hier fehlt der Wert."), line.number, name))
        return None if missing else entry_from(values)

    def _value(self, line: Line, name: str, titles: dict[str, str]) -> Any:
        if name == "related":
            return self._keys(line, name, titles)
        if name in TERM_FIELDS or name in SINGLE:
            keys = self._keys(line, name, self.known.words[name])
            if name not in SINGLE:
                return keys
            if len(keys) > 1:
                text = _("Hier muss genau ein Wert stehen.")
                self.problems.append(Problem(text, line.number, name, ", ".join(keys)))
            return keys[0] if keys else ""
        return self._items(line, name) if name in LISTS else self._text(line, name)

    def _items(self, line: Line, name: str) -> list[str]:
        """The values of a cell: one a line, or those of a list."""
        value = line.values[name]
        if value in (None, False, ""):
            return []
        items = value.split("\n") if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return [text for text in map(clean_line, items) if text]
        text = _("Hier muss eine Liste von Texten stehen.")
        self.problems.append(Problem(text, line.number, name, json.dumps(value)))
        return []

    def _keys(self, line: Line, name: str, words: Mapping[str, str]) -> list[str]:
        """Look each value up; one that holds several values is cut by the vocabulary."""
        keys: list[str] = []
        for text in self._items(line, name):
            found = cut(text, words, separated=True)
            if text in words:
                keys.append(words[text])
            elif found.is_complete:
                keys += found.keys
            elif not found.is_ambiguous and (key := self.new_words.key_of(name, text)):
                keys.append(key)
            else:
                problem = (
                    _("Der Wert lässt sich verschieden zerlegen.")
                    if found.is_ambiguous
                    else _("Dieser Wert ist unbekannt.")
                )
                self.problems.append(Problem(problem, line.number, name, found.leftover or text))
        return keys


class Structured:
    """What such a file holds; raises `UnreadableError` with all that is wrong."""

    def __init__(self, lines: Lines, columns: int) -> None:
        self.entries = lines.entries()
        self.columns = columns
        self.new_words = list(lines.new_words.found.values())


def entries_from_cells(header: list[str], rows: list[list[str]], known: Known) -> Structured:
    lines = Lines(known)
    lines.refuse_unknown(header)
    twice = {name for name in header if header.count(name) > 1}
    lines.problems += [Problem(_("Diese Spalte gibt es zweimal."), column=c) for c in sorted(twice)]
    for number, row in enumerate(rows, 2):
        lines.add(number, zip(header, row, strict=True))
    return Structured(lines, len(header))


def entries_from_json(text: str, known: Known) -> Structured:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse(_("Die Datei ist keine lesbare JSON-Datei.")) from error
    rows = content.get("criteria") if isinstance(content, dict) else content
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise refuse(_("Die Datei enthält keine Liste von Kriterien."))
    lines = Lines(known)
    lines.refuse_unknown(name for row in rows for name in row)
    for number, row in enumerate(rows, 1):
        lines.add(number, row.items())
    return Structured(lines, len({name for row in rows for name in row}))
