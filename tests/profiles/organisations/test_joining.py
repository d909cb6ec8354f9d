import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from profiles.models import JoinRequest, Organisation
from tests.factories import (
    make_join_request,
    make_member,
    make_municipality,
    make_organisation,
    make_user,
)

NOW = timezone.now()


@pytest.fixture
def organisation(db):
    return make_organisation(name="Stadt Musterstadt")


@pytest.fixture
def owner(organisation):
    return make_member(organisation)


@pytest.mark.parametrize(
    "text", ["muster", "muster\0", "06123456", "musterstadt.example", "ich@Musterstadt.example"]
)
def test_an_organisation_is_found_by(db, text):
    place = make_municipality(ags="06123456")
    found = make_organisation(
        name="Die Musterstadt",
        kind="municipality",
        municipality=place,
        mail_domain="musterstadt.example",
    )
    make_organisation(name="Anderswo")
    assert Organisation.objects.matching(text).get() == found


@pytest.mark.parametrize("text", ["", " ", "@"])
def test_nothing_is_found_by_nothing(organisation, text):
    assert not Organisation.objects.matching(text).exists()


def test_what_was_declined_takes_no_requests(client, organisation, owner):
    organisation.decline("Gibt es nicht.", at=NOW)
    client.force_login(make_user())
    page = client.get(reverse("organisations:search"), {"search": "Musterstadt"})
    assert "Keine Organisation passt dazu" in page.text


def test_where_nobody_decides_nobody_asks(client, organisation):
    client.force_login(make_user())
    page = client.get(reverse("organisations:search"), {"search": "Musterstadt"})
    assert "Hier entscheidet noch niemand" in page.text
    address = reverse("organisations:join", args=[organisation.slug])
    assert client.get(address).status_code == 404


def test_a_request_reaches_all_owners(
    client, organisation, owner, mail_is_delivered, django_capture_on_commit_callbacks
):
    second = make_member(organisation)
    make_member(organisation, "editor")
    client.force_login(make_user())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("organisations:join", args=[organisation.slug]), {"message": "Bauamt"})
    assert {message.to[0] for message in mail.outbox} == {owner.email, second.email}
    assert JoinRequest.objects.get().get_absolute_url() in mail.outbox[0].body


def test_there_is_one_open_request_for_each_person(client, organisation, owner):
    person = make_user()
    make_join_request(organisation, user=person)
    client.force_login(person)
    answer = client.post(
        reverse("organisations:join", args=[organisation.slug]), {"message": "Noch einmal"}
    )
    assert "schon angefragt" in answer.text
    assert JoinRequest.objects.count() == 1


def test_a_withdrawn_request_makes_room_for_another(client, organisation, owner):
    person = make_user()
    request = make_join_request(organisation, user=person)
    client.force_login(person)
    assert organisation.name in client.get(reverse("organisations:list")).text
    client.post(reverse("organisations:join_withdraw", args=[request.pk]))
    assert not JoinRequest.objects.open().exists()
    make_join_request(organisation, user=person)


def test_an_owner_approves_with_a_role(
    client, organisation, owner, mail_is_delivered, django_capture_on_commit_callbacks
):
    request = make_join_request(organisation)
    client.force_login(owner)
    address = reverse("organisations:join_approve", args=[organisation.slug, request.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"role": "editor"})
    assert request.user.memberships.get().role == "editor"
    assert mail.outbox[0].to == [request.user.email]
    assert client.post(address, {"role": "owner"}).status_code == 404


def test_an_owner_declines_with_a_reason(
    client, organisation, owner, mail_is_delivered, django_capture_on_commit_callbacks
):
    request = make_join_request(organisation)
    client.force_login(owner)
    address = reverse("organisations:join_decline", args=[organisation.slug, request.pk])
    assert "Bitte prüfen Sie Ihre Angaben" in client.post(address, {"reason": ""}).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"reason": "Wir kennen Sie nicht."})
    assert not request.user.memberships.exists()
    assert "Wir kennen Sie nicht." in mail.outbox[0].body


def test_a_request_is_decided_once(organisation, owner):
    request = make_join_request(organisation)
    again = JoinRequest.objects.get()
    assert request.decline("Nein.", by=owner, at=NOW)
    assert not again.approve("owner", by=owner, at=NOW)
    assert not request.user.memberships.exists()


def test_a_request_to_another_organisation_is_out_of_reach(client, organisation, owner):
    foreign = make_join_request(make_organisation())
    client.force_login(owner)
    address = reverse("organisations:join_approve", args=[organisation.slug, foreign.pk])
    assert client.post(address, {"role": "viewer"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 15])
def test_the_search_needs_as_many_queries_for_many(client, db, rows, django_assert_max_num_queries):
    for _ in range(rows):
        make_organisation(kind="municipality", name="Stadt")
    client.force_login(make_user())
    with django_assert_max_num_queries(5):
        client.get(reverse("organisations:search"), {"search": "Stadt"})
