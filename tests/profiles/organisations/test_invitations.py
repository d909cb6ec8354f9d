import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from profiles.models import Invitation
from profiles.organisations.models import VALID_FOR, hashed
from tests.factories import make_invitation, make_member, make_organisation, make_user

NOW = timezone.now()


@pytest.fixture
def organisation(db):
    return make_organisation(name="Stadt Musterstadt")


@pytest.fixture
def owner(client, organisation):
    user = make_member(organisation)
    client.force_login(user)
    return user


def page_of(token: str) -> str:
    return reverse("organisations:invitation", args=[token])


def guest(invitation: Invitation):
    return make_user(email=invitation.email)


def long_ago(organisation, *, ago: timedelta):
    return make_invitation(organisation, at=timezone.now() - ago)


# Inviting


def test_inviting_sends_a_link_and_keeps_only_its_hash(
    client, organisation, owner, mail_is_delivered, django_capture_on_commit_callbacks
):
    address = reverse("organisations:invite", args=[organisation.slug])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"email": "Neu@Test.example", "role": "editor"})
    invitation = Invitation.objects.get()
    token = re.search(r"/einladung/([^/]+)/", mail.outbox[0].body)[1]
    assert (mail.outbox[0].to, invitation.email) == (["neu@test.example"], "neu@test.example")
    assert mail.outbox[0].subject == "Einladung: Stadt Musterstadt"
    assert invitation.token_hash == hashed(token)
    assert token not in str(Invitation.objects.values().get())
    assert invitation.expires_at - invitation.created_at == timedelta(days=14)


def test_the_form_offers_a_modest_role_first(client, organisation, owner):
    page = client.get(reverse("organisations:invite", args=[organisation.slug]))
    assert '<option value="editor" selected>' in page.text


@pytest.mark.parametrize("email", ["gast@test.example", "GAST@test.example"])
def test_an_address_is_invited_once(client, organisation, owner, email):
    make_invitation(organisation, email="gast@test.example")
    address = reverse("organisations:invite", args=[organisation.slug])
    answer = client.post(address, {"email": email, "role": "viewer"})
    assert "schon eingeladen" in answer.text
    assert Invitation.objects.count() == 1


def test_the_database_itself_refuses_a_second_open_invitation(organisation):
    make_invitation(organisation, email="gast@test.example")
    with pytest.raises(IntegrityError):
        make_invitation(organisation, email="Gast@test.example")


def test_after_a_revocation_the_address_is_invited_anew(client, organisation, owner):
    make_invitation(organisation, email="gast@test.example")[0].revoke(at=NOW)
    address = reverse("organisations:invite", args=[organisation.slug])
    client.post(address, {"email": "gast@test.example", "role": "viewer"})
    assert Invitation.objects.pending().count() == 1


def test_who_belongs_there_is_not_invited(client, organisation, owner):
    address = reverse("organisations:invite", args=[organisation.slug])
    answer = client.post(address, {"email": owner.email.upper(), "role": "viewer"})
    assert "gehört schon dazu" in answer.text
    assert not Invitation.objects.exists()


