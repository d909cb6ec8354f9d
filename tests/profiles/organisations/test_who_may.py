"""Who may do what with an organisation; each row is tried on fresh rows."""

import pytest
from django.urls import reverse

from profiles.models import Membership, Organisation
from tests.factories import (
    make_agency,
    make_invitation,
    make_join_request,
    make_member,
    make_organisation,
    make_state,
    make_user,
)

GET, POST = "get", "post"
#                                             method    anonymous stranger viewer editor owner
#                                             agency of the state, agency elsewhere, admin
LOGIN = "login"
WHO_MAY = {
    "organisations:list":                 (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "organisations:new":                  (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "organisations:switch":               (POST, LOGIN, 404, 302, 302, 302, 404, 404, 404),
    "organisations:search":               (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "organisations:join":                 (GET,  LOGIN, 200, 404, 404, 404, 200, 200, 200),
    "organisations:join_withdraw":        (POST, LOGIN, 404, 404, 404, 404, 404, 404, 404),
    "organisations:invitation":           (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "organisations:detail":               (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "organisations:edit":                 (GET,  LOGIN, 404, 404, 404, 200, 404, 404, 404),
    "organisations:leave":                (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "organisations:invite":               (GET,  LOGIN, 404, 404, 404, 200, 404, 404, 404),
    "organisations:invitation_resend":    (POST, LOGIN, 404, 404, 404, 302, 404, 404, 404),
    "organisations:invitation_revoke":    (POST, LOGIN, 404, 404, 404, 302, 404, 404, 404),
    "organisations:member_role":          (POST, LOGIN, 404, 404, 404, 302, 404, 404, 404),
    "organisations:member_remove":        (POST, LOGIN, 404, 404, 404, 302, 404, 404, 404),
    "organisations:join_request":         (GET,  LOGIN, 404, 404, 404, 200, 404, 404, 404),
    "organisations:join_approve":         (POST, LOGIN, 404, 404, 404, 302, 404, 404, 404),
    "organisations:join_decline":         (POST, LOGIN, 404, 404, 404, 302, 404, 404, 404),
    "organisations:verifications":        (GET,  LOGIN, 404, 404, 404, 404, 200, 200, 200),
    "organisations:verification":         (GET,  LOGIN, 404, 404, 404, 404, 200, 404, 200),
    "organisations:verify":               (POST, LOGIN, 404, 404, 404, 404, 302, 404, 302),
    "organisations:verification_decline": (POST, LOGIN, 404, 404, 404, 404, 302, 404, 302),
}  # fmt: skip
PEOPLE = {
    "anonymous": lambda organisation: None,
    "stranger": lambda organisation: make_user(),
    "viewer": lambda organisation: make_member(organisation, "viewer"),
    "editor": lambda organisation: make_member(organisation, "editor"),
    "owner": lambda organisation: make_member(organisation, "owner"),
    "agency": lambda organisation: make_member(make_agency(), "editor"),
    "agency elsewhere": lambda organisation: make_member(make_agency(state=make_state("DE-NI"))),
    "admin": lambda organisation: make_user(is_staff=True, is_superuser=True),
}
FORM = {"role": "viewer", "reason": "Darum.", "message": "Hallo"}


def address_of(name: str, organisation: Organisation) -> str:
    word = name.partition(":")[2]
    match word:
        case "list" | "new" | "switch" | "search" | "verifications":
            args = []
        case "invitation":
            args = [make_invitation(organisation)[1]]
        case "join_withdraw":
            args = [make_join_request(organisation).pk]
        case "join_request" | "join_approve" | "join_decline":
            args = [organisation.slug, make_join_request(organisation).pk]
        case "invitation_resend" | "invitation_revoke":
            args = [organisation.slug, make_invitation(organisation)[0].pk]
        case "member_role" | "member_remove":
            make_member(organisation, "viewer")
            viewers = Membership.objects.filter(organisation=organisation, role="viewer")
            args = [organisation.slug, viewers.latest("pk").pk]
        case _:
            args = [organisation.slug]
    return reverse(name, args=args)


@pytest.mark.django_db
@pytest.mark.parametrize("name", WHO_MAY)
def test_who_may(client, name):
    method, *expected = WHO_MAY[name]
    seen = []
    for make in PEOPLE.values():
        organisation = make_organisation(kind="municipality")
        make_member(organisation)
        person = make(organisation)
        address = address_of(name, organisation)
        client.logout()
        if person:
            client.force_login(person)
        data = FORM | {"organisation": organisation.slug}
        response = getattr(client, method)(address, data if method == POST else None)
        to_login = response.status_code == 302 and "/login/" in response["Location"]
        seen.append(LOGIN if to_login else response.status_code)
    assert seen == expected


@pytest.mark.django_db
def test_a_viewer_of_the_agency_verifies_nothing(client):
    waiting = make_organisation(kind="municipality")
    client.force_login(make_member(make_agency(), "viewer"))
    assert client.post(reverse("organisations:verify", args=[waiting.slug])).status_code == 404
    assert client.get(reverse("organisations:verifications")).status_code == 404


@pytest.mark.django_db
def test_an_unverified_agency_verifies_nothing(client):
    waiting = make_organisation(kind="municipality")
    client.force_login(make_member(make_agency(verified_at=None)))
    assert client.post(reverse("organisations:verify", args=[waiting.slug])).status_code == 404
