from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.publiccode.importing import report_on
from profiles.publiccode.reports import Report
from profiles.publiccode.terms import KNOWN, KNOWN_BELOW
from profiles.publiccode.vocabulary import Vocabulary
from profiles.publiccode.yaml import UnreadableError
from tests.factories import make_standard, make_tag, make_topic
from tests.profiles.publiccode.samples import LONG, V02, V05, V07

WORDS = Vocabulary(
    topics={"terminvergabe": "Termine"},
    topic_by_name={"termine": "terminvergabe"},
    tags={"web_saas": "Webanwendung", "mobile_app": "App"},
    standards={"eidas": "eIDAS"},
)


def left(report: Report) -> dict[str, str]:
    return dict(report.left)


def test_version_0_2():
    report = report_on(V02, WORDS)
    assert report.data == {
        "title": "Terminlotse",
        "tagline": "Book appointments at the town hall.",
        "summary": f"{LONG}\n\nFunktionen:\n– Reminders",
        "phase": "P3",
        "licence": "open_source",
        "spdx_licence": "AGPL-3.0-or-later",
        "repository_url": "https://code.example/terminlotse.git",
        "technology_tags": ["web_saas"],
        "topics": ["terminvergabe"],
        "languages": ["en", "other"],
    }
    assert {"releaseDate", "inputTypes", "maintenance", "it", "tags"} <= set(left(report))
    assert "blog" in left(report)["tags"]
    warnings = " ".join(report.warnings)
    assert "keine deutschen Texte" in warnings
    assert "„tags“ ist veraltet, heute heißt es „categories“" in warnings
    assert "Bitte prüfen Sie, ob sie passen" in warnings
    assert report.unknown == []


def test_version_0_5():
    report = report_on(V05, WORDS)
    assert report.data["title"] == "Der Terminlotse"
    assert report.data["technology_tags"] == ["web_saas", "mobile_app"]
    assert report.data["languages"] == ["de", "en"]
    assert "– Warteliste" in report.data["summary"]
    assert left(report)["usedBy"] == "Referenzen bestätigen die Kommunen selbst."
    assert {"landingURL", "description/en", "description/de/screenshots"} <= set(left(report))
    assert any("Deutschland steht nicht" in warning for warning in report.warnings)


def test_version_0_7():
    report = report_on(V07, WORDS)
    assert report.data["phase"] == "P1"
    assert report.data["claims"] == [{"standard": "eidas", "status": "self_declared"}]
    assert "alias:gdpr" in left(report)["supports"]
    assert report.unknown == ["organisation/nmae", "vertippt"]
    assert report.warnings == []


def test_the_report_names_field_value_and_key():
    [row] = [row for row in report_on(V07, WORDS).taken if row.key == "developmentStatus"]
    assert row == ("Phase", "P1 Ideenfindung", "developmentStatus")


def test_an_unknown_version_is_read_with_a_warning():
    report = report_on("publiccodeYmlVersion: '3.0'\nname: Titel", WORDS)
    assert report.data == {"title": "Titel"}
    assert "3.0" in report.warnings[0]


def test_an_obsolete_software_gets_no_phase():
    report = report_on("developmentStatus: obsolete\nname: Titel", WORDS)
    assert "phase" not in report.data
    assert "developmentStatus" in left(report)


def test_an_address_that_could_run_something_is_left_out():
    report = report_on("url: 'javascript:alert(1)'\nlegal: {license: MIT}", WORDS)
    assert "repository_url" not in report.data
    assert "url" in left(report)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nur Text",
        "- eine\n- Liste",
        "a: [",
        "a: &a [x]\nb: [*a, *a]",
        "a: !!python/object/apply:os.system ['true']",
        "a: !eigen x",
        "[" * 1000,
        "a: " + "{a: " * 30 + "1" + "}" * 30,
        "name: " + "x" * 200_001,
        "? {a: b}\n: c",
        "name: \x00",
    ],
)
def test_what_is_no_such_file_gets_a_clear_error(text):
    with pytest.raises(UnreadableError) as error:
        report_on(text, WORDS)
    assert error.value.messages[0].endswith((".", ")"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_report_or_a_clear_error(text):
    with suppress(UnreadableError):
        assert report_on(text, WORDS).warnings


KEYS = sorted(KNOWN | set().union(*KNOWN_BELOW.values()) | {"de", "en", "id"})
LEAVES = st.one_of(st.none(), st.text(max_size=20), st.sampled_from(["web", "stable", "alias:cra"]))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=8))
def test_any_value_at_any_key_gives_a_report(data):
    import yaml

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    report = report_on(yaml.dump(data, Dumper=Plain, allow_unicode=True), WORDS)
    assert isinstance(report.data, dict)


@pytest.mark.django_db
def test_the_vocabulary_knows_names_of_both_languages():
    make_topic("terminvergabe", name_de="Termine", name_en="Appointments")
    make_tag("web_saas")
    make_standard("eidas")
    words = Vocabulary.load()
    assert words.topic_by_name["appointments"] == words.topic_by_name["termine"]
    assert (set(words.tags), set(words.standards)) == ({"web_saas"}, {"eidas"})
