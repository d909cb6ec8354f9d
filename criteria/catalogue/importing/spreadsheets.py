"""The cells of a CSV or Excel file, as text."""

import csv
import zipfile
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from criteria.catalogue.importing.problems import Problem, UnreadableError, refuse
from profiles.tables import unguarded

MOST_ROWS, MOST_COLUMNS = 2_000, 100
LARGEST_UNPACKED = 40_000_000  # bytes

Lines = list[list[str]]


def csv_lines(text: str) -> tuple[list[str], Lines]:
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise refuse(_("Die Datei ist keine lesbare CSV-Datei.")) from error
    return _framed(lines)


def xlsx_lines(content: bytes) -> tuple[list[str], Lines]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise refuse(_("Die Datei ist zu groß. Erlaubt ist 1 Megabyte."))
        book = load_workbook(BytesIO(content), read_only=True)
        sheet = book.worksheets[0]
        cells = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        lines = [[_shown(cell) for cell in row] for row in cells]
    except UnreadableError:
        raise
    except Exception as error:  # a damaged book raises whatever its damaged part is read with
        raise refuse(_("Die Datei ist keine lesbare Excel-Datei.")) from error
    return _framed(_without_empty_end(line) for line in lines)


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    is_whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if is_whole else str(cell)


def _without_empty_end(line: list[str]) -> list[str]:
    filled = [number for number, cell in enumerate(line, 1) if cell.strip()]
    return line[: max(filled, default=0)]


def _framed(lines: Iterable[list[str]]) -> tuple[list[str], Lines]:
    """Return the header, and each row at its width; a row that is wider names what is over."""
    filled = [line for line in lines if any(cell.strip() for cell in line)]
    header = [name.strip() for name in filled[0]] if filled else []
    rows: Lines = []
    problems = []
    for number, line in enumerate(filled[1:], 2):
        over = [cell for cell in line[len(header) :] if cell.strip()]
        if over:
            text = _("Die Zeile hat mehr Zellen als die Kopfzeile.")
            problems.append(Problem(text, number, leftover=over[0]))
        cells = [unguarded(cell) for cell in line[: len(header)]]
        rows.append(cells + [""] * (len(header) - len(cells)))
    if problems:
        raise UnreadableError(problems)
    return header, rows
