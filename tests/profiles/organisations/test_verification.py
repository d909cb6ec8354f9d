import pytest
from django.core import mail
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from profiles.models import Organisation
from tests.factories import (
    make_agency,
    make_member,
    make_municipality,
    make_organisation,
    make_state,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def official(**fields):
    return make_member(make_agency(**fields), "editor")


def test_the_words_of_verification():
    waiting, verified, declined = (make_organisation() for _ in range(3))
    verified.verify(by=make_user(), at=NOW)
    declined.decline("Gibt es nicht.", at=NOW)
    assert set(Organisation.objects.verified()) == {verified}
    assert set(Organisation.objects.unverified()) == {waiting, declined}
    assert set(Organisation.objects.waiting()) == {waiting}
    declined.submit()
    assert set(Organisation.objects.waiting()) == {waiting, declined}


@pytest.mark.parametrize("kind", ["municipality", "district", "provider"])
def test_an_agency_verifies_in_its_own_state(kind):
    own = make_organisation(kind=kind, state=make_state())
    other = make_organisation(kind=kind, state=make_state("DE-NI"))
    found = Organisation.objects.verifiable_by(official())
    assert (own in found, other in found) == (True, False)


def test_the_state_of_the_municipality_counts_where_there_is_no_own():
    place = make_municipality(state=make_state("DE-NI"))
    there = make_organisation(kind="municipality", municipality=place)
    assert there not in Organisation.objects.verifiable_by(official())
    assert there in Organisation.objects.verifiable_by(official(state=make_state("DE-NI")))


def test_an_agency_verifies_no_agencies():
    other = make_organisation(state=make_state())
    assert other not in Organisation.objects.verifiable_by(official())
    assert other in Organisation.objects.verifiable_by(make_user(is_staff=True, is_superuser=True))


def test_without_a_state_admins_alone_verify():
    nowhere = make_organisation(kind="provider")
    assert nowhere not in Organisation.objects.verifiable_by(official(state=None))
    assert nowhere in Organisation.objects.verifiable_by(
        make_user(is_staff=True, is_superuser=True)
    )


def test_a_verified_provider_verifies_nothing():
    person = make_member(make_organisation(kind="provider", state=make_state(), verified_at=NOW))
    make_organisation(kind="municipality")
    assert not Organisation.objects.verifiable_by(person).exists()


def test_a_decline_has_a_reason():
    with pytest.raises(IntegrityError):
        make_organisation(declined_at=NOW)


def test_verifying_tells_the_owners(client, mail_is_delivered, django_capture_on_commit_callbacks):
    organisation = make_organisation(kind="municipality")
    owner, person = make_member(organisation), official()
    client.force_login(person)
    assert organisation.name in client.get(reverse("organisations:verifications")).text
    page = client.get(reverse("organisations:verification", args=[organisation.slug]))
    assert owner.email in page.text
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"seen": page.context["seen"]}
        client.post(reverse("organisations:verify", args=[organisation.slug]), sent)
    organisation.refresh_from_db()
    assert (organisation.is_verified, organisation.verified_by) == (True, person)
    assert mail.outbox[0].to == [owner.email]


def test_who_is_declined_reads_why_and_tries_again(client):
    organisation = make_organisation(kind="municipality", name="Stadt Muster")
    owner = make_member(organisation)
    client.force_login(official())
    address = reverse("organisations:verification_decline", args=[organisation.slug])
    page = client.post(address, {"reason": " "})
    assert "Bitte prüfen Sie Ihre Angaben" in page.text
    client.post(address, {"reason": "Die Website fehlt.", "seen": page.context["seen"]})
    client.force_login(owner)
    assert "Die Website fehlt." in client.get(organisation.get_absolute_url()).text
    data = {
        "kind": "municipality",
        "name": "Stadt Muster",
        "municipality": organisation.municipality.ags,
        "website": "muster.example",
    }
    client.post(reverse("organisations:edit", args=[organisation.slug]), data)
    organisation.refresh_from_db()
    assert (organisation.is_declined, organisation.website) == (False, "https://muster.example")


def test_details_are_corrected_although_there_is_another_organisation_of_the_place(client):
    place = make_municipality()
    own, _ours = (make_organisation(kind="municipality", municipality=place) for _ in "ab")
    client.force_login(make_member(own))
    data = {"kind": "municipality", "name": "Rathaus Muster", "municipality": place.ags}
    client.post(reverse("organisations:edit", args=[own.slug]), data)
    own.refresh_from_db()
    assert own.name == "Rathaus Muster"
    taken = make_organisation(kind="municipality").municipality
    client.post(reverse("organisations:edit", args=[own.slug]), data | {"municipality": taken.ags})
    own.refresh_from_db()
    assert own.municipality == place


@pytest.mark.parametrize("decision", ["verify", "verification_decline"])
@pytest.mark.parametrize("what", ["name", "owner"])
def test_what_is_decided_upon_is_what_the_page_showed(client, decision, what):
    organisation = make_organisation(kind="municipality", name="Gemeinde A")
    client.force_login(official())
    shown = client.get(reverse("organisations:verification", args=[organisation.slug]))
    sent = {"seen": shown.context["seen"], "reason": "Die Gemeinde A gibt es nicht."}
    assert f'name="seen" value="{sent["seen"]}"' in shown.text
    if what == "name":
        organisation.name = "Stadt B"
        organisation.save()
    else:
        make_member(organisation)
    address = reverse(f"organisations:{decision}", args=[organisation.slug])
    page = client.post(address, sent, follow=True)
    assert "Die Angaben haben sich inzwischen geändert." in page.text
    organisation.refresh_from_db()
    assert not organisation.is_verified
    assert not organisation.is_declined
    client.post(address, sent | {"seen": page.context["seen"]})
    organisation.refresh_from_db()
    assert organisation.is_verified or organisation.is_declined


def test_what_is_verified_is_no_longer_changed_by_its_owners(client):
    organisation = make_organisation(verified_at=NOW)
    client.force_login(make_member(organisation))
    address = reverse("organisations:edit", args=[organisation.slug])
    assert client.get(address).status_code == 404


def test_an_unverified_organisation_reads_what_it_may_not_do_yet(client):
    organisation = make_organisation(kind="municipality")
    client.force_login(make_member(organisation))
    page = client.get(organisation.get_absolute_url()).text
    assert "Kolleg:innen einladen können Sie schon" in page
    assert "Eine Landesbehörde (Hessen)" in page


@pytest.mark.parametrize("rows", [1, 15])
def test_the_list_needs_as_many_queries_for_many(client, rows, django_assert_max_num_queries):
    for _ in range(rows):
        make_organisation(kind="municipality")
    client.force_login(official())
    with django_assert_max_num_queries(6):
        assert client.get(reverse("organisations:verifications")).status_code == 200
