"""A version as a file: reading it again changes nothing."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from criteria.catalogue import built_in
from criteria.catalogue.importing import exporting
from criteria.catalogue.importing.entries import FIELDS, entries_of, entry_from
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.reading import read
from criteria.catalogue.importing.run import Import
from criteria.models import Catalogue, Criterion, Term
from profiles.tables import guarded, unguarded
from tests.factories import LONG_AGO, make_catalogue, make_criterion, make_term

FORMULAS = ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "'=1", "'", "''a"]


def exported(catalogue: Catalogue, name: str) -> bytes:
    entries = entries_of(catalogue)
    if name.endswith(".xlsx"):
        return exporting.as_xlsx_file(catalogue, entries)
    if name.endswith(".csv"):
        return exporting.as_csv_file(entries).encode()
    return exporting.as_json_file(catalogue, entries).encode()


@pytest.mark.parametrize("name", ["katalog.json", "katalog.csv", "katalog.xlsx"])
def test_importing_an_export_changes_nothing(db, name):
    built_in.load(at=LONG_AGO)
    criterion = Criterion.objects.current().get(number=3)
    criterion.title_de, criterion.milestone = "=1+1", "'@x"
    criterion.summary_de = 'Zwei\r\nZeilen; „Zitat“, "Anführung"'
    criterion.save()
    found = Import.of(name, exported(criterion.catalogue, name), at=LONG_AGO)
    assert not found.differences
    assert found.apply(at=LONG_AGO) is None


def test_an_edited_table_becomes_a_draft_that_says_what_changed(db):
    built_in.load(at=LONG_AGO)
    before = Catalogue.objects.current().get()
    table = exported(before, "katalog.csv").decode()
    edited = table.replace("Proof of Value;", "Nachweis des Nutzens;", 1)
    found = Import.of("katalog.csv", edited.encode(), at=LONG_AGO)
    (changed,) = found.differences.changed
    assert [(c.field, c.before, c.after) for c in changed.changes] == [
        ("title_de", "Proof of Value", "Nachweis des Nutzens")
    ]
    draft = found.apply(at=LONG_AGO)
    assert draft is not None
    assert (draft.is_draft, draft.based_on) == (True, before)


def test_a_table_with_the_columns_of_the_export_keeps_what_it_has_no_column_for(db):
    catalogue = make_catalogue(state="published")
    make_term(Term.Kind.WORKSTREAM, "technisch", name_de="Technisch")
    make_term(Term.Kind.WORKSTREAM, "finanziell", name_de="Finanziell")
    make_criterion(catalogue, title_de="Proof of Value, erweitert", summary_de="Eigene Worte")
    table = (
        "Kriterium,Workstream,(ab) Phase\n"
        '"Proof of Value, erweitert","Finanziell, Technisch",P3 Pilot\n'
    )
    known = Known.load(entries_of(catalogue))
    (entry,) = read("notion.csv", table.encode(), known).entries
    assert entry.workstreams == ("finanziell", "technisch")
    assert (entry.phase, entry.summary_de) == ("P3", "Eigene Worte")


def test_no_cell_of_an_export_begins_a_formula(db):
    for own in FORMULAS:
        make_criterion(title_de=own, summary_de=own, milestone=own)
    catalogue = Catalogue.objects.current().get()
    rows = list(csv.reader(StringIO(exported(catalogue, "x.csv").decode()), delimiter=";"))
    sheet = load_workbook(BytesIO(exported(catalogue, "x.xlsx"))).worksheets[0]
    cells = [cell for row in rows for cell in row]
    cells += [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type != "n"]
    assert [cell for cell in cells if cell and cell[0] in "=+-@\t\r\n"] == []


@given(st.text())
def test_a_guarded_text_comes_back_as_it_was(text):
    assert unguarded(str(guarded(text))) == text


TEXT = st.text(max_size=30)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=TEXT, summary=TEXT, questions=st.lists(TEXT, max_size=3), titles=st.lists(TEXT))
def test_any_text_survives_the_table(title, summary, questions, titles):
    entry = entry_from(
        {
            "number": 1,
            "key": "eins",
            "title_de": f"T{title}",
            "summary_de": summary,
            "guiding_questions_de": questions,
            "related_unresolved": titles,
            "phase": "P1",
            "scaling_driver": "scan-environment",
        }
    )
    known = Known(tuple(built_in.built_in_terms()), ())
    cells = [
        guarded("\n".join(v) if isinstance(v, tuple) else v)
        for v in map(entry.__getattribute__, FIELDS)
    ]
    lines = "".join(exporting.as_csv([list(FIELDS), cells]))
    assert read("x.csv", lines.encode(), known).entries == (entry,)
