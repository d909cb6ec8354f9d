"""A file in any of its formats, read completely or not at all."""

import hashlib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from criteria.catalogue.importing.checking import problems_of
from criteria.catalogue.importing.columns import EXPORT_COLUMNS
from criteria.catalogue.importing.dump import FIRST_COLUMNS, read_dump
from criteria.catalogue.importing.entries import Entry
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.problems import UnreadableError, refuse
from criteria.catalogue.importing.recognising import recognised
from criteria.catalogue.importing.spreadsheets import csv_lines, xlsx_lines
from criteria.catalogue.importing.structured import (
    Structured,
    entries_from_cells,
    entries_from_json,
)
from criteria.catalogue.importing.vocabulary import NewWord

LARGEST = 1_000_000  # bytes; the known export has 140 000


@dataclass(frozen=True)
class Reading:
    """All that a file holds; `notes` are gaps that a curator should know of.

    `new_words` are used by entries, and have to be added before these can become a version.
    """

    entries: tuple[Entry, ...]
    columns: int
    content: bytes
    notes: tuple[str, ...] = field(default=())
    new_words: tuple[NewWord, ...] = field(default=())

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read(name: str, content: bytes, known: Known) -> Reading:
    """Return what the file says, or raise `UnreadableError` with all that is wrong."""
    if len(content) > LARGEST:
        raise refuse(_("Die Datei ist zu groß. Erlaubt ist 1 Megabyte."))
    reading = _read(name, content, known)
    if problems := problems_of(reading.entries):
        raise UnreadableError(problems)
    return reading


def _read(name: str, content: bytes, known: Known) -> Reading:
    ending = name.lower().rpartition(".")[2]
    if ending == "xlsx":
        return _structured(entries_from_cells(*xlsx_lines(content), known), content)
    text = _text(content)
    if text.startswith(FIRST_COLUMNS):
        entries, notes = recognised(read_dump(text, known), known)
        return Reading(tuple(entries), len(EXPORT_COLUMNS), content, tuple(notes))
    if ending == "json" or text.lstrip()[:1] in {"[", "{"}:
        return _structured(entries_from_json(text, known), content)
    return _structured(entries_from_cells(*csv_lines(text), known), content)


def _structured(found: Structured, content: bytes) -> Reading:
    words = tuple(found.new_words)
    return Reading(tuple(found.entries), found.columns, content, new_words=words)


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = content[: error.start].count(b"\n") + 1
        message = _("Zeile %(row)s der Datei ist nicht in UTF-8 geschrieben.") % {"row": place}
        raise refuse(message) from error
    if not text.strip():
        raise refuse(_("Die Datei ist leer."))
    return text
