"""Founding an organisation, and switching between one's own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from profiles.models import Membership, Organisation
from profiles.organisations.active import active_organisation
from tests.factories import make_member, make_municipality, make_organisation, make_state, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    user = make_user(email="ich@muster.example")
    client.force_login(user)
    return user


def found(client, **fields):
    data = {"kind": "provider", "name": "Muster GmbH"} | fields
    return client.post(reverse("organisations:new"), data)


def test_the_founder_becomes_owner_and_the_organisation_waits(client, person):
    answer = found(client, mail_domain="muster.example")
    organisation = Organisation.objects.waiting().get()
    assert answer["Location"] == organisation.get_absolute_url()
    assert organisation.memberships.get(user=person).is_owner
    assert client.get(organisation.get_absolute_url()).status_code == 200


def test_a_municipality_is_named_by_its_key_and_brings_its_state(client, person):
    place = make_municipality(state=make_state("DE-NI"))
    found(client, kind="municipality", municipality=place.ags, state=make_state().pk)
    organisation = Organisation.objects.get()
    assert (organisation.municipality, organisation.state) == (place, place.state)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "municipality"}, "Bitte nennen Sie die Kommune"),
        ({"kind": "municipality", "municipality": "Nirgendwo"}, "Wir kennen keine Kommune"),
        ({"kind": "state_agency"}, "Bitte wählen Sie das Bundesland aus"),
        ({"kind": "intermediary"}, "Bitte wählen Sie die Art aus"),
        ({"mail_domain": "kassel.example"}, "Domain Ihrer eigenen Adresse"),
        ({"name": ""}, "Bitte prüfen Sie Ihre Angaben"),
    ],
)
def test_founding_fails_without(client, person, fields, message):
    assert message in found(client, **fields).text
    assert not Organisation.objects.exists()


def test_a_municipality_is_not_founded_twice(client, person):
    existing = make_organisation(kind="municipality")
    answer = found(client, kind="municipality", municipality=existing.municipality.ags)
    assert "gibt es schon" in answer.text


def test_a_district_is_no_municipality(client, person):
    place = make_municipality(kind="district")
    answer = found(client, kind="municipality", municipality=place.ags)
    assert "passt nicht zur Art" in answer.text


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Neu", "neu-2"), ("Müller & Söhne", "mueller-soehne"), ("!!!", "organisation")],
)
def test_the_address_comes_from_the_name(client, person, name, slug):
    found(client, name=name)
    assert Organisation.objects.get().slug == slug


def test_a_taken_address_gets_a_number(client, person):
    make_organisation(slug="muster-gmbh")
    found(client)
    assert Organisation.objects.filter(slug="muster-gmbh-2").exists()


# Switching


def active(client, user) -> Organisation | None:
    request = RequestFactory().get("/")
    request.user, request.session = user, client.session
    return active_organisation(request)


def test_the_first_by_name_is_active_until_another_is_chosen(client, person):
    first, second = make_organisation(name="A-Stadt"), make_organisation(name="B-Stadt")
    for organisation in (second, first):
        Membership.objects.create(organisation=organisation, user=person, role="viewer")
    assert active(client, person) == first
    data = {"organisation": second.slug, "next": "/markt/?a=b"}
    assert client.post(reverse("organisations:switch"), data)["Location"] == "/markt/?a=b"
    assert active(client, person) == second
    second.memberships.all().delete()
    assert active(client, person) == first


def test_who_belongs_nowhere_has_no_active_organisation(client, person):
    assert active(client, person) is None


def test_nobody_switches_to_a_foreign_organisation(client, person):
    foreign = make_organisation()
    make_member(foreign)
    answer = client.post(reverse("organisations:switch"), {"organisation": foreign.slug})
    assert answer.status_code == 404
    assert active(client, person) is None


@pytest.mark.parametrize("there", ["", "https://anderswo.example/", "//anderswo.example"])
def test_switching_leads_to_no_other_site(client, person, there):
    own = make_organisation()
    Membership.objects.create(organisation=own, user=person, role="viewer")
    data = {"organisation": own.slug, "next": there}
    answer = client.post(reverse("organisations:switch"), data)
    assert answer["Location"] == reverse("organisations:list")


def test_the_menu_offers_the_choice_to_whom_it_concerns(client, person):
    Membership.objects.create(organisation=make_organisation(), user=person, role="viewer")
    assert "switcher" in client.get(reverse("home")).text
    assert 'name="organisation"' not in client.get(reverse("home")).text
    Membership.objects.create(organisation=make_organisation(), user=person, role="viewer")
    assert 'name="organisation"' in client.get(reverse("home")).text


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_found_one_organisation(person):
    def click(_number):
        own = Client()
        own.force_login(person)
        try:
            return found(own, mail_domain="muster.example").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(click, range(2))) == [200, 302]
    assert Organisation.objects.count() == 1
