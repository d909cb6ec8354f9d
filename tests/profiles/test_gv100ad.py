import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from profiles.models import Municipality
from tests.factories import make_municipality, make_organisation, make_state

pytestmark = pytest.mark.django_db

TOWN, VILLAGE, CITY, EMPTY_FOREST = "63", "64", "61", "66"


def line(record: str, key: str, name: str, mark: str = "", people: str = "", day="20251231") -> str:
    """Return a line of the format with what we read from it; the rest stays blank."""
    text = f"{record}{day}{key:<12}{name:<50}{'':<50}{mark:<2}{'':<15}{people:>11}"
    return f"{text:<220}"


def district(key="06632", name="Hersfeld-Rotenburg", mark="44", **fields: str) -> str:
    return line("40", key, name, mark, **fields)


def town(key="06632002", name="Bad Hersfeld, Kreisstadt", mark=TOWN, people=30_000, **fields: str):
    return line("60", key, name, mark, f"{people:011}", **fields)


@pytest.fixture
def write(tmp_path):
    def write_file(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "GV100AD.txt"
        path.write_bytes("".join(f"{text}\r\n" for text in lines).encode(encoding))
        return path

    return write_file


@pytest.fixture
def load(write, capsys):
    """Import the lines; return what the command says."""
    make_state("DE-HE")
    make_state("DE-NI")

    def load_lines(*lines: str, encoding: str = "utf-8", **options: object) -> str:
        call_command("import_municipalities", write(*lines, encoding=encoding), **options)
        return capsys.readouterr().out

    return load_lines


@pytest.fixture
def fail(load, capsys):
    """Import lines of which some are wrong; return what is said about them."""

    def load_wrong_lines(*lines: str, **options: object) -> str:
        with pytest.raises(CommandError) as error:
            load(*lines, **options)
        return f"{capsys.readouterr().err}{error.value}"

    return load_wrong_lines


def place(ags: str) -> Municipality:
    return Municipality.objects.get(ags=ags)


def test_a_municipality_is_loaded_with_all_that_the_file_says(load):
    assert "new: 1" in load(town())
    bad_hersfeld = place("06632002")
    assert (bad_hersfeld.name, bad_hersfeld.population) == ("Bad Hersfeld", 30_000)
    assert bad_hersfeld.kind == Municipality.Kind.TOWN
    assert bad_hersfeld.state.code == "DE-HE"
    assert (bad_hersfeld.valid_from, bad_hersfeld.valid_until) == (date(2025, 12, 31), None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp850"])
def test_umlauts_are_read_in_every_encoding_that_was_ever_used(load, encoding):
    load(town(name="Übergroßkäß, Stadt"), encoding=encoding)
    assert place("06632002").name == "Übergroßkäß"


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("60", Municipality.Kind.MUNICIPALITY),
        ("61", Municipality.Kind.INDEPENDENT_CITY),
        ("62", Municipality.Kind.INDEPENDENT_CITY),
        ("63", Municipality.Kind.TOWN),
        ("64", Municipality.Kind.MUNICIPALITY),
        ("67", Municipality.Kind.TOWN),
    ],
)
def test_each_kennzeichen_has_its_kind(load, mark, kind):
    load(town(mark=mark))
    assert place("06632002").kind == kind


def test_a_district_has_the_people_of_its_municipalities(load):
    load(district(), town(people=30_000), town(key="06632018", people=12_000))
    assert place("06632").population == 42_000
    assert place("06632").kind == Municipality.Kind.DISTRICT


@pytest.mark.parametrize(
    ("name", "mark", "shown"),
    [
        ("Kassel", "44", "Landkreis Kassel"),
        ("Plön", "43", "Kreis Plön"),
        ("Schwalm-Eder-Kreis", "44", "Schwalm-Eder-Kreis"),
        ("Region Hannover", "43", "Region Hannover"),
    ],
)
def test_a_district_is_not_named_like_its_city(load, name, mark, shown):
    load(district(name=name, mark=mark), town())
    assert place("06632").name == shown


def test_a_city_of_its_own_is_one_place(load):
    load(district("06611", "Kassel, documenta-Stadt", "41"), town("06611000", "Kassel", CITY))
    assert list(Municipality.objects.values_list("ags", flat=True)) == ["06611000"]


def test_unincorporated_areas_are_skipped_and_counted(load):
    said = load(town(), town("06632200", "Gutsbezirk Wald", EMPTY_FOREST, people=0))
    assert "1 unincorporated" in said
    assert Municipality.objects.count() == 1


def test_states_regions_and_associations_are_no_places(load):
    load(line("10", "06", "Hessen"), line("20", "066", "Kassel"), line("50", "06632", "VG"), town())
    assert Municipality.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (town(key="06632018")[:-1], "219 characters instead of 220"),
        (town(key="0663201x"), "key '0663201x' instead of 8 digits"),
        (town(key="0663201"), "key '0663201' instead of 8 digits"),
        (district(key="066320"), "key '066320' instead of 5 digits"),
        (town(key="99632018"), "key 99632018 of an unknown state"),
        (town(key="03632018"), "key 03632018 among those of state 06"),
        (line("10", "77", "Atlantis"), "unknown state '77'"),
        (town(key="06632018", mark="99"), "unknown Kennzeichen '99' of a municipality"),
        (district(key="06633", mark="99"), "unknown Kennzeichen '99' of a district"),
        (line("60", "06632018", "Bebra", TOWN, "viele"), "population 'viele' is no number"),
        (town(key="06632018", people=999_999_999), "more than Germany has"),
        (town(key="06632018", name=""), "no name"),
        (town(), "key 06632002 for the second time"),
        (town(key="06632018", day="20251331"), "'20251331' is no date"),
        (town(key="06632018", day="20241231"), "is as of 2024-12-31"),
        ("etwas ganz anderes", "unknown record type 'et'"),
    ],
)
def test_a_wrong_line_is_named_and_the_rest_still_loads(fail, wrong, reason):
    said = fail(line("10", "06", "Hessen"), town(), wrong, town(key="06632021", name="Rotenburg"))
    assert f"line 3: {reason}" in said or (said.startswith("line 3: ") and reason in said)
    assert "1 lines were wrong" in said
    assert set(Municipality.objects.values_list("ags", flat=True)) == {"06632002", "06632021"}


