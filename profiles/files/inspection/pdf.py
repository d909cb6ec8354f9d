"""PDF: opened, read to its last object, and refused when it could do anything but be read."""

import logging
from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

from profiles.files.inspection.kinds import RefusedError

MOST_OBJECTS = 100_000
DEEPEST = 60
TRAILING = 1024  # what some programs put behind the end
ACTIVE = frozenset({"/JavaScript", "/JS", "/Launch", "/RichMedia", "/SubmitForm", "/ImportData"})
EMBEDDED = frozenset({"/EmbeddedFile", "/EmbeddedFiles"})
# Whatever a broken file makes the reader raise.
BROKEN = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    OSError,
    AssertionError,
    NotImplementedError,
    OverflowError,
)

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of each oddity of each file


def check(content: bytes) -> None:
    """Raise RefusedError unless it is a whole PDF that is only to be read."""
    end = content.rfind(b"%%EOF")
    if not content.startswith(b"%PDF-") or end < 0 or len(content) - end > TRAILING:
        raise _broken()
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise RefusedError(
                gettext("Das PDF ist verschlüsselt. Bitte speichern Sie es ohne Passwort.")
            )
        len(reader.pages)
        names = set(_names(reader))
    except BROKEN as broken:
        raise _broken() from broken
    if names & ACTIVE:
        raise RefusedError(
            gettext(
                "Das PDF enthält ein Skript oder startet etwas. Bitte speichern Sie es ohne "
                "aktive Inhalte, zum Beispiel als PDF/A."
            )
        )
    if names & EMBEDDED:
        raise RefusedError(
            gettext("In das PDF sind andere Dateien eingebettet. Bitte speichern Sie es ohne sie.")
        )


def _names(reader: PdfReader) -> Iterator[str]:
    """Every name in every object that the file lists, used or not."""
    keys = {(number, generation) for generation, ids in reader.xref.items() for number in ids}
    keys |= {(number, 0) for number in reader.xref_objStm}
    if len(keys) > MOST_OBJECTS:
        raise _broken()
    yield from _names_within(reader.trailer, DEEPEST)
    for number, generation in keys:
        if (number, generation) == (0, 65535) or reader.xref_free_entry.get(generation, {}).get(
            number
        ):
            continue
        found = reader.get_object(IndirectObject(number, generation, reader))
        if found is not None:
            yield from _names_within(found, DEEPEST)


def _names_within(thing: PdfObject | object, depth: int) -> Iterator[str]:
    if depth == 0:
        raise _broken()
    match thing:
        case DictionaryObject():
            for key in thing:
                yield str(key)
                yield from _names_within(thing.raw_get(key), depth - 1)
        case ArrayObject():
            for item in list.__iter__(thing):
                yield from _names_within(item, depth - 1)
        case NameObject():
            yield str(thing)


def _broken() -> RefusedError:
    return RefusedError(gettext("Das PDF ist beschädigt oder kein vollständiges PDF."))
