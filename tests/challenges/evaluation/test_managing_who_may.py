"""Who may run the judging of a challenge: editors and owners of the organisation that posts it."""

from typing import Any

from django.urls import reverse

from profiles.models import Organisation
from tests.challenges.evaluation.making import (
    make_agreed,
    make_opened,
    make_proposed,
    make_reviewer,
)
from tests.factories import LONG_AGO, make_organisation
from tests.who_may import GET, LOGIN, POST, Table

#                             method  anonymous stranger viewer editor owner
#                                     agency of the state, agency elsewhere, admin
ROWS = {
    "evaluation:overview":    (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "evaluation:spread":      (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "evaluation:remind":      (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "evaluation:appoint":     (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "evaluation:close":       (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "evaluation:propose":     (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "evaluation:sign":        (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "evaluation:dismiss":     (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "evaluation:record_pdf":  (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "evaluation:record_xlsx": (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
}  # fmt: skip
DECIDED = {
    "evaluation:sign",
    "evaluation:dismiss",
    "evaluation:record_pdf",
    "evaluation:record_xlsx",
}


def town() -> Organisation:
    return make_organisation(kind="municipality", verified_at=LONG_AGO)


def address_of(name: str, organisation: Organisation) -> str:
    if name in DECIDED:
        decision = make_proposed(organisation=organisation)
        return reverse(name, args=[decision.challenge.slug])
    if name == "evaluation:propose":
        return reverse(name, args=[make_agreed(organisation=organisation).slug])
    challenge = make_opened(organisation=organisation)
    reviewer = make_reviewer(challenge)
    return reverse(name, args=[reviewer.pk if name == "evaluation:appoint" else challenge.slug])


def form(organisation: Organisation) -> dict[str, Any]:
    return {"spread": 4}


WHO_MAY = Table(ROWS, address_of, town, form)