def test_nothing_ends_while_a_line_is_wrong(fail):
    make_municipality(ags="06632018")
    assert "1 places are missing" in fail(town(), town(key="06632018")[:-1])
    assert place("06632018").valid_until is None


def test_a_district_sum_with_a_wrong_line_in_it_is_no_news(fail):
    make_municipality(ags="06632", population=120_000, kind=Municipality.Kind.DISTRICT)
    fail(district(), town(people=30_000), town(key="06632018", mark="99"))
    assert place("06632").population == 120_000


def test_what_changed_is_told_with_examples(load):
    load(town(), town("06632018", "Bebra", VILLAGE, 13_000), town("06632021", "Rotenburg"))
    day = "20261031"
    said = load(
        town(people=31_000, day=day),
        town("06632018", "Bebra-Neu", TOWN, 13_000, day=day),
        town("06632099", "Neustadt", day=day),
    )
    for words in (
        "06632002 Bad Hersfeld: 30000 -> 31000",
        "06632018 Bebra-Neu: Bebra -> Bebra-Neu",
        "06632018 Bebra-Neu: municipality -> town",
        "06632099 Neustadt",
        "06632021 Rotenburg: 2026-10-30",
    ):
        assert words in said


def test_a_merged_place_keeps_its_row_and_names_its_successor(load, tmp_path):
    load(town(), town("06632018", "Bebra"))
    agency = make_organisation(kind="municipality", municipality=place("06632018"))
    changes = tmp_path / "changes.csv"
    changes.write_text("alt;neu;Name\n06632018;06632099;Zusammen\n")
    later = (town(day="20261031"), town("06632099", "Zusammen", day="20261031"))
    assert "merged: 1" in load(*later, changes=changes)
    agency.refresh_from_db()
    assert agency.municipality.valid_until == date(2026, 10, 30)
    assert agency.municipality.successor == place("06632099")
    assert "Nothing has changed" in load(*later, changes=changes)


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        ("06632002;06632018", "06632002 is still in force"),
        ("06632077;06632002", "06632077 is unknown"),
        ("06632018;06632077", "its successor 06632077 is unknown"),
        ("06632018;06632018", "06632018 cannot follow itself"),
        ("06632018", "not two keys"),
        ("06632018;06632002\n06632018;06632099", "for the second time"),
    ],
)
def test_a_wrong_merger_is_named(load, fail, tmp_path, pair, reason):
    load(town(), town("06632018", "Bebra"))
    changes = tmp_path / "changes.csv"
    changes.write_text(f"{pair}\n")
    assert reason in fail(town(day="20261031"), changes=changes)


def test_a_dry_run_writes_nothing(load):
    make_municipality(ags="06632018")
    said = load(town(), dry_run=True)
    assert "new: 1" in said
    assert "ended: 1" in said
    assert list(Municipality.objects.values_list("ags", "valid_until")) == [("06632018", None)]


def test_a_second_run_changes_nothing(load):
    load(district(), town())
    assert "Nothing has changed" in load(district(), town())


def test_an_older_file_is_refused(load, fail):
    load(town(day="20261031"))
    said = fail(town("06632018", "Bebra", day="20251231"))
    assert (
        "The file is as of 2025-12-31, but Bad Hersfeld (06632002) has changed on 2026-10" in said
    )
    assert place("06632002").valid_until is None


def test_a_key_that_is_back_is_valid_again(load):
    load(town(), town("06632018", "Bebra"))
    load(town(day="20261031"))
    assert "valid again: 1" in load(town(day="20261101"), town("06632018", "Bebra", day="20261101"))
    assert place("06632018").valid_until is None


def test_two_files_of_the_same_day_end_nothing_of_each_other(load):
    load(town(), town("06632018", "Bebra"))
    load(town())
    assert place("06632018").valid_until is None


def test_states_that_the_file_does_not_speak_of_keep_their_places(load):
    elsewhere = make_municipality(state=make_state("DE-NI"))
    load(town())
    assert place(elsewhere.ags).valid_until is None


def test_a_place_of_the_demo_is_taken_over_with_its_row(load):
    known = make_municipality(ags="06632002", name="Bad Hersfeld", population=29_000)
    load(town())
    assert place("06632002").pk == known.pk
    assert place("06632002").valid_from is None


def test_the_report_comes_as_json_too(load):
    report = json.loads(load(town(), json=True))
    assert report["counts"] == {"new": 1}
    assert report["changes"][0]["ags"] == "06632002"


def test_another_file_is_refused(load, fail):
    assert "is it a GV100AD file" in fail("irgendein Text")


def test_a_missing_file_is_named(db, tmp_path):
    make_state()
    with pytest.raises(CommandError, match="nirgends"):
        call_command("import_municipalities", tmp_path / "nirgends.txt")


def test_states_come_first(write):
    with pytest.raises(CommandError, match="load_reference_data"):
        call_command("import_municipalities", write(town()))


def test_a_whole_country_takes_few_queries(load, django_assert_max_num_queries):
    lines = [town(f"06632{number:03}", f"Ort {number}") for number in range(1000)]
    with django_assert_max_num_queries(15):
        load(*lines)
    assert Municipality.objects.count() == 1000
