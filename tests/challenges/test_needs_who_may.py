"""Who may do what with a need: one for agencies, of a verified municipality."""

from typing import Any

from django.urls import reverse

from profiles.models import Organisation
from tests.factories import LONG_AGO, make_member, make_need, make_organisation
from tests.who_may import GET, LOGIN, POST, Table

# The list and the page are public; the page of what is not released is for those who may see it.
#                       method  anonymous stranger viewer editor owner
#                               agency of the state, agency elsewhere, admin
ROWS = {
    "needs:list":      (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "needs:detail":    (GET,  404,   404, 200, 200, 200, 200, 404, 200),
    "needs:new":       (GET,  LOGIN, 302, 302, 200, 200, 200, 200, 302),
    "needs:edit":      (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "needs:release":   (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "needs:end":       (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "needs:reopen":    (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "needs:contact":   (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
}  # fmt: skip
STATES: dict[str, dict[str, Any]] = {
    "needs:release": {"state": "draft", "released_at": None},
    "needs:contact": {"visibility": "public"},
    "needs:reopen": {"state": "no_offer", "ended_at": LONG_AGO},
}


def address_of(name: str, organisation: Organisation) -> str:
    if name in {"needs:list", "needs:new"}:
        return reverse(name)
    if name == "needs:contact":
        make_member(organisation)  # who reads it
    fields = {"organisation": organisation, "visibility": "agencies"} | STATES.get(name, {})
    return reverse(name, args=[make_need(**fields).pk])


def form(organisation: Organisation) -> dict[str, Any]:
    return {"version": 1, "state": "no_offer", "outcome": "Darum."}


def town() -> Organisation:
    return make_organisation(kind="municipality", verified_at=LONG_AGO)


WHO_MAY = Table(ROWS, address_of, town, form)
