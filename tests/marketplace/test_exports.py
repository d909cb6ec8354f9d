import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from profiles.tables import as_xlsx, harmless
from tests.factories import make_deployment, make_solution


def csv_rows(response) -> list[list[str]]:
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


@pytest.mark.django_db
def test_csv_holds_the_hits_with_absolute_addresses(client):
    solution = make_solution(title="Formulare", phase="P3")
    make_deployment(solution)
    make_solution(phase="P4")
    heading, row = csv_rows(client.get(reverse("solutions_csv"), {"phase": "P3"}))
    cells = dict(zip(heading, row, strict=True))
    assert cells["Lösung"] == "Formulare"
    assert cells["Referenzen"] == "1"
    assert cells["Adresse"] == f"http://testserver{solution.get_absolute_url()}"


@pytest.mark.django_db
def test_xlsx_holds_the_same_rows_as_csv(client):
    for number in range(3):
        make_solution(price_from_eur=number)
    book = load_workbook(BytesIO(client.get(reverse("solutions_xlsx")).content))
    table = [["" if cell is None else str(cell) for cell in row] for row in book.active.values]
    assert table == csv_rows(client.get(reverse("solutions_csv")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_is_run_as_a_formula(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["Formular", -5, None, "", "a=b"])
def test_what_is_no_formula_stays_as_it_is(cell):
    assert harmless(cell) == cell


@pytest.mark.django_db
def test_a_formula_in_a_title_arrives_as_text(client):
    make_solution(title="=HYPERLINK(1)")
    book = load_workbook(BytesIO(client.get(reverse("solutions_xlsx")).content))
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == ("'=HYPERLINK(1)", "s")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["solutions_csv", "solutions_xlsx"])
def test_exports_need_as_many_queries_for_15_rows_as_for_1(
    client, name, django_assert_max_num_queries
):
    make_solution()
    with django_assert_max_num_queries(13) as few:
        list(client.get(reverse(name)))
    for _ in range(14):
        make_solution()
    with django_assert_max_num_queries(len(few)):
        list(client.get(reverse(name)))


def test_a_book_takes_any_text_and_says_where_it_is_from():
    book = as_xlsx([["a\x0bb", "c\nd", 5]], "Blatt", columns=3, about=[["Stand", "heute"]])
    first, second = load_workbook(BytesIO(book)).worksheets
    assert list(first.values) == [("ab", "c\nd", 5)]
    assert first["B1"].alignment.wrap_text
    assert list(second.values) == [("Stand", "heute")]


def test_what_the_format_cannot_hold_hides_no_formula():
    cells = ["\x01=HYPERLINK(1)", harmless("\x0b+1"), harmless("=1"), "'=1", "\ufffeA"]
    [sheet] = load_workbook(BytesIO(as_xlsx([cells], "Blatt", columns=5))).worksheets
    assert [cell.data_type for cell in sheet[1]] == ["s"] * 5
    assert [cell.value for cell in sheet[1]] == ["'=HYPERLINK(1)", "'+1", "'=1", "'=1", "A"]
