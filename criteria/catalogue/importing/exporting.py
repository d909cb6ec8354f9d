"""A version as a file that can be read again and then changes nothing."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from criteria.catalogue.importing.entries import FIELDS, TERM_FIELDS, Entry
from criteria.catalogue.models import Catalogue
from criteria.catalogue.terms import Kind, Term
from profiles.tables import Cell, as_csv, as_xlsx, guarded


def as_json_file(catalogue: Catalogue, entries: Iterable[Entry]) -> str:
    about = {"number": catalogue.number, "title": catalogue.title, "source": catalogue.source}
    content = {"catalogue": about, "criteria": [asdict(entry) for entry in entries]}
    return json.dumps(content, ensure_ascii=False, indent=1)


def as_csv_file(entries: Iterable[Entry]) -> str:
    return "".join(as_csv(table(entries)))


def as_xlsx_file(catalogue: Catalogue, entries: Iterable[Entry]) -> bytes:
    return as_xlsx(table(entries), f"Fassung {catalogue.number}", columns=len(FIELDS))


def table(entries: Iterable[Entry]) -> Iterator[list[Cell]]:
    """Yield the header and a row for each criterion; several values stand one a line."""
    names = _names()
    yield list(FIELDS)
    for entry in entries:
        yield [guarded(_cell(entry, name, names)) for name in FIELDS]


def _names() -> dict[tuple[str, str], str]:
    """How each term is written: by its name, or by its key where others share the name."""
    terms = list(Term.objects.all())
    used = Counter((term.kind, text) for term in terms for text in {term.name_de, term.label})
    return {
        (term.kind, term.key): term.name_de
        if used[term.kind, term.name_de] == 1 and "\n" not in term.name_de
        else term.key
        for term in terms
    }


def _cell(entry: Entry, name: str, names: dict[tuple[str, str], str]) -> Cell:
    value: Any = getattr(entry, name)
    if name == "scaling_driver":
        return names.get((Kind.SCALING_DRIVER, value), str(value))
    if name in TERM_FIELDS:
        kind = TERM_FIELDS[name]
        return "\n".join(names.get((kind, key), key) for key in value)
    return "\n".join(value) if isinstance(value, tuple) else value
