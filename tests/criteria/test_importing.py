"""Reading the raw export: what it holds, what is refused, and that nothing is half imported."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from criteria.catalogue import built_in
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.problems import UnreadableError
from criteria.catalogue.importing.reading import read
from criteria.models import Catalogue, Criterion, Term
from tests.factories import LONG_AGO

OWN_DUMP = Path(__file__).parent / "data" / "dump.txt"
SHARED = Path(__file__).parents[3] / "shared" / "catalogue"


@pytest.fixture(scope="module")
def known():
    return Known(tuple(built_in.built_in_terms()), built_in.built_in_entries())


@pytest.fixture
def catalogue(db):
    built_in.load(at=LONG_AGO)
    return Catalogue.objects.current().get()


def rows(known, text=None):
    text = OWN_DUMP.read_text() if text is None else text
    return read("dump.txt", text.encode(), known)


def problems(known, text, name="dump.txt"):
    with pytest.raises(UnreadableError) as refusal:
        read(name, text.encode(), known)
    return [str(problem) for problem in refusal.value.problems]


def changed(old, new):
    text = OWN_DUMP.read_text()
    assert old in text
    return text.replace(old, new, 1)


def test_values_run_together_are_cut_even_where_they_hold_the_separator(known):
    first = rows(known).entries[0]
    assert first.phase == "P2"
    assert first.workstreams == ("finanziell", "technisch")
    assert first.stakeholders == ("buerger-innen", "kommune", "staedtischer-konzern")
    assert first.sub_phases == (
        "horizontal-scaling",
        "ideation-proof-of-concept",
        "pilot",
        "prototyping-mvp",
        "vertical-anchoring",
    )


def test_relations_are_cut_at_titles_and_those_without_a_row_keep_their_title(known):
    first = rows(known).entries[0]
    assert first.related == ()  # the small dump holds none of their rows
    assert first.related_unresolved == (
        "Data Governance Strategie (Teil des PoC)",
        "Exit Strategie",
        "Impact Narrative und Strategie",
        "Proof of Concept",
    )


def test_names_of_good_practices_are_cut_whatever_they_end_in(known):
    second = rows(known).entries[1]
    assert second.good_practices == (
        "5-fuer-suedwestfalen",
        "coworkland",
        "kaiserslautern-moderne-verwaltung",
        "mokwi-plattform",
        "terra-concordia",
    )
    assert len(second.mechanisms) == 2


def test_missing_cells_are_empty(known):
    third = rows(known).entries[2]
    assert (third.mechanism_categories, third.workstreams, third.sub_phases) == ((), (), ())
    assert third.sub_drivers == ("attract-large-capital",)


def test_a_row_that_breaks_off_says_so(known):
    assert rows(known).entries[3].source_truncated == "Die Zeile bricht im Export ab."


def test_a_row_that_nobody_knows_is_marked_as_without_title(known):
    reading = rows(known)
    assert reading.entries[0].title_source == Criterion.TitleSource.MISSING
    assert "Zeile 1 ist neu; sie braucht einen Titel." in reading.notes


def test_an_unknown_value_is_named_with_row_column_and_leftover(known):
    text = changed("TechnischFinanziell", "TechnischMagisch")
    (problem,) = problems(known, text)
    assert problem.startswith("Zeile 1, Spalte „Workstream“")
    assert "„Magisch" in problem


def test_an_unknown_relation_is_named_and_not_taken_for_prose(known):
    (problem,) = problems(known, changed("Exit Strategie", "Exit Stratege"))
    assert "Zeile 1, Spalte „Rel. V&T Kriterien“" in problem
    assert "„Exit StrategeImpact" in problem


def test_an_unknown_good_practice_is_named(known):
    (problem,) = problems(known, changed("CoWorkLand e.G.", "CoWorkLand AG"))
    assert "Zeile 2, Spalte „👌 Good Practice“" in problem


def test_a_value_that_stands_twice_is_refused(known):
    (problem,) = problems(known, changed("KommuneBürger:innen", "KommuneKommune"))
    assert "steht zweimal" in problem


@pytest.mark.parametrize(
    "value", [" | P2 Prototyping / MvP", " | Umgebung scannen und Chancen erkennen"]
)
def test_a_row_has_exactly_one_phase_and_one_driver(known, value):
    (problem,) = problems(known, changed(value, ""))
    assert "genau ein Wert" in problem


def test_a_row_that_ends_before_the_people_is_refused(known):
    text = OWN_DUMP.read_text().removesuffix(" | U Untitled |")
    (problem,) = problems(known, text)
    assert problem.startswith("Zeile 4, Spalte „Created by“")


def test_a_row_that_stands_twice_is_refused(known):
    lines = OWN_DUMP.read_text().split("\n")
    (problem,) = problems(known, "\n".join([*lines, lines[2]]))
    assert problem == "Zeile 5: Die Zeile wiederholt Zeile 1."


def test_another_header_is_refused(known):
    found = problems(known, changed("Sub-Driver", "Untertreiber"))
    assert found == [
        "Spalte „Sub-Driver“: Die Kopfzeile nennt nicht die 25 erwarteten Spalten in ihrer "
        "Reihenfolge. (Rest: „Untertreiber“)"
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"Kriterium | V&T Mechanismen |", b"{}"])
def test_what_is_no_catalogue_is_refused(known, content):
    with pytest.raises(UnreadableError):
        read("export", content, known)


def test_the_own_dump_becomes_a_draft_with_the_notes_of_its_gaps(catalogue):
    out = StringIO()
    call_command("import_criteria", OWN_DUMP, stdout=out)
    draft = Catalogue.objects.drafts().get()
    assert draft.based_on == catalogue
    assert draft.criteria.count() == 4
    assert "4 neu, 0 geändert, 70 entfallen" in out.getvalue()


def test_a_dry_run_keeps_nothing(catalogue):
    call_command("import_criteria", OWN_DUMP, dry_run=True, stdout=StringIO())
    assert not Catalogue.objects.drafts().exists()


def test_a_file_with_one_bad_row_imports_none(catalogue, tmp_path):
    bad = tmp_path / "dump.txt"
    bad.write_text(changed("KommunePrivatwirtschaft", "KommuneHofnarr"))
    with pytest.raises(CommandError, match="Hofnarr"):
        call_command("import_criteria", bad)
    assert list(Catalogue.objects.all()) == [catalogue]


def test_a_file_that_is_not_there_is_named(db):
    with pytest.raises(CommandError, match="nirgends"):
        call_command("import_criteria", "nirgends.txt")


def test_loading_the_built_in_catalogue_twice_changes_nothing(catalogue):
    Term.objects.filter(key="pilot").update(name_de="Erprobung")
    assert set(built_in.load(at=LONG_AGO).values()) == {0}
    assert Term.objects.get(key="pilot").name_de == "Erprobung"


@pytest.mark.skipif(not SHARED.exists(), reason="the raw export is not part of the repository")
def test_the_raw_export_agrees_with_the_known_counts_and_changes_nothing(catalogue):
    out = StringIO()
    call_command("import_criteria", SHARED / "notion-dump.txt", json=True, stdout=out)
    facts = json.loads((SHARED / "facts.json").read_text(encoding="utf-8"))
    assert json.loads(out.getvalue()) == facts
    assert list(Catalogue.objects.all()) == [catalogue]


@pytest.mark.skipif(not SHARED.exists(), reason="the raw export is not part of the repository")
def test_the_shared_criteria_and_the_built_in_ones_say_the_same(catalogue):
    out = StringIO()
    call_command("import_criteria", SHARED / "criteria.json", stdout=out)
    assert "0 neu, 0 geändert, 0 entfallen" in out.getvalue()
