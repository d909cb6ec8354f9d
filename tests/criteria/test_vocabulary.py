"""New words in a file: previewed, added when the draft is made, refused where they are unclear."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from criteria.catalogue.importing.entries import entries_of
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.problems import UnreadableError
from criteria.catalogue.importing.reading import read
from criteria.catalogue.importing.vocabulary import NewWord
from criteria.catalogue.terms import Kind
from criteria.models import Catalogue, Criterion, Term
from tests.factories import make_catalogue, make_criterion, make_term, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> Known:
    catalogue = make_catalogue(state="published")
    make_term("stakeholder", "kommune", name_de="Kommune")
    make_criterion(catalogue, title_de="Exit", phase="P3")
    return Known.load(entries_of(catalogue))


def table(value: str, column: str = "Key Stakeholder") -> bytes:
    quoted = value.replace('"', '""')
    return f'Kriterium,{column}\nExit,"{quoted}"\n'.encode()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Seniorenbeirat", [NewWord(Kind.STAKEHOLDER, "seniorenbeirat", "Seniorenbeirat")]),
        ("Komune", [NewWord(Kind.STAKEHOLDER, "komune", "Komune", "Kommune")]),
        ("Kommune\nSeniorenbeirat",
         [NewWord(Kind.STAKEHOLDER, "seniorenbeirat", "Seniorenbeirat")]),
        ("Kommune", []),
    ],
)  # fmt: skip
def test_a_word_that_nobody_knows_is_offered_with_one_like_it(known, value, words):
    reading = read("x.csv", table(value), known)
    assert list(reading.new_words) == words
    assert {word.key for word in words} <= set(reading.entries[0].stakeholders)


@pytest.mark.parametrize(
    ("value", "column"),
    [
        ("Kommune, Seniorenbeirat", "Key Stakeholder"),  # two values, of which one is known
        ("KommuneSeniorenbeirat", "Key Stakeholder"),
        ("Kommune!", "Key Stakeholder"),  # its key is taken
        ("!!!", "Key Stakeholder"),
        ("Wort " * 30, "Key Stakeholder"),
        ("P7 Ausklang", "(ab) Phase"),
        ("Ausklang", "Sub-Phase"),
    ],
)
def test_what_is_unclear_or_of_the_frame_is_refused(known, value, column):
    with pytest.raises(UnreadableError, match="unbekannt"):
        read("x.csv", table(value, column), known)


def test_json_brings_new_words_too(known):
    content = json.dumps([{"key": known.entries[0].key, "stakeholders": ["Seniorenbeirat"]}])
    assert [word.key for word in read("x.json", content.encode(), known).new_words] == [
        "seniorenbeirat"
    ]


def test_the_curator_sees_them_and_applying_adds_them(client, known):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    file = SimpleUploadedFile("x.csv", table("Komune"))
    preview = client.post(reverse("admin:criteria_catalogue_import"), {"file": file})
    assert "Neue Begriffe" in preview.text
    assert not Term.objects.filter(key="komune").exists()
    signed = {"signed": preview.context["signed"]}
    client.post(reverse("admin:criteria_catalogue_apply"), signed)
    added = Term.objects.get(key="komune")
    assert (added.name_de, added.kind) == ("Komune", "stakeholder")
    assert added.position > Term.objects.get(key="kommune").position
    assert Criterion.objects.get(catalogue=Catalogue.objects.drafts().get()).stakeholders == [added]


def test_a_dry_run_names_them_and_keeps_nothing(known, tmp_path, capsys):
    file = tmp_path / "x.csv"
    file.write_bytes(table("Komune"))
    call_command("import_criteria", file, "--dry-run")
    assert "neuer Begriff, Beteiligte: Komune (ähnlich: Kommune)" in capsys.readouterr().out
    assert not Term.objects.filter(key="komune").exists()
