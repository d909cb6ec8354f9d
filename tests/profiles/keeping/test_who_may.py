"""Who may do what with a draft; each row is tried on fresh rows."""

import pytest
from django.urls import reverse

from tests.factories import (
    LONG_AGO,
    make_draft,
    make_solution,
    make_verified_provider,
)
from tests.profiles.organisations.test_who_may import PEOPLE

GET, POST, LOGIN = "get", "post", "login"
#                               anonymous stranger viewer editor owner
#                               agency of the state, agency elsewhere, admin
WHO_MAY = {
    "keeping:list":       (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "keeping:profile":    (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "keeping:new":        (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "keeping:edit":       (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "keeping:withdraw":   (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "keeping:bring_back": (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "keeping:draft":      (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "keeping:step":       (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "keeping:submit":     (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "keeping:take_back":  (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "keeping:discard":    (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "keeping_preview":    (GET,  LOGIN, 404, 200, 200, 200, 200, 404, 200),
    "keeping:queue":      (GET,  LOGIN, 404, 404, 404, 404, 200, 200, 200),
    "keeping:check":      (GET,  LOGIN, 404, 404, 404, 404, 200, 404, 200),
    "keeping:publish":    (POST, LOGIN, 404, 404, 404, 404, 302, 404, 302),
    "keeping:return":     (POST, LOGIN, 404, 404, 404, 404, 302, 404, 302),
}  # fmt: skip
WAITING = {"keeping:take_back", "keeping:check", "keeping:publish", "keeping:return"}
OF_SOLUTION = {"keeping:edit", "keeping:withdraw", "keeping:bring_back"}
OF_PROVIDER = {"keeping:list", "keeping:profile", "keeping:new"}


def address_of(name: str, provider) -> str:
    if name == "keeping:queue":
        return reverse(name)
    if name in OF_PROVIDER:
        return reverse(name, args=[provider.organisation.slug])
    if name in OF_SOLUTION:
        gone = {"published_at": None, "withdrawn_at": LONG_AGO}
        fields = gone if name == "keeping:bring_back" else {}
        return reverse(name, args=[make_solution(provider=provider, **fields).slug])
    waits = name in WAITING or name == "keeping_preview"
    draft = make_draft(provider=provider, state="submitted" if waits else "draft")
    return reverse(name, args=[draft.pk, *(["grunddaten"] if name == "keeping:step" else [])])


@pytest.mark.django_db
@pytest.mark.parametrize("name", WHO_MAY)
def test_who_may(client, name):
    method, *expected = WHO_MAY[name]
    seen = []
    for make in PEOPLE.values():
        provider = make_verified_provider()
        person = make(provider.organisation)
        address = address_of(name, provider)
        client.logout()
        if person:
            client.force_login(person)
        data = {"version": "1", "reason": "Darum."}
        response = getattr(client, method)(address, data if method == POST else None)
        to_login = response.status_code == 302 and "/login/" in response["Location"]
        seen.append(LOGIN if to_login else response.status_code)
    assert seen == expected
