"""The comparison for the file: as a book for Excel and as a paper."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.comparison.choice import Choice
from profiles import documents
from profiles.tables import Cell, as_xlsx, harmless


def reservation() -> str:
    """Return what must stand on every export: whose words these are."""
    return _("Angaben der Anbieter, ungeprüft, soweit nicht anders vermerkt.")


def as_of(at: datetime) -> str:
    return date_format(at, "DATETIME_FORMAT")


def _table(choice: Choice) -> Iterator[list[str]]:
    yield [_("Merkmal"), *(solution.title for solution in choice.solutions)]
    for row in choice.rows:
        yield [row.label, *row.texts]


def xlsx(choice: Choice, *, address: str, at: datetime) -> bytes:
    about: list[list[Cell]] = [
        [_("Stand"), as_of(at)],
        [_("Adresse dieses Vergleichs"), address],
        [_("Umfang"), _scope(choice)],
        [_("Hinweis"), reservation()],
    ]
    table = ([harmless(cell) for cell in row] for row in _table(choice))
    return as_xlsx(table, _("Vergleich"), columns=len(choice.solutions) + 1, about=about)


def pdf(choice: Choice, *, address: str, at: datetime) -> bytes:
    head, *rows = _table(choice)
    blocks: list[documents.Block] = [
        documents.Paragraph(_("Stand: %(date)s") % {"date": as_of(at)}),
        documents.Paragraph(_("Adresse dieses Vergleichs:"), url=address),
        documents.Paragraph(_scope(choice)),
        documents.Paragraph(reservation()),
        documents.Heading(_("Gegenüberstellung")),
        documents.Table(head, rows),
    ]
    return documents.render(_("Vergleich von Lösungen"), blocks, get_language() or "de")


def _scope(choice: Choice) -> str:
    if choice.only_differences:
        return _("Nur Angaben, in denen sich die Lösungen unterscheiden.")
    return _("Alle Angaben, die verglichen werden.")
