"""The catalogue that the product comes with.

Rows are made where they are missing and otherwise left alone, since curators may have changed
them.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import transaction

from criteria.catalogue.importing.applying import make_draft
from criteria.catalogue.importing.entries import Entry
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.reading import read
from criteria.catalogue.models import Catalogue
from criteria.catalogue.terms import Term

DATA = Path(__file__).parent.parent / "data"
TITLE = "Phasenbasierter Kriterienkatalog"
SOURCE = "Export der Kriterienkarten; Texte, Leitfragen und Nachweise in eigenen Worten"


@transaction.atomic
def load(*, at: datetime) -> dict[str, int]:
    """Make what is missing; return the number of new rows by kind."""
    return {"terms of the catalogue": _load_terms(), "criteria": _load_criteria(at=at)}


def _load_terms() -> int:
    known = set(Term.objects.values_list("kind", "key"))
    missing = [term for term in built_in_terms() if (term.kind, term.key) not in known]
    return len(Term.objects.bulk_create(missing))


def _load_criteria(*, at: datetime) -> int:
    if Catalogue.objects.exists():
        return 0
    entries = built_in_entries()
    make_draft(entries, at=at, source=SOURCE, title=TITLE).publish(at=at)
    return len(entries)


def built_in_terms() -> list[Term]:
    """The vocabulary as it comes, not as curators may have changed it."""
    rows = json.loads((DATA / "terms.json").read_text(encoding="utf-8"))
    return [Term(**row) for row in rows]


@cache
def built_in_entries() -> tuple[Entry, ...]:
    """The known export in our words."""
    content = (DATA / "criteria.json").read_bytes()
    return read("criteria.json", content, Known(tuple(built_in_terms()), ())).entries
