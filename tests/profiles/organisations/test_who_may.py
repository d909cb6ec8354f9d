"""Who may do what with an organisation."""

import pytest
from django.urls import reverse

from profiles.models import Membership, Organisation
from profiles.organisations.verifications import seen
from tests.factories import (
    make_agency,
    make_invitation,
    make_join_request,
    make_member,
    make_organisation,
)
from tests.who_may import GET, LOGIN, POST, Table

#                                             method    anonymous stranger viewer editor owner
#                                             agency of the state, agency elsewhere, admin
ROWS = {
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


def town() -> Organisation:
    organisation = make_organisation(kind="municipality")
    make_member(organisation)
    return organisation


def form(organisation: Organisation) -> dict[str, str]:
    return FORM | {"organisation": organisation.slug, "seen": seen(organisation)}


WHO_MAY = Table(ROWS, address_of, town, form)


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
