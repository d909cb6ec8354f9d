import json
import re

import pytest
from django.urls import reverse

from tests.factories import (
    make_claim,
    make_deployment,
    make_member,
    make_municipality,
    make_provider,
    make_solution,
    make_standard,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client):
    def get(name: str, *args: object, **parameters: object) -> str:
        response = client.get(reverse(name, args=args), parameters)
        assert response.status_code == 200
        return response.content.decode()

    return get


def fill(number: int) -> None:
    for _ in range(number):
        solution = make_solution(topics=[make_topic()])
        make_claim(solution, make_standard())
        make_deployment(solution)


def test_the_list_names_what_an_offer_is(shown):
    make_deployment(make_solution(title="Formulare ohne Papier", price_from_eur=2400))
    text = shown("solutions")
    assert "Formulare ohne Papier" in text
    assert "ab 2.400 € je Jahr" in text


def test_what_is_free_is_said_once(shown):
    free = make_solution(price_model="free", price_from_eur=9000, topics=[make_topic()])
    facts = shown("solution", free.slug).partition('class="key-facts"')[2].partition("</dl>")[0]
    assert facts.count("kostenfrei") == 1


def test_a_card_names_standards_in_their_order_whatever_they_were_claimed_in(shown):
    solution = make_solution()
    for name in ("Zertifikat", "Abkommen", "Muster"):
        make_claim(solution, make_standard(name_de=name, is_common=name == "Muster"))
    card = shown("solutions").partition("<article")[2]
    named = re.findall("Zertifikat|Abkommen|Muster", card)
    assert named == ["Abkommen", "Muster", "Zertifikat"]


def test_the_list_says_what_it_searched_instead(shown):
    make_solution(title="Formularserver")
    text = shown("solutions", search="Formularsever")
    assert "Gesucht wurde" in text
    assert "formularserver" in text


def test_the_list_says_when_not_all_words_are_found(shown):
    make_solution(title="Formular")
    make_solution(title="Signatur")
    assert "Keine Lösung enthält alle Wörter" in shown("solutions", search="Formular Signatur")


def test_an_empty_list_offers_ways_out(shown):
    make_solution(phase="P3", licence="open_source")
    text = shown("solutions", phase="P5", licence="open_source")
    assert "gibt es keine Lösung" in text
    assert "ohne „P5 Horizontale Skalierung“: 1 Lösung" in text


def test_a_wrong_municipality_is_explained_at_its_field_and_kept(shown):
    text = shown("solutions", municipality="Bauntal")
    assert "Wir kennen keine Kommune mit diesem Namen." in text
    assert 'value="Bauntal"' in text


def test_several_places_of_one_name_can_be_told_apart(shown):
    places = [make_municipality(name="Neustadt") for _ in range(2)]
    text = shown("solutions", municipality="Neustadt")
    assert all(f"municipality={place.ags}" in text for place in places)


def test_a_member_is_offered_the_own_municipality(client):
    from tests.factories import make_organisation

    place = make_municipality(name="Baunatal")
    member = make_member(make_organisation(kind="municipality", municipality=place))
    client.force_login(member)
    text = client.get(reverse("solutions")).content.decode()
    assert f"?municipality={place.ags}" in text


def test_pages_stay_within_the_list(client):
    fill(21)
    for asked, shown in {"2": 2, "99": 2, "x": 1, "-1": 2, "0": 2}.items():
        response = client.get(reverse("solutions"), {"page": asked})
        assert response.context["page"].number == shown, asked


def test_pages_hold_each_hit_once(client):
    fill(45)
    pages = [client.get(reverse("solutions"), {"page": n}).context["page"] for n in (1, 2, 3)]
    assert len({solution.pk for page in pages for solution in page}) == 45


@pytest.mark.parametrize("name", ["solutions", "market", "home"])
def test_queries_do_not_grow_with_the_list(client, name, django_assert_max_num_queries):
    fill(1)
    with django_assert_max_num_queries(30) as few:
        client.get(reverse(name))
    fill(14)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(name))


@pytest.mark.parametrize("rows", [1, 15])
def test_the_page_of_a_solution_stays_within_its_budget(
    client, rows, django_assert_max_num_queries
):
    topic = make_topic()
    solution = make_solution(topics=[topic])
    for _ in range(rows):
        make_solution(topics=[topic])
        make_claim(solution, make_standard())
        make_deployment(solution)
    with django_assert_max_num_queries(21):  # 9 read the market, which this transaction changed
        client.get(solution.get_absolute_url())


