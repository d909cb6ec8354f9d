"""What a provider sees of needs: which ones its solutions fit, and why or why not."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.matching import placing, retrieval, updating
from marketplace.matching.engine import Ranked
from marketplace.matching.placing import Place
from marketplace.matching.weights import largest_first
from marketplace.offers.advice import ADVICE, advice_of
from tests.factories import (
    make_match,
    make_need,
    make_solution,
    make_standard,
    make_verified_provider,
    make_writer,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def provider():
    return make_verified_provider()


@pytest.fixture
def writer(client, provider):
    writer = make_writer(provider)
    client.force_login(writer)
    return writer


def listed(client, provider):
    page = client.get(reverse("offer_needs", args=[provider.organisation.slug]))
    return [need.title for need, _match in page.context["rows"]]


def test_the_best_fitting_need_stands_first_and_private_ones_not_at_all(client, provider, writer):
    solution = make_solution(provider=provider)
    for title, score, visibility in [
        ("Gut", 0.5, "public"),
        ("Besser", 0.7, "public"),
        ("Schwach", 0.3, "public"),
        ("Geheim", 0.9, "private"),
        ("Amtlich", 0.9, "agencies"),
    ]:
        make_match(make_need(title=title, visibility=visibility), solution, score=score)
    make_match(make_need(title="Fremd", visibility="public"), make_solution())
    assert listed(client, provider) == ["Besser", "Gut"]


@pytest.mark.parametrize("count", [1, 15])
def test_the_number_of_queries_is_bounded(
    client, provider, writer, count, django_assert_max_num_queries
):
    solution = make_solution(provider=provider)
    for _ in range(count):
        make_match(make_need(visibility="public"), solution)
    listed(client, provider)
    with django_assert_max_num_queries(16):
        listed(client, provider)


def place_of(client, need, solution):
    return client.get(reverse("need_place", args=[need.pk, solution.slug]))


def test_a_violated_requirement_is_named_with_what_would_mend_it(client, provider, writer):
    standard = make_standard(name_de="BSI C5")
    need = make_need(visibility="public", standards=[standard], max_budget_eur=100)
    solution = make_solution(provider=provider, price_from_eur=101)
    page = place_of(client, need, solution).content.decode()
    assert "Kein Treffer" in page
    assert "Ohne gültige Angabe: BSI C5" in page
    assert "Das Budget endet bei 100 € je Jahr." in page


def test_a_standard_that_is_wished_is_called_by_its_name(client, provider, writer):
    standard = make_standard("bsi_c5", name_de="BSI C5")
    need = make_need(visibility="public")
    need.wished_standards.add(standard)
    page = place_of(client, need, make_solution(provider=provider)).content.decode()
    assert "Gewünscht und nicht angegeben: BSI C5" in page
    assert "bsi_c5" not in page


@pytest.mark.parametrize(("role", "is_told"), [("editor", True), ("viewer", False)])
def test_who_only_reads_sees_the_places_and_is_promised_no_mail(client, provider, role, is_told):
    solution = make_solution(provider=provider)
    need = make_need(visibility="public")
    make_match(need, solution)
    client.force_login(make_writer(provider, role))
    address = reverse("offer_needs", args=[provider.organisation.slug])
    page = client.get(address).content.decode()
    assert ("schreiben wir Ihnen" in page) is is_told
    place = reverse("need_place", args=[need.pk, solution.slug])
    assert place in page
    assert client.get(place).status_code == 200
    assert place in client.get(reverse("need_offers", args=[need.pk])).content.decode()


def test_the_place_is_that_of_the_needs_own_list(client, provider, writer):
    make_solution(title="Trauung planen", summary="Brautpaare wählen Ort und Zeit der Trauung.")
    own = make_solution(provider=provider, title="Altglas", summary="Misst Behälter.")
    need = make_need(title="Trauung online planen", problem="", visibility="public")
    updating.work_off(at=NOW)
    context = place_of(client, need, own).context
    assert (context["place"].rank, context["place"].count) == (2, 2)
    match = need.matches.get(solution=own)
    assert context["place"].own.score == pytest.approx(match.score)
    [text] = [advice.text for advice in context["advice"] if "Bedeutung" in advice.about]
    assert "Problem" in text
    shares = [part.share.percent for part in context["parts"]]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("bounds", [{}, {"min_population": 30_001}, {"max_population": 29_999}])
def test_a_place_tells_nothing_of_the_size_of_who_is_anonymous(client, provider, writer, bounds):
    make_solution(title="Trauung planen")
    own = make_solution(provider=provider, title="Altglas", **bounds)
    anonymous = make_need(title="Trauung planen", visibility="public")
    found = place_of(client, anonymous, own)
    page = found.content.decode()
    assert "Platz 2 von 2" in page
    assert "Der Bedarf ist anonym" in page
    assert "place" not in found.context["place"].violated
    named = make_need(title="Trauung planen", visibility="public", is_named=True)
    page = place_of(client, named, own).content.decode()
    assert ("Kein Treffer" in page) is bool(bounds)
    assert "Der Bedarf ist anonym" not in page


@pytest.mark.parametrize("bounds", [{}, {"min_population": 30_001}])
@pytest.mark.parametrize("title", ["Trauung planen im Rathaus", "Altglas"])
def test_nor_does_it_in_a_large_market(client, provider, writer, monkeypatch, bounds, title):
    """What fits is proposed by other ways than what does not."""
    monkeypatch.setattr(placing, "LOOKED_AT", 2)
    for module in (retrieval, placing):
        monkeypatch.setattr(module, "WHOLE", 0)
    for number in range(2):
        make_solution(title=f"Trauung planen im Rathaus {number}")
    own = make_solution(provider=provider, title=title, **bounds)
    need = make_need(title="Trauung planen im Rathaus", visibility="public")
    page = place_of(client, need, own).content.decode()
    is_far = title == "Altglas"
    assert ("Nicht unter den ersten 2 von 3" if is_far else "Platz 1 von 3") in page


def test_far_down_the_list_the_place_is_the_true_one(client, provider, writer, monkeypatch):
    monkeypatch.setattr(placing, "LOOKED_AT", 1)
    for number in range(3):
        make_solution(title=f"Trauung planen {number}")
    own = make_solution(provider=provider, title="Altglas", phase="P1")
    found = place_of(client, make_need(title="Trauung planen", visibility="public"), own)
    assert "Platz 4 von 4" in found.content.decode()


def test_what_the_list_does_not_look_at_stands_before_no_place(
    client, provider, writer, monkeypatch
):
    monkeypatch.setattr(retrieval, "BY_WORDS", 2)
    monkeypatch.setattr(placing, "LOOKED_AT", 2)
    for module in (retrieval, placing):
        monkeypatch.setattr(module, "WHOLE", 0)
    for number in range(3):
        make_solution(title=f"Trauung planen {number}")
    own = make_solution(provider=provider, title="Altglas")
    make_solution(title="Trauung planen im Ausland", hosting=["non_eu"])
    need = make_need(title="Trauung planen", visibility="public", hosting=["germany"])
    found = place_of(client, need, own).content.decode()
    assert "Nicht unter den ersten 2 von 4" in found
    assert "Platz" not in found.split("Teil für Teil")[0].split("page-head__lead")[1]


def test_what_helps_in_several_parts_is_said_once():
    own = {"words": 0.1, "meaning": 0.1, "phase": 0.75}
    found = Place(
        own=Ranked(1, 0.1, own, {}, []),
        shares=largest_first({"words": 0.3, "meaning": 0.6, "phase": 0.1}),
        rank=2,
        count=2,
        compared=1,
        violated=[],
        top={"words": 0.8, "meaning": 0.8, "phase": 0.75},
        top_score=0.8,
    )
    [advice] = advice_of(found)
    assert advice.about == "Bedeutung, Wörter"
    assert "Problem" in advice.text


def test_only_released_open_needs_and_own_published_solutions_are_explained(
    client, provider, writer
):
    own = make_solution(provider=provider)
    released = make_need(visibility="public")
    assert place_of(client, released, own).status_code == 200
    assert place_of(client, make_need(visibility="agencies"), own).status_code == 404
    assert place_of(client, released, make_solution()).status_code == 404
    hidden = make_solution(provider=provider, published_at=None)
    assert place_of(client, released, hidden).status_code == 404


@pytest.mark.parametrize(
    ("limit", "budget", "is_advised"),
    [
        (None, None, False),
        (5000, None, True),
        (9000, None, False),
        (5000, 5000, True),
        (5000, 4999, False),
    ],
)
def test_a_smaller_package_is_advised_above_a_known_limit_within_the_budget(
    limit, budget, is_advised
):
    facts = {"eur": 9000, "limit": limit, "budget": budget}
    assert bool(ADVICE["price"](facts)) is is_advised


def test_what_a_change_has_not_reached_yet_is_said(client, provider, writer):
    own = make_solution(provider=provider, title="Eigene")
    need = make_need(visibility="public")
    listed = reverse("offer_needs", args=[provider.organisation.slug])
    notice = "Seit der letzten Berechnung hat sich etwas geändert"
    assert notice in place_of(client, need, own).content.decode()
    assert notice in client.get(listed).content.decode()
    updating.work_off(at=timezone.now())
    assert notice not in place_of(client, need, own).content.decode()
    assert notice not in client.get(listed).content.decode()
    make_solution()
    assert notice not in client.get(listed).content.decode()
