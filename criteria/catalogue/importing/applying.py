"""Entries become a new version, whole or not at all."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from criteria.catalogue.criteria import Criterion
from criteria.catalogue.importing.entries import FIELDS, TERM_FIELDS, Entry
from criteria.catalogue.models import Catalogue
from criteria.catalogue.terms import Term

LINKS = {*TERM_FIELDS, "related", "scaling_driver"}


@transaction.atomic
def make_draft(
    entries: Iterable[Entry],
    *,
    at: datetime,
    source: str,
    title: str = "",
    based_on: Catalogue | None = None,
) -> Catalogue:
    catalogue = Catalogue.objects.create(
        number=Catalogue.objects.next_number(),
        title=title or (based_on.title if based_on else "Phasenbasierter Kriterienkatalog"),
        source=source[:300],
        imported_at=at,
        based_on=based_on,
    )
    _fill(catalogue, list(entries))
    return catalogue


def _fill(catalogue: Catalogue, entries: list[Entry]) -> None:
    """Write all rows at once; the version itself is their history so far."""
    terms = {(term.kind, term.key): term.pk for term in Term.objects.all()}
    rows = Criterion.objects.bulk_create(
        Criterion(
            catalogue=catalogue,
            scaling_driver_id=terms[Term.Kind.SCALING_DRIVER, entry.scaling_driver],
            **{name: _plain(getattr(entry, name)) for name in FIELDS if name not in LINKS},
        )
        for entry in entries
    )
    made = {row.key: row.pk for row in rows}
    named, related = Criterion.terms.through, Criterion.related.through
    named.objects.bulk_create(
        named(criterion_id=made[entry.key], term_id=terms[kind, key])
        for entry in entries
        for name, kind in TERM_FIELDS.items()
        for key in getattr(entry, name)
    )
    related.objects.bulk_create(
        related(from_criterion_id=made[entry.key], to_criterion_id=made[key])
        for entry in entries
        for key in entry.related
    )


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
