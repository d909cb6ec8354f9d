"""Who may do what with a challenge of a verified town, and what its partners may."""

from typing import Any

import pytest
from django.urls import reverse

from profiles.models import Organisation
from tests.factories import (
    LONG_AGO,
    make_challenge,
    make_member,
    make_organisation,
    make_provider_question,
    make_running,
)
from tests.who_may import GET, LOGIN, POST, Table

#                            method  anonymous stranger viewer editor owner
#                                    agency of the state, agency elsewhere, admin
ROWS = {
    "calls:list":            (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "calls:feed":            (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "calls:adviser":         (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "calls:detail":          (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "calls:detail, draft":   (GET,  404,   404, 200, 200, 200, 404, 404, 200),
    "calls:ics":             (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "calls:ics, draft":      (GET,  404,   404, 404, 404, 404, 404, 404, 404),
    "calls:watch":           (POST, LOGIN, 302, 302, 302, 302, 302, 302, 302),
    "calls:watch, draft":    (POST, LOGIN, 404, 404, 404, 404, 404, 404, 404),
    "calls:own":             (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "calls:new":             (GET,  LOGIN, 302, 302, 200, 200, 200, 200, 302),
    "calls:draft":           (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 200),
    "calls:step":            (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "calls:submit":          (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "calls:give_back":       (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "calls:publish":         (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "calls:cancel":          (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "calls:addendum":        (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "calls:ask":             (GET,  LOGIN, 404, 404, 404, 404, 404, 404, 404),
    "calls:answers":         (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "calls:answer":          (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "calls:answers_publish": (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
}  # fmt: skip
HIDDEN = {"draft", "step", "submit", "detail, draft", "ics, draft", "watch, draft"}


def address_of(name: str, organisation: Organisation) -> str:
    word = name.partition(":")[2]
    plain = name.partition(",")[0]
    if word in {"list", "feed", "adviser", "own", "new"}:
        return reverse(name)
    if word in HIDDEN:
        call = make_challenge(organisation=organisation)
    elif word in {"give_back", "publish"}:
        call = make_challenge(organisation=organisation, state="in_review")
    else:
        call = make_running(organisation=organisation)
    by_number = word in {"draft", "submit", "give_back", "publish", "cancel", "addendum"}
    args: list[Any] = [call.pk] if by_number else [call.slug]
    if word == "step":
        args = [call.pk, "problem"]
    if word == "answer":
        args = [call.slug, make_provider_question(call).pk]
    return reverse(plain, args=args)


def town() -> Organisation:
    return make_organisation(kind="municipality", verified_at=LONG_AGO)


WHO_MAY = Table(ROWS, address_of, town)


# Partners, and providers


@pytest.mark.django_db
def test_members_of_a_partner_read_the_draft_and_change_nothing(client):
    draft = make_challenge()
    partner = town()
    draft.partners.add(partner)
    client.force_login(make_member(partner))
    assert client.get(reverse("calls:draft", args=[draft.pk])).status_code == 200
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(reverse("calls:step", args=[draft.pk, "problem"])).status_code == 404
    assert client.post(reverse("calls:submit", args=[draft.pk])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "verified", "status"),
    [("editor", True, 200), ("owner", True, 200), ("viewer", True, 404), ("owner", False, 404)],
)
def test_who_speaks_for_a_verified_provider_may_ask(client, role, verified, status):
    provider = make_organisation(kind="provider", verified_at=LONG_AGO if verified else None)
    client.force_login(make_member(provider, role))
    assert client.get(reverse("calls:ask", args=[make_running().slug])).status_code == status
