"""Who may do what with a deployment: as somebody of the provider, and of the municipality."""

import pytest
from django.urls import reverse

from profiles.models import Deployment
from tests.factories import (
    LONG_AGO,
    make_agency,
    make_deployment,
    make_member,
    make_organisation,
    make_provider,
    make_request,
    make_solution,
    make_state,
    make_user,
)

GET, POST, LOGIN = "get", "post", "login"
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
WHO_MAY = set(ROWS)
STATE = {  # in which a deployment has to be for the click to make sense
    "deployments:withdraw": {"confirmed_at": LONG_AGO},
    "deployments:consent": {"confirmed_at": LONG_AGO},
    "deployments:accept": {"mail_confirmed_at": LONG_AGO},
    "deployments:reject": {"mail_confirmed_at": LONG_AGO},
    "deployments:detail": {"mail_confirmed_at": LONG_AGO},
}


@pytest.fixture
def provider(db):
    return make_provider(
        organisation=make_organisation(kind="provider", verified_at=LONG_AGO)
    ).organisation


@pytest.fixture
def town(db):
    return make_organisation(kind="municipality", verified_at=LONG_AGO)


@pytest.fixture
def people(provider, town):
    roles = ("viewer", "editor", "owner")
    return [
        None,
        make_user(),
        *(make_member(provider, role) for role in roles),
        *(make_member(town, role) for role in roles),
        make_member(make_agency(), "editor"),
        make_member(make_agency(state=make_state("DE-NI"))),
        make_user(is_staff=True, is_superuser=True),
    ]


def address_of(name: str, deployment: Deployment) -> str:
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


@pytest.mark.parametrize("name", ROWS)
def test_who_may(client, provider, town, people, name):
    method, *expected = ROWS[name]
    seen = []
    for person in people:
        fields = {"municipality": town.municipality, "confirmed_at": None} | STATE.get(name, {})
        solution = make_solution(provider=provider.provider)
        deployment = make_deployment(solution, **fields)
        if name in STATE:
            make_request(make_deployment(make_solution(), confirmed_at=None))
        address = address_of(name, deployment)
        client.logout()
        if person:
            client.force_login(person)
        data = {"reason": "Darum.", "consent": "yes"} if method == POST else None
        response = getattr(client, method)(address, data)
        to_login = response.status_code == 302 and "/login/" in response["Location"]
        seen.append(LOGIN if to_login else response.status_code)
    assert seen == expected


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
