"""Who may do what with a deployment: as somebody of the provider, and of the municipality."""

from typing import Any

import pytest
from django.urls import reverse

from profiles.models import Organisation
from tests.factories import (
    LONG_AGO,
    make_deployment,
    make_member,
    make_organisation,
    make_provider,
    make_request,
    make_solution,
)
from tests.who_may import GET, LOGIN, PEOPLE, POST, Table

# anonymous, stranger; viewer, editor, owner of the provider; the same of the municipality;
# agency of the state, agency elsewhere, admin
ROWS = {
    "deployments:list":    (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "deployments:new":     (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404, 404, 404, 404),
    "deployments:edit":    (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404, 404, 404, 404),
    "deployments:remove":  (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404, 404, 404, 404),
    "deployments:resend":  (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404, 404, 404, 404),
    "deployments:detail":  (GET,  LOGIN, 404, 200, 200, 200, 200, 200, 200, 200, 404, 200),
    "deployments:decide":  (GET,  LOGIN, 404, 404, 404, 404, 404, 200, 200, 404, 404, 404),
    "deployments:confirm": (GET,  200,   200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "deployments:withdraw": (GET, LOGIN, 404, 404, 404, 404, 404, 200, 200, 404, 404, 404),
    "deployments:consent": (POST, LOGIN, 404, 404, 404, 404, 404, 302, 302, 404, 404, 404),
    "deployments:accept":  (POST, LOGIN, 404, 404, 404, 404, 404, 404, 404, 302, 404, 302),
    "deployments:reject":  (POST, LOGIN, 404, 404, 404, 404, 404, 404, 404, 302, 404, 302),
}  # fmt: skip
STATE = {  # in which a deployment has to be for the click to make sense
    "deployments:withdraw": {"confirmed_at": LONG_AGO},
    "deployments:consent": {"confirmed_at": LONG_AGO},
    "deployments:accept": {"mail_confirmed_at": LONG_AGO},
    "deployments:reject": {"mail_confirmed_at": LONG_AGO},
    "deployments:detail": {"mail_confirmed_at": LONG_AGO},
}


def provider() -> Organisation:
    organisation = make_organisation(kind="provider", verified_at=LONG_AGO)
    return make_provider(organisation=organisation).organisation


def town() -> Organisation:
    """The one municipality of the table."""
    found = Organisation.objects.filter(slug="stadt-der-tabelle").first()
    fields = {"kind": "municipality", "verified_at": LONG_AGO, "slug": "stadt-der-tabelle"}
    return found or make_organisation(**fields)


def people() -> dict[str, Any]:
    """Those of the provider, then those of the municipality, then the rest."""
    of_town = {
        f"{role} of the municipality": lambda _, role=role: make_member(town(), role)
        for role in ("viewer", "editor", "owner")
    }
    roles = list(PEOPLE.items())
    return dict(roles[:5]) | of_town | dict(roles[5:])


def address_of(name: str, provider: Organisation) -> str:
    fields = {"municipality": town().municipality, "confirmed_at": None} | STATE.get(name, {})
    deployment = make_deployment(make_solution(provider=provider.provider), **fields)
    match name.partition(":")[2]:
        case "list":
            return reverse(name)
        case "new":
            return reverse(name, args=[deployment.solution.slug])
        case "decide":
            return reverse(name, args=[make_request(deployment).pk])
        case "confirm":
            return reverse(name, args=[make_request(deployment, "a@a.example").token])
        case "resend":
            make_request(deployment, "a@a.example")
    return reverse(name, args=[deployment.pk])


WHO_MAY = Table(
    ROWS,
    address_of,
    provider,
    lambda provider: {"reason": "Darum.", "consent": "yes"},
    people(),
)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["viewer", "editor", "owner"])
def test_an_unverified_municipality_confirms_nothing(client, role):
    town = make_organisation(kind="municipality")
    deployment = make_deployment(make_solution(), municipality=town.municipality, confirmed_at=None)
    request = make_request(deployment)
    client.force_login(make_member(town, role))
    assert client.get(reverse("deployments:decide", args=[request.pk])).status_code == 404
    assert "sobald die Organisation geprüft ist" in (
        client.get(deployment.get_absolute_url()).content.decode()
    )
