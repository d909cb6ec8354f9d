"""The hits of the list as a table for the office."""

import csv
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from profiles.models import Solution

Cell = str | int | None

COLUMNS: list[tuple[object, Callable[[Solution], Cell]]] = [
    (gettext_lazy("Lösung"), lambda solution: solution.title),
    (gettext_lazy("Anbieter"), lambda solution: solution.provider.organisation.name),
    (gettext_lazy("Kurz gesagt"), lambda solution: solution.teaser),
    (gettext_lazy("Phase"), lambda solution: solution.get_phase_display()),
    (gettext_lazy("Themen"), lambda solution: _list(solution.topics.all())),
    (gettext_lazy("Standards"), lambda solution: _list(solution.claims.all())),
    (gettext_lazy("Lizenz"), lambda solution: solution.get_licence_display()),
    (gettext_lazy("Betrieb"), lambda solution: _list(solution.hosting_labels)),
    (gettext_lazy("Preis ab (Euro je Jahr, netto)"), lambda solution: solution.price_from_eur),
    (
        gettext_lazy("Angeboten in"),
        lambda solution: _list(solution.regions.all()) or _("bundesweit"),
    ),
    (gettext_lazy("ab Einwohner:innen"), lambda solution: solution.min_population),
    (gettext_lazy("bis Einwohner:innen"), lambda solution: solution.max_population),
    (gettext_lazy("Referenzen"), lambda solution: solution.reference_count),  # type: ignore[attr-defined]
    (gettext_lazy("Adresse"), lambda solution: solution.get_absolute_url()),
]


def _list(items: Iterable[object]) -> str:
    return "; ".join(str(item) for item in items)


def harmless(cell: Cell) -> Cell:
    """Keep a spreadsheet from running a text as a formula: put an apostrophe before it.

    After the advice of OWASP on CSV injection: = + - @, tab and line break begin a formula.
    """
    starts_formula = isinstance(cell, str) and cell.startswith(
        ("=", "+", "-", "@", "\t", "\r", "\n")
    )
    return f"'{cell}" if starts_formula else cell


def rows(solutions: Iterable[Solution], base: str) -> Iterator[list[Cell]]:
    """Yield the heading and a row a solution; `base` makes addresses absolute."""
    yield [str(heading) for heading, _cell in COLUMNS]
    for solution in solutions:
        cells = [harmless(cell(solution)) for _heading, cell in COLUMNS]
        yield [*cells[:-1], f"{base}{cells[-1]}"]


class _Echo:
    def write(self, line: str) -> str:
        return line


def as_csv(table: Iterable[list[Cell]]) -> Iterator[str]:
    """Yield the lines of a file that a German Excel opens: semicolons, byte order mark."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    for row in table:
        yield writer.writerow(row)


def as_xlsx(table: Iterable[list[Cell]], title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for number in range(1, len(COLUMNS) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 28
    for row in table:
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()
