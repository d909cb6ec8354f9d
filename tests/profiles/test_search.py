import pytest

from profiles.models import SearchDocument, Solution
from profiles.search import TextQuery
from tests.factories import (
    make_claim,
    make_provider,
    make_solution,
    make_standard,
    make_tag,
    make_topic,
)

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    query = TextQuery.parse(text)
    return [solution.title for solution in Solution.objects.found_by(query).most_relevant_first()]


def test_a_word_is_found_in_another_inflection():
    make_solution(title="Formulare für Städte")
    assert found("Formular Stadt") == ["Formulare für Städte"]


def test_a_part_of_a_compound_is_found():
    make_solution(title="Digitaler Bauantrag")
    assert found("Anträge") == ["Digitaler Bauantrag"]


def test_a_compound_finds_its_parts():
    make_solution(title="Plattform zur Bürgerbeteiligung")
    assert found("Bürgerbeteiligungsplattform") == ["Plattform zur Bürgerbeteiligung"]


def test_a_compound_written_apart_is_found():
    make_solution(title="Bürgerbeteiligungsplattform")
    assert found("Bürgerbeteiligungs plattform") == ["Bürgerbeteiligungsplattform"]


def test_a_typing_error_is_forgiven_and_named():
    make_solution(title="Formularserver")
    assert found("Formularsever") == ["Formularserver"]
    assert TextQuery.parse("Formularsever").corrections == [("formularsever", "formularserver")]


def test_a_word_as_typed_ranks_before_a_compound_of_it():
    make_solution(title="Bauantrag online")
    make_solution(title="Antrag online")
    assert found("Antrag") == ["Antrag online", "Bauantrag online"]


def test_where_a_word_stands_decides_how_much_it_counts():
    make_solution(title="Anders", provider=make_provider(name="Radweg AG"))
    make_solution(title="Beschreibung", summary="Ein Radweg, ein Radweg, ein Radweg.")
    make_solution(title="Claim", tagline="Jeder Radweg zählt")
    make_solution(title="Der Radweg")
    assert found("Radweg") == ["Der Radweg", "Claim", "Beschreibung", "Anders"]


def test_every_word_counts_as_long_as_anything_has_them_all():
    make_solution(title="Formulare ohne Papier")
    make_solution(title="Formulare auf Papier mit Signatur")
    assert found("Formulare Signatur") == ["Formulare auf Papier mit Signatur"]


def test_some_words_do_where_nothing_has_them_all():
    make_solution(title="Terminvergabe")
    make_solution(title="Signatur")
    assert sorted(found("Terminvergabe Signatur")) == ["Signatur", "Terminvergabe"]


def test_an_unknown_word_finds_nothing():
    make_solution(title="Terminvergabe")
    assert found("xyzzyx") == []


@pytest.mark.parametrize("text", ["", "   ", "der die das für", "!?&|:*'\\"])
def test_a_query_without_meaning_does_not_narrow(text):
    make_solution(title="Terminvergabe")
    assert found(text) == ["Terminvergabe"]


@pytest.mark.parametrize(
    "text", ["\0", "'; --", "a" * 5000, "🦊 🦊", "%_%", "ẞ ß SS", "\\", "1 2 3"]
)
def test_strange_input_does_no_harm(text):
    make_solution()
    found(text)


def test_only_the_first_dozen_words_count():
    assert len(TextQuery.parse(" ".join(f"wort{n}" for n in range(50))).terms) == 12


def test_topics_with_synonyms_tags_standards_and_the_provider_are_searched():
    topic = make_topic("x", name_de="Dialogassistenz", synonyms_de=["Plauderkasten"])
    solution = make_solution(topics=[topic])
    solution.technology_tags.add(make_tag("y", name_de="Sprachmodell"))
    make_claim(solution, make_standard("z", name_de="Grundschutz"))
    for word in ("Dialogassistenz", "Plauderkasten", "Sprachmodell", "Grundschutz", "Anbieter"):
        assert found(word) == [solution.title], word


def test_a_planned_standard_is_not_searched():
    make_claim(make_solution(), make_standard("z", name_de="Grundschutz"), status="planned")
    assert found("Grundschutz") == []


def test_a_changed_text_is_found_at_once_however_it_was_saved():
    solution = make_solution(title="Alt")
    Solution.objects.update(title="Neuerung")
    assert (found("Alt"), found("Neuerung")) == ([], ["Neuerung"])
    solution.provider.organisation.name = "Umbenannt AG"
    solution.provider.organisation.save()
    assert found("Umbenannt") == ["Neuerung"]


def test_a_changed_topic_changes_the_documents_of_its_solutions():
    topic = make_topic()
    solution = make_solution(topics=[topic])
    topic.synonyms_de = ["Schlagloch"]
    topic.save()
    assert found("Schlagloch") == [solution.title]
    solution.topics.clear()
    assert found("Schlagloch") == []


def test_a_deleted_solution_takes_its_document_along():
    solution = make_solution(topics=[make_topic()])
    solution.delete()
    assert not SearchDocument.objects.exists()
