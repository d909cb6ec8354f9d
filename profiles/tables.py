"""Tables for the office: CSV and Excel, with no text that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from profiles.xml import writable

Cell = str | int | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(cell: Cell) -> Cell:
    """Keep a spreadsheet from running a text as a formula: put an apostrophe before it.

    After the advice of OWASP on CSV injection: = + - @, tab and line break begin a formula.
    """
    starts_formula = isinstance(cell, str) and cell.startswith(
        ("=", "+", "-", "@", "\t", "\r", "\n")
    )
    return f"'{cell}" if starts_formula else cell


def guarded(cell: Cell) -> Cell:
    """Like `harmless`, for files that are read again: `unguarded` gives the text back exactly."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith("'") else harmless(cell)


def unguarded(cell: str) -> str:
    """Drop the apostrophe before what a spreadsheet would run, or before an apostrophe."""
    is_guarded = cell[:1] == "'" and cell[1:2] in {"'", "=", "+", "-", "@", "\t", "\r", "\n"}
    return cell[1:] if is_guarded else cell


class _Echo:
    def write(self, line: str) -> str:
        return line


def as_csv(table: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the lines of a file that a German Excel opens: semicolons, byte order mark."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    for row in table:
        yield writer.writerow(row)


def as_xlsx(
    table: Iterable[Sequence[Cell]],
    title: str,
    *,
    columns: int,
    about: Sequence[Sequence[Cell]] = (),
) -> bytes:
    """Return a book; `about` says on a second sheet where the table is from."""
    book = Workbook(write_only=True)
    _fill(book.create_sheet(title), table, columns)
    if about:
        _fill(book.create_sheet(_("Über diese Datei")), about, 2)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(sheet: Any, table: Iterable[Sequence[Cell]], columns: int) -> None:
    sheet.freeze_panes = "B2"
    for number in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 28
    for row in table:
        sheet.append([_written(sheet, cell) for cell in row])


def _written(sheet: Any, cell: Cell) -> Any:
    """Leave out what the format cannot hold, and show the lines of a text as lines.

    A formula may come to light thereby, which `harmless` could not see before.
    """
    if not isinstance(cell, str):
        return cell
    text = str(harmless(writable(cell)))
    if "\n" not in text:
        return text
    wrapped = WriteOnlyCell(sheet, text)
    wrapped.alignment = Alignment(wrap_text=True, vertical="top")
    return wrapped


def download(content: bytes, name: str) -> HttpResponse:
    kind = "application/pdf" if name.endswith(".pdf") else XLSX
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
