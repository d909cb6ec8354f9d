"""Who may do what with a thread, as somebody of the organisation that is asked."""

import pytest
from django.urls import reverse

from tests.factories import (
    LONG_AGO,
    make_agency,
    make_deployment,
    make_member,
    make_organisation,
    make_provider,
    make_solution,
    make_state,
    make_thread,
    make_user,
)

GET, POST, LOGIN = "get", "post", "login"
#                           anonymous stranger viewer editor owner
#                           agency of the state, agency elsewhere, admin
ROWS = {
    "contact:inbox":     (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "contact:provider":  (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "contact:solution":  (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "contact:colleague": (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "contact:thread":    (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "contact:reply":     (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "contact:close":     (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "contact:report":    (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "provider_check":    (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
}  # fmt: skip
WHO_MAY = set(ROWS)


def addresses(provider) -> dict[str, str]:
    town = make_organisation(kind="municipality", verified_at=LONG_AGO)
    make_member(town)
    solution = make_solution(provider=provider.provider)
    deployment = make_deployment(
        solution, municipality=town.municipality, contact_consent_at=LONG_AGO
    )
    thread = make_thread(answering=provider)
    return {
        "contact:inbox": reverse("contact:inbox"),
        "contact:provider": reverse("contact:provider", args=[provider.slug]),
        "contact:solution": reverse("contact:solution", args=[solution.slug]),
        "contact:colleague": reverse("contact:colleague", args=[deployment.pk]),
        "contact:thread": reverse("contact:thread", args=[thread.pk]),
        "contact:reply": reverse("contact:thread", args=[thread.pk]),
        "contact:close": reverse("contact:close", args=[thread.pk]),
        "contact:report": reverse("contact:report", args=[thread.messages.get().pk]),
        "provider_check": reverse("provider_check", args=[provider.slug]),
    }


@pytest.mark.django_db
def test_who_may(client):
    provider = make_provider().organisation
    people = [
        None,
        make_user(),
        *(make_member(provider, role) for role in ("viewer", "editor", "owner")),
        make_member(make_agency()),
        make_member(make_agency(state=make_state("DE-NI"))),
        make_user(is_staff=True, is_superuser=True),
    ]
    seen: dict[str, list[object]] = {name: [ROWS[name][0]] for name in ROWS}
    for person in people:
        for name, address in addresses(provider).items():
            client.logout()
            if person:
                client.force_login(person)
            method = ROWS[name][0]
            data = {"text": f"Hallo von {person}"} if method == POST else None
            response = getattr(client, method)(address, data)
            to_login = response.status_code == 302 and "/login/" in response["Location"]
            seen[name].append(LOGIN if to_login else response.status_code)
    assert {name: tuple(codes) for name, codes in seen.items()} == ROWS
