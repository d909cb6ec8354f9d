from io import BytesIO

import pytest
from pypdf import PdfReader

from profiles.documents import Heading, Items, Paragraph, Table, render

BLOCKS = [
    Paragraph("Stand: 1. Mai 2026", url="https://markt.example/vergleich/?solution=a&solution=b"),
    Heading("Übersicht"),
    Items(["erstens", "zweitens"]),
    Table(["Merkmal", "A", "B"], [["Phase", "P1", "P2"], ["Preis", "1 €", "keine\nAngabe"]]),
    Heading("Einzelheiten", level=2),
]


def paper(blocks=BLOCKS, title="Vergleich", language="de") -> PdfReader:
    return PdfReader(BytesIO(render(title, blocks, language)))


def text(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def tags(element, depth=0):
    """Yield each element of the structure tree as (tag, scope)."""
    below = element.get_object().get("/K", [])
    below = below.get_object() if hasattr(below, "get_object") else below
    for child in below if isinstance(below, list) else [below]:
        child = child.get_object()
        if isinstance(child, dict) and "/S" in child:
            given = child.get("/A", [])
            attributes = given if isinstance(given, list) else [given]
            scopes = [of.get_object().get("/Scope") for of in attributes]
            yield str(child["/S"]), next((str(scope) for scope in scopes if scope), "")
            yield from tags(child)


@pytest.mark.parametrize(("language", "tag"), [("de", "de-DE"), ("en", "en-GB")])
def test_a_paper_says_its_title_and_language(language, tag):
    reader = paper(language=language)
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Vergleich"
    assert root["/Lang"] == tag
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value


def test_a_paper_claims_the_standard_for_accessible_pdf():
    metadata = paper().trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_headings_lists_and_tables_are_tagged():
    found = [tag for tag, _scope in tags(paper().trailer["/Root"]["/StructTreeRoot"])]
    for tag in ("/Title", "/H1", "/H2", "/P", "/L", "/LI", "/Link", "/Table", "/THead", "/TBody"):
        assert tag in found


def test_columns_and_rows_have_headers():
    found = list(tags(paper().trailer["/Root"]["/StructTreeRoot"]))
    headers = [scope for tag, scope in found if tag == "/TH"]
    assert headers == ["/Column"] * 3 + ["/Row"] * 2
    assert [tag for tag, _scope in found].count("/TD") == 4


def test_headings_are_bookmarks():
    first, below = paper().outline
    assert first.title == "Übersicht"
    assert [entry.title for entry in below] == ["Einzelheiten"]


def test_no_text_is_read_as_markup():
    said = text(paper([Paragraph('#panic("x") $y$ *fett* @ref <a> // Ende')]))
    assert '#panic("x") $y$ *fett* @ref <a> // Ende' in said


def test_a_long_table_goes_on_over_pages():
    reader = paper([Table(["Nr.", "Text"], [[str(n), "Wort " * 40] for n in range(80)])])
    assert len(reader.pages) > 3
    assert [tag for tag, _ in tags(reader.trailer["/Root"]["/StructTreeRoot"])].count("/TH") == 82


@pytest.mark.parametrize(("columns", "is_turned"), [(3, False), (4, True)])
def test_a_wide_table_turns_the_paper(columns, is_turned):
    box = paper([Table(["x"] * columns, [["y"] * columns])]).pages[0].mediabox
    assert (box.width > box.height) is is_turned


def test_a_checksum_stays_on_the_paper_and_whole():
    checksum = "0123456789abcdef" * 4
    found = text(paper([Table(["a", "b", "c", "d"], [["", "", "", checksum]])]))
    assert checksum in "".join(found.split())
    assert checksum not in found  # it takes two lines


def test_an_empty_table_is_no_trouble():
    assert "Merkmal" in text(paper([Table(["Merkmal", "A"], [])]))