def test_a_page_of_a_solution_tells_references_from_claims(client):
    solution = make_solution()
    make_deployment(solution, municipality=make_municipality(name="Altstadt"))
    open_one = make_municipality(name="Neustadt")
    make_deployment(solution, municipality=open_one, confirmed_at=None)
    text = client.get(solution.get_absolute_url()).content.decode()
    assert text.index("Altstadt") < text.index("Neustadt")
    assert "von der Kommune bestätigt" in text
    assert "noch nicht bestätigt" in text


def test_a_concept_is_shown_as_what_it_is(client):
    text = client.get(make_solution(phase="P1").get_absolute_url()).content.decode()
    assert "Konzept ohne Einsatz" in text


def test_a_draft_is_seen_by_its_provider_and_by_staff_only(client):
    draft = make_solution(published_at=None)
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(make_user())
    assert client.get(draft.get_absolute_url()).status_code == 404
    for person in (make_member(draft.provider.organisation), make_user(is_staff=True)):
        client.force_login(person)
        assert client.get(draft.get_absolute_url()).status_code == 200


def test_similar_solutions_share_topics(client):
    topics = [make_topic() for _ in range(2)]
    solution = make_solution(topics=topics)
    less, more = make_solution(topics=topics[:1]), make_solution(topics=topics)
    make_solution(topics=[make_topic()])
    response = client.get(solution.get_absolute_url())
    assert [card.pk for card in response.context["similar"]] == [more.pk, less.pk]


def test_a_card_shows_texts_as_they_are_typed(client):
    make_solution(title="A & B <b>", summary="5 > 3. Mehr nicht.")
    page = client.get("/loesungen/").content.decode()
    assert "A &amp; B &lt;b&gt;</a>" in page
    assert "5 &gt; 3." in page


def test_a_provider_without_a_published_offer_has_no_page(client):
    empty = make_provider()
    assert client.get(empty.get_absolute_url()).status_code == 404


def test_a_provider_page_lists_its_offers(shown):
    solution = make_solution(title="Formularserver")
    make_solution(provider=solution.provider, published_at=None, title="Geheim")
    text = shown("provider", solution.provider.organisation.slug)
    assert "Formularserver" in text
    assert "Geheim" not in text


def test_search_engines_read_what_a_solution_is(client):
    solution = make_solution(title="A </script><b>&", price_from_eur=100)
    text = client.get(solution.get_absolute_url()).content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])
    assert data["@type"] == "SoftwareApplication"
    assert data["name"] == "A </script><b>&"
    assert data["offers"] == {"@type": "Offer", "price": 100, "priceCurrency": "EUR"}


def test_the_feed_follows_the_filters(client):
    make_solution(title="Eins", phase="P3")
    make_solution(title="Zwei", phase="P4")
    response = client.get(reverse("solutions_feed"), {"phase": "P4"})
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "Zwei" in response.content.decode()
    assert "Eins" not in response.content.decode()


def test_no_text_of_one_solution_takes_the_feed_from_everybody(client):
    solution = make_solution(title="Ei\x0bns", tagline="Kurz\x1f\ufffe")
    solution.provider.organisation.name = "Muster\x0cGmbH"
    solution.provider.organisation.save()
    feed = client.get(reverse("solutions_feed")).content.decode()
    for part in ("<title>Eins</title>", "<name>MusterGmbH</name>", ">Kurz</summary>"):
        assert part in feed


def test_places_are_offered_while_typing(shown):
    make_municipality(name="Baunatal", ags="06633003")
    assert '<option value="06633003">Baunatal (Hessen)' in shown(
        "municipality_options", municipality="baun"
    )
    assert "<option" not in shown("municipality_options", municipality="")
    assert "Baunatal" in shown("municipality_options", municipality="baun\0")


def test_the_market_counts_by_field_and_phase(client):
    field = make_topic(name_de="Bauen")
    make_solution(topics=[make_topic(parent=field), field], phase="P3")
    [row] = client.get(reverse("market")).context["rows"][:1]
    assert (row.field, row.total) == (field, 1)
    assert [cell.count for cell in row.cells] == [0, 0, 1, 0, 0]
    assert [cell.shade for cell in row.cells] == [0, 0, 5, 0, 0]


def test_health_answers_when_database_and_broker_do(client):
    assert client.get(reverse("health")).content == b"ok"
