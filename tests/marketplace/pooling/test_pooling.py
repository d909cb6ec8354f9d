"""The same need in several places, and needs that nothing fits."""

import pytest
from django.urls import reverse

from challenges.models import Need
from marketplace.matching.embeddings import DIMENSIONS
from marketplace.matching.models import FAIR, NeedVector
from marketplace.pooling.gaps import fields, gaps
from marketplace.pooling.twins import demand_for, twins_of
from tests.factories import (
    LONG_AGO,
    make_match,
    make_member,
    make_municipality,
    make_need,
    make_organisation,
    make_solution,
    make_state,
    make_topic,
)

pytestmark = pytest.mark.django_db


def need_at(similarity=1.0, state="DE-HE", **fields):
    """Make a released need whose text is so similar to that of a need at 1."""
    place = make_municipality(state=make_state(state))
    town = {"kind": "municipality", "municipality": place, "verified_at": LONG_AGO}
    organisation = fields.pop("organisation", None) or make_organisation(**town)
    given = {"organisation": organisation, "visibility": "public"}
    need = make_need(**given | fields)
    vector = [similarity, (1 - similarity**2) ** 0.5] + [0.0] * (DIMENSIONS - 2)
    NeedVector.objects.create(need=need, model="m", text_hash="", vector=vector)
    return need


def test_similar_texts_are_the_same_need_and_less_similar_ones_with_a_shared_topic():
    topic = make_topic()
    need = need_at(topics=[topic])
    same, with_topic = need_at(0.91), need_at(0.89, topics=[topic])
    need_at(0.89)
    need_at(0.87, topics=[topic])
    assert set(twins_of(need)) == {same, with_topic}


def test_municipalities_are_counted_once_around_and_elsewhere():
    need = need_at()
    first = need_at()
    need_at(organisation=first.organisation)
    need_at(organisation=need.organisation)
    need_at(state="DE-NI")
    found = demand_for(need)
    assert (found.near, found.far) == (1, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": "private"},
        {"visibility": "agencies"},
        {"state": "draft"},
        {"organisation": "unverified"},
    ],
)
def test_what_is_not_released_neither_counts_nor_asks(fields):
    if fields.get("organisation"):
        fields = {"organisation": make_organisation(kind="municipality")}
    need = need_at()
    state = fields.pop("state", "open")
    hidden = need_at(**fields)
    Need.objects.filter(pk=hidden.pk).update(state=state)
    assert demand_for(need) is None
    assert demand_for(hidden) is None


def test_the_page_of_a_need_says_how_many_and_names_no_anonymous_one(client):
    need, twin = need_at(), need_at()
    page = client.get(need.get_absolute_url()).content.decode()
    assert "1 weitere Kommune im Umkreis (Hessen) hat denselben Bedarf." in page
    allies = client.get(reverse("need_allies", args=[need.pk])).content.decode()
    assert twin.title in allies
    assert twin.organisation.name not in allies
    assert reverse("need_join", args=[twin.pk]) not in allies


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "1 weitere Kommune hat denselben Bedarf."),
        (3, "3 weitere Kommunen haben denselben Bedarf."),
    ],
)
def test_where_nobody_is_near_the_sentence_stands_for_itself(client, count, sentence):
    need = need_at()
    for _ in range(count):
        need_at(state="DE-NI")
    page = client.get(need.get_absolute_url()).content.decode()
    assert sentence in page
    assert "Anderswo" not in page


def test_a_gap_of_ones_own_organisation_leads_to_no_place(client):
    own = make_organisation(kind="provider", verified_at=LONG_AGO)
    gap = make_need(matched=True, visibility="public")
    mine = make_need(matched=True, visibility="public", organisation=own)
    client.force_login(make_member(own))
    page = client.get(reverse("market_gaps")).content.decode()
    assert reverse("need_offers", args=[gap.pk]) in page
    assert mine.get_absolute_url() in page
    assert reverse("need_offers", args=[mine.pk]) not in page


def test_a_named_one_is_written_to(client):
    twin = need_at(is_named=True)
    make_member(twin.organisation)
    need = need_at()
    client.force_login(make_member(need.organisation))
    address = reverse("need_join", args=[twin.pk])
    assert address in client.get(reverse("need_allies", args=[need.pk])).content.decode()
    assert "Gemeinsam vorgehen" in client.get(address).content.decode()
    client.post(address, {"subject": "Gemeinsam vorgehen", "text": "Guten Tag!"})
    thread = twin.organisation.answered_threads.get()
    assert thread.asking == need.organisation


def test_a_provider_cannot_use_it_to_write_to_municipalities(client):
    twin = need_at(is_named=True)
    make_member(twin.organisation)
    provider = make_organisation(kind="provider", verified_at=LONG_AGO)
    client.force_login(make_member(provider))
    response = client.post(
        reverse("need_join", args=[twin.pk]), {"subject": "Kauf", "text": "Kaufen Sie!"}
    )
    assert "nur Verwaltungen" in response.content.decode()
    assert not twin.organisation.answered_threads.exists()


def test_a_gap_is_a_matched_open_need_without_a_fair_hit():
    gap = make_need(matched=True)
    make_match(gap, make_solution(), score=FAIR - 0.001)
    make_match(gap, make_solution(), violations=["budget"])
    make_match(gap, make_solution(published_at=None))
    make_match(make_need(), make_solution(), score=FAIR)
    make_need()
    make_need(matched=True, state="draft")
    assert list(gaps(Need.objects.all())) == [gap]


def test_figures_count_released_needs_once_in_each_field(client):
    field = make_topic(name_de="Verkehr")
    topics = [make_topic(parent=field), make_topic(parent=field)]
    make_need(matched=True, visibility="public", topics=topics)
    make_match(make_need(visibility="public", topics=topics), make_solution())
    secret = make_need(title="Geheim", matched=True, topics=topics)
    assert [(row.topic, row.gaps, row.needs) for row in fields()] == [(field, 1, 2)]
    assert secret.title not in client.get(reverse("market_gaps")).content.decode()


@pytest.mark.parametrize("count", [1, 15])
def test_the_number_of_queries_is_bounded(client, count, django_assert_max_num_queries):
    need = need_at(topics=[make_topic()])
    for _ in range(count):
        twin = need_at(topics=[make_topic()])
        make_match(twin, make_solution(), score=0.1)
    for address in (reverse("need_allies", args=[need.pk]), reverse("market_gaps")):
        with django_assert_max_num_queries(16):
            client.get(address)
