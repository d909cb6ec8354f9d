from datetime import UTC, datetime

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import translation

from challenges.models import Need
from marketplace.matching import updating
from marketplace.matching.models import FAIR, Weights
from marketplace.matching.views import visible_need
from profiles.models import Solution
from tests.factories import (
    make_agency,
    make_deployment,
    make_member,
    make_municipality,
    make_need,
    make_size_class,
    make_solution,
    make_standard,
    make_state,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def address(need) -> str:
    return reverse("need_matches", args=[need.pk])


@pytest.fixture
def need():
    return make_need(hosting=["germany"])


@pytest.fixture
def member(client, need):
    member = make_member(need.organisation)
    client.force_login(member)
    return member


def test_strangers_are_asked_to_sign_in(client, need):
    assert client.get(address(need)).status_code == 302


def test_it_is_for_those_to_whom_the_list_shows_the_need(need):
    def is_open_to(person, row):
        try:
            return visible_need(person, row.pk) == row
        except Http404:
            return False

    own = make_need(organisation=need.organisation, visibility="private")
    others = [make_need(visibility=level) for level in ("public", "agencies", "private")]
    clerk = make_member(make_agency(state=make_state("DE-HE")), "viewer")
    seen = []
    for person in (make_user(), make_member(own.organisation), clerk, make_user(is_staff=True)):
        listed = set(Need.objects.visible_to(person))
        seen.append(len(listed))
        assert listed == {row for row in (need, own, *others) if is_open_to(person, row)}
    assert seen == [1, 3, 2, 5]


def test_a_hit_shows_its_reasons_and_gaps(client, need, member):
    make_size_class()
    wished = make_standard(name_de="BSI C5")
    need.wished_standards.set([wished])
    solution = make_solution(title="Aktenretter", price_from_eur=5000)
    for _ in range(2):
        make_deployment(solution, municipality=make_municipality(population=30_000))
    updating.work_off(at=NOW)
    page = client.get(address(need)).content.decode()
    assert "Aktenretter" in page
    assert "2 bestätigte Einsätze in Kommunen mit 20.000–50.000 Einwohner:innen" in page
    assert ", alle in Hessen" in page
    assert "BSI C5 fehlt (gewünscht)" in page
    with translation.override("en"):
        english = client.get(address(need)).content.decode()
    assert "2 confirmed deployments in municipalities with 20,000–50,000 inhabitants" in english


def test_hits_that_have_little_in_common_with_the_need_stand_apart(client, need, member):
    scores = {"Nah": FAIR, "Fern": FAIR - 0.01}
    for title in scores:
        make_solution(title=title)
    updating.work_off(at=NOW)
    for title, score in scores.items():
        need.matches.filter(solution__title=title).update(score=score)
    page = client.get(address(need)).content.decode()
    assert page.index("Nah") < page.index("Weniger naheliegend") < page.index("Fern")
    need.matches.filter(score=FAIR).delete()
    assert "Nichts liegt wirklich nahe" in client.get(address(need)).content.decode()


def test_no_reader_is_taken_for_the_one_who_asks(client):
    make_size_class()
    need = make_need(visibility="public")
    make_deployment(make_solution(), municipality=make_municipality(population=1000))
    make_solution(hosting=["germany"], max_population=1)
    updating.work_off(at=NOW)
    for person in (make_user(), make_member(need.organisation)):
        client.force_login(person)
        page = client.get(address(need)).content.decode().partition("<main")[2]
        assert "Kein Einsatz in einer Kommune ähnlicher Größe" in page
        for words in ("Ihrer Anforderungen", "Ihrer Größe", "Sie lockern"):
            assert words not in page


def test_what_would_fit_names_the_violated_requirement(client, need, member):
    make_solution(title="Fern", hosting=["non_eu"])
    updating.work_off(at=NOW)
    page = client.get(address(need)).content.decode()
    assert "1 Lösung würde passen, aber" in page
    assert "Verletzt: Betrieb (Rechenzentrum in Deutschland)" in page


def test_what_tells_of_a_violated_requirement_speaks_for_nothing(client, need, member):
    Need.objects.filter(pk=need.pk).update(min_phase="P4", max_budget_eur=1000)
    make_solution(title="Fern", phase="P3", price_from_eur=5000)
    updating.work_off(at=NOW)
    page = client.get(address(need)).content.decode()
    assert "Verletzt: Budget (bis 1.000 € je Jahr), Mindestphase (P4 Vertikale Skalierung)" in page
    missed = page.partition("near-misses")[2]
    assert "Lücke: </span>P3 Pilot" in missed
    assert "Lücke: </span>Ab 5.000 €" in missed
    assert "Dafür: </span>P3 Pilot" not in missed


@pytest.mark.parametrize("is_named", [True, False])
def test_an_anonymous_need_tells_strangers_of_no_near_miss_by_place(client, is_named):
    need = make_need(hosting=["germany"], visibility="public", is_named=is_named)
    make_solution(title="Zu klein", max_population=29_999)
    make_solution(title="Zu groß und fern", min_population=30_001, hosting=["eu"])
    make_solution(title="Nur fern", hosting=["eu"])
    updating.work_off(at=NOW)
    titles = ("Zu klein", "Zu groß und fern", "Nur fern")
    for person, told in (
        (make_member(need.organisation), (True, True, True)),
        (make_user(), (is_named, is_named, True)),
        (make_user(is_staff=True), (is_named, is_named, True)),
    ):
        client.force_login(person)
        page = client.get(address(need)).content.decode()
        assert tuple(title in page for title in titles) == told


def test_a_stored_hit_that_violates_by_now_is_not_shown(client, need, member):
    solution = make_solution(title="Wandel")
    updating.work_off(at=NOW)
    Solution.objects.filter(pk=solution.pk).update(hosting=["non_eu"])
    page = client.get(address(need)).content.decode()
    assert "Wandel" not in page
    assert "Die Treffer werden aktualisiert" in page


def test_an_ended_need_says_of_which_day_its_hits_are(client, need, member):
    words = "werden nicht mehr erneuert"
    make_solution(title="Damals")
    updating.work_off(at=NOW)
    assert words not in client.get(address(need)).content.decode()
    need.end("withdrawn", at=NOW, outcome="")
    updating.work_off(at=NOW)
    make_solution()
    page = client.get(address(need)).content.decode()
    assert f"Die Treffer sind vom 22.11.2026 und {words}" in page
    assert "Damals" in page
    assert "werden aktualisiert" not in page


def test_before_the_first_run_the_page_says_so(client, need, member):
    assert "werden gerade berechnet" in client.get(address(need)).content.decode()


def test_without_vectors_the_page_says_so(client, need, member, settings):
    settings.EMBEDDINGS_URL = "http://127.0.0.1:9"
    with pytest.raises(Exception, match="embeddings server"):
        updating.work_off(at=NOW)
    page = client.get(address(need)).content.decode()
    assert "Zurzeit werden nur Wörter verglichen" in page


@pytest.mark.parametrize("count", [1, 15])
def test_the_number_of_queries_is_bounded(
    client, need, member, count, django_assert_max_num_queries
):
    for _ in range(count):
        make_solution()
    updating.work_off(at=NOW)
    client.get(address(need))
    with django_assert_max_num_queries(19):
        client.get(address(need))


def test_the_rule_is_public_and_shows_the_weights_in_force(client):
    Weights.objects.create(reason="Probe", meaning=1, measured_at=NOW).activate(at=NOW)
    page = client.get(reverse("ranking_rule")).content.decode()
    assert "Niemand kann einen Platz kaufen" in page
    assert "66,2 %" in page


def test_weights_come_into_force_only_when_measured(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    weights = Weights.objects.create(reason="Probe")
    data = {"action": "activate", "_selected_action": [weights.pk]}
    listing = reverse("admin:marketplace_weights_changelist")
    client.post(listing, data)
    weights.refresh_from_db()
    assert not weights.is_active
    Weights.objects.filter(pk=weights.pk).update(measured_at=NOW, figures={"ndcg_at_10": 0.9})
    client.post(listing, data)
    weights.refresh_from_db()
    assert weights.is_active
    assert "ndcg_at_10 0.9" in client.get(listing).content.decode()