def test_sending_again_ends_the_old_link_and_starts_the_time_anew(
    client, organisation, owner, mail_is_delivered, django_capture_on_commit_callbacks
):
    invitation, old = long_ago(organisation, ago=timedelta(days=20))
    address = reverse("organisations:invitation_resend", args=[organisation.slug, invitation.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    assert not Invitation.objects.with_token(old).exists()
    assert Invitation.objects.open(at=timezone.now()).get() == invitation
    assert mail.outbox[0].to == [invitation.email]


def test_nobodys_inbox_is_flooded(client, organisation, owner):
    invitation, token = make_invitation(organisation)
    address = reverse("organisations:invitation_resend", args=[organisation.slug, invitation.pk])
    assert "warten Sie zehn Minuten" in client.post(address, follow=True).text
    assert Invitation.objects.with_token(token).exists()


def test_a_revoked_invitation_leaves_the_list(client, organisation, owner):
    invitation, _ = make_invitation(organisation)
    assert invitation.email in client.get(organisation.get_absolute_url()).text
    address = reverse("organisations:invitation_revoke", args=[organisation.slug, invitation.pk])
    client.post(address)
    assert "Offene Einladungen" not in client.get(organisation.get_absolute_url()).text
    assert client.post(address).status_code == 404


# Accepting


def test_the_link_leads_to_the_sign_in_and_comes_back(client, organisation):
    _, token = make_invitation(organisation)
    answer = client.get(page_of(token))
    assert answer["Location"] == f"{reverse('account_login')}?next={page_of(token)}"


def test_the_guest_accepts_and_belongs_there_with_the_role(client, organisation):
    invitation, token = make_invitation(organisation, role="editor")
    client.force_login(guest(invitation))
    assert "Einladung annehmen" in client.get(page_of(token)).text
    answer = client.post(page_of(token))
    assert answer["Location"] == organisation.get_absolute_url()
    assert organisation.memberships.get().role == "editor"


def test_accepting_twice_gives_one_membership(client, organisation):
    invitation, token = make_invitation(organisation)
    client.force_login(guest(invitation))
    for _ in range(2):
        assert client.post(page_of(token))["Location"] == organisation.get_absolute_url()
    assert organisation.memberships.count() == 1


@pytest.mark.django_db(transaction=True)
def test_accepting_twice_at_once_gives_one_membership():
    organisation = make_organisation()
    invitation, _ = make_invitation(organisation)
    person, start, results = guest(invitation), Barrier(2), []

    def accept() -> None:
        try:
            start.wait()
            results.append(invitation.accept(person, at=timezone.now()))
        finally:
            connection.close()

    threads = [Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, True]
    assert organisation.memberships.count() == 1


def test_another_person_is_told_whose_invitation_it_is(client, organisation):
    invitation, token = make_invitation(organisation)
    client.force_login(make_user())
    for answer in (client.get(page_of(token)), client.post(page_of(token))):
        assert f"Die Einladung ging an {invitation.email}" in answer.text
    assert not organisation.memberships.exists()


def test_who_has_left_does_not_come_back_with_the_old_link(client, organisation):
    invitation, token = make_invitation(organisation)
    person = guest(invitation)
    client.force_login(person)
    client.post(page_of(token))
    person.memberships.all().delete()
    answer = client.post(page_of(token))
    assert answer.status_code == 410
    assert "schon angenommen" in answer.text
    assert not person.memberships.exists()


def test_an_expired_link_is_explained(client, organisation):
    invitation, token = long_ago(organisation, ago=VALID_FOR)
    client.force_login(guest(invitation))
    answer = client.post(page_of(token))
    assert (answer.status_code, "erneut zu senden" in answer.text) == (410, True)
    assert not organisation.memberships.exists()


def test_a_revoked_link_is_explained(client, organisation):
    invitation, token = make_invitation(organisation)
    invitation.revoke(at=NOW)
    client.force_login(guest(invitation))
    answer = client.post(page_of(token))
    assert (answer.status_code, "zurückgezogen" in answer.text) == (410, True)
    assert not organisation.memberships.exists()


def test_a_tampered_link_is_explained(client, organisation):
    invitation, token = make_invitation(organisation)
    client.force_login(guest(invitation))
    answer = client.post(page_of(f"{token}x"))
    assert (answer.status_code, "Dieser Link gilt nicht" in answer.text) == (404, True)


def test_in_the_last_moment_it_is_open_and_then_no_longer(organisation):
    invitation, _ = make_invitation(organisation, at=NOW)
    last = invitation.expires_at - timedelta(microseconds=1)
    assert Invitation.objects.open(at=last).exists()
    assert invitation.state(at=last) == "open"
    assert not Invitation.objects.open(at=invitation.expires_at).exists()
    assert invitation.state(at=invitation.expires_at) == "expired"
