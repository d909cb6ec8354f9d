"""Who may do what with a draft; see tests/who_may.py."""

from django.urls import reverse

from profiles.models import Organisation
from tests.factories import (
    LONG_AGO,
    make_draft,
    make_solution,
    make_verified_provider,
)
from tests.who_may import GET, LOGIN, POST, Table

#                               anonymous stranger viewer editor owner
#                               agency of the state, agency elsewhere, admin
ROWS = {
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


def address_of(name: str, organisation: Organisation) -> str:
    provider = organisation.provider
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


WHO_MAY = Table(
    ROWS,
    address_of,
    lambda: make_verified_provider().organisation,
    lambda organisation: {"version": "1", "reason": "Darum."},
)
