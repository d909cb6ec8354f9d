"""Search by meaning, with the real model."""

import re

import pytest
from django.urls import reverse

from marketplace.matching import embeddings, retrieval, vectors
from marketplace.meaning import finding
from marketplace.meaning.finding import PATIENCE_SECONDS
from tests.factories import make_claim, make_solution, make_standard

pytestmark = pytest.mark.django_db
OFFERS = {
    "Kühlhaus": "Fundsachen aufnehmen, suchen und herausgeben, mit Foto und Frist.",
    "Rutsche": "Spielplätze prüfen und jede Prüfung mit dem Tablet belegen.",
    "Tonnentag": "Termine der Müllabfuhr als Kalender und Nachricht aufs Telefon.",
    "Sitzplan": "Einladung, Vorlagen und Niederschriften für Rat und Ausschüsse.",
}


@pytest.fixture
def offers():
    made = {title: make_solution(title=title, summary=said) for title, said in OFFERS.items()}
    vectors.refresh_solutions(solution.pk for solution in made.values())
    return made


def found(client, **parameters) -> list[str]:
    page = client.get(reverse("found_by_meaning"), parameters)
    assert page.status_code == 200
    return re.findall(r'class="kern-link" href="/loesungen/[^"]*">([^<]+)</a>\s*</h3>', page.text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("lost property office", "Kühlhaus"),
        ("playground inspection", "Rutsche"),
        ("Wann wird mein Abfall geholt?", "Tonnentag"),
        ("council meetings", "Sitzplan"),
    ],
)
def test_other_words_and_another_language_find_what_is_meant(client, offers, text, first):
    assert found(client, search=text)[0] == first


def test_the_other_filters_hold(client, offers):
    standard = make_standard()
    make_claim(offers["Sitzplan"], standard)
    hits = found(client, search="playground inspection", standard=standard.key)
    assert hits == ["Sitzplan"]
    page = client.get(reverse("found_by_meaning"), {"search": "Rat", "municipality": "Nirgendwo"})
    assert "blieb unberücksichtigt" in page.text


@pytest.mark.parametrize("exact", [0, 5000])
def test_a_large_market_is_asked_by_its_vectors(client, offers, monkeypatch, exact):
    monkeypatch.setattr(finding, "WHOLE", 0)
    monkeypatch.setattr(retrieval, "EXACT", exact)
    offers["Kühlhaus"].published_at = None
    offers["Kühlhaus"].save()
    hits = found(client, search="playground inspection")
    assert hits[0] == "Rutsche"
    assert "Kühlhaus" not in hits


def test_drafts_are_not_found(client, offers):
    offers["Rutsche"].published_at = None
    offers["Rutsche"].save()
    assert "Rutsche" not in found(client, search="playground inspection")


def test_without_a_text_there_is_the_list(client):
    page = client.get(reverse("found_by_meaning"), {"phase": "P4", "search": ""})
    assert page.url == f"{reverse('solutions')}?phase=P4"


def test_a_text_that_is_too_long_is_the_matter_of_the_list(client):
    page = client.get(reverse("found_by_meaning"), {"search": "lang " * 50}, follow=True)
    assert "war nicht zu verstehen" in page.text


def test_a_silent_server_is_not_asked_again_at_once(client, offers, settings, monkeypatch):
    asked = []

    def silent(request, timeout):
        asked.append(timeout)
        raise TimeoutError

    monkeypatch.setattr(embeddings, "model_name", lambda: embeddings.IN_PROCESS)
    monkeypatch.setattr("urllib.request.urlopen", silent)
    settings.EMBEDDINGS_URL = "http://embeddings.example"
    for _ in range(2):
        page = client.get(reverse("found_by_meaning"), {"search": "Rat"}).text
        assert "Diese Suche geht gerade nicht" in page
    assert asked == [PATIENCE_SECONDS]


def test_where_nothing_has_a_vector_words_are_offered(client):
    make_solution()
    page = client.get(reverse("found_by_meaning"), {"search": "Rat"}).text
    assert "Diese Suche geht gerade nicht" in page
    assert f'href="{reverse("solutions")}?search=Rat"' in page


def test_where_filters_leave_nothing_the_page_says_so(client, offers):
    page = client.get(reverse("found_by_meaning"), {"search": "Rat", "max_price": "0"}).text
    assert "Zu diesen Filtern gibt es keine Lösung" in page


def test_vectors_of_another_model_are_not_compared(client, offers, monkeypatch):
    monkeypatch.setattr(embeddings, "IN_PROCESS", "another-model")
    page = client.get(reverse("found_by_meaning"), {"search": "Rat"}).text
    assert "Diese Suche geht gerade nicht" in page


@pytest.mark.parametrize("text", ["playground", "Spielplätze"])
def test_where_words_find_little_the_list_leads_there_at_once(client, offers, text):
    page = client.get(reverse("solutions"), {"search": text}).text
    link = f'href="{reverse("found_by_meaning")}?search='
    assert link in page
    assert "<article" not in page or page.index(link) < page.index("<article")


def test_where_words_find_enough_the_way_stands_below_the_hits(client):
    for _ in range(6):
        make_solution(summary="Spielplätze prüfen")
    page = client.get(reverse("solutions"), {"search": "Spielplätze"}).text
    link = f'href="{reverse("found_by_meaning")}?search='
    assert page.index(link) > page.rindex("<article")


def test_without_a_search_the_list_leads_nowhere(client, offers):
    assert reverse("found_by_meaning") not in client.get(reverse("solutions")).text
