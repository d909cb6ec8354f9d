"""Papers for the file: tagged PDF (PDF/UA-1) out of headings, paragraphs, lists and tables.

Typst sets them, out of `documents.typ` beside this module and with the fonts that it ships. Texts
travel as data, so that nothing in them is read as markup.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import typst
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

TEMPLATE = Path(__file__).with_suffix(".typ").read_bytes()
REGIONS = {"de": "DE", "en": "GB"}
WIDEST_UPRIGHT = 3  # a table of more columns turns the paper


@dataclass(frozen=True)
class Heading:
    """Also a bookmark; levels start at 1, below the title, and none may be skipped."""

    text: str
    level: int = 1
    kind: Literal["heading"] = field(default="heading", init=False)


@dataclass(frozen=True)
class Paragraph:
    text: str
    url: str = ""
    kind: Literal["paragraph"] = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Items:
    items: Sequence[str]
    kind: Literal["items"] = field(default="items", init=False)


@dataclass(frozen=True)
class Table:
    """The first row and the first cell of each other row are headers; each row is as long."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    kind: Literal["table"] = field(default="table", init=False)

    @property
    def is_wide(self) -> bool:
        return len(self.head) > WIDEST_UPRIGHT


@dataclass(frozen=True)
class Letterhead:
    """Who the paper comes from, at its head; `accent` ("#rrggbb") colours headings and rules.

    Whoever offers the choice of a colour sees to it that it can be read on white.
    """

    name: str
    address: str = ""
    accent: str = ""
    logo: bytes = b""
    logo_text: str = ""

    @property
    def data(self) -> dict[str, object]:
        return asdict(self) | {"logo": list(self.logo)}


Block = Heading | Paragraph | Items | Table


def render(
    title: str, blocks: Sequence[Block], language: str, *, letterhead: Letterhead | None = None
) -> bytes:
    """Return the paper as a PDF; `language` is "de" or "en", as of the texts in it."""
    code = language[:2]
    data = {
        "title": title,
        "language": code,
        "region": REGIONS[code],
        "wide": any(isinstance(block, Table) and block.is_wide for block in blocks),
        "letterhead": letterhead.data if letterhead else None,
        "blocks": [asdict(block) for block in blocks],
    }
    paper = typst.compile(
        TEMPLATE,
        sys_inputs={"paper": json.dumps(data)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    if not isinstance(paper, bytes):
        raise TypeError("Typst gave no PDF.")
    return _with_row_headers(paper)


def _with_row_headers(paper: bytes) -> bytes:
    """Tag the first cell of each row as its header: Typst's own word for it is not stable yet.

    The scopes then say all; lists of headers, which would name the columns alone, go.
    """
    writer = PdfWriter(clone_from=BytesIO(paper))
    for row in _rows(writer.root_object["/StructTreeRoot"]):
        cells = _children(row)
        for cell in cells:
            for attribute in _attributes(cell):
                attribute.pop(NameObject("/Headers"), None)
        if cells and str(cells[0]["/S"]) == "/TD":
            cells[0][NameObject("/S")] = NameObject("/TH")
            table = next(of for of in _attributes(cells[0]) if str(of["/O"]) == "/Table")
            table[NameObject("/Scope")] = NameObject("/Row")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _rows(element: Any) -> Iterator[DictionaryObject]:
    for child in _children(element):
        if str(child["/S"]) == "/TR":
            yield child
        else:
            yield from _rows(child)


def _children(element: Any) -> list[DictionaryObject]:
    """Return the elements below one, without the marked content."""
    below = element.get_object().get("/K", [])
    listed = below.get_object() if hasattr(below, "get_object") else below
    entries = listed if isinstance(listed, list) else [listed]
    found = [entry.get_object() for entry in entries]
    return [entry for entry in found if isinstance(entry, DictionaryObject) and "/S" in entry]


def _attributes(cell: DictionaryObject) -> list[DictionaryObject]:
    given = cell.get("/A", [])
    listed = given.get_object() if hasattr(given, "get_object") else given
    entries = listed if isinstance(listed, list) else [listed]
    return [entry.get_object() for entry in entries]
