"""Who may keep and who may see the files of a solution; see tests/who_may.py."""

import pytest
from django.urls import reverse

from profiles.models import Organisation, Solution
from tests.factories import (
    make_claim,
    make_file,
    make_picture,
    make_solution,
    make_standard,
    make_state,
)
from tests.who_may import GET, LOGIN, PEOPLE, POST, Table

#                          method  anonymous stranger viewer editor owner
#                          agency of the state, agency elsewhere, admin
ROWS = {
    "solution_files":        (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "solution_file_new":     (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "solution_file_move":    (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "solution_file_alt":     (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "solution_file_remove":  (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "claim_evidence":        (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "claim_evidence_remove": (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "publiccode_import":     (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "publiccode_take":       (POST, LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "stored_file":           (GET,  404,   404, 200, 200, 200, 200, 404, 200),
}  # fmt: skip
# What else there is to see at "stored_file", which the table shows for evidence.
FILES = {
    "public, of a published solution": (200, 200, 200, 200, 200, 200, 200, 200),
    "public, of a draft":              (404, 404, 200, 200, 200, 404, 404, 200),
    "private document":                (404, 404, 200, 200, 200, 404, 404, 404),
}  # fmt: skip


def solution_in_hesse(**fields) -> Solution:
    solution = make_solution(**fields)
    organisation = solution.provider.organisation
    organisation.state = make_state()
    organisation.save()
    return solution


def address_of(name: str, organisation: Organisation) -> str:
    solution = make_solution(provider=organisation.provider)
    match name:
        case "solution_files":
            args = [solution.slug]
        case "solution_file_new":
            args = [solution.slug, "bild"]
        case "claim_evidence" | "claim_evidence_remove":
            args = [solution.slug, make_claim(solution, make_standard()).pk]
        case "stored_file":
            args = [make_file(solution.provider.organisation, kind="evidence").pk]
        case "publiccode_import" | "publiccode_take":
            args = []
        case _:
            args = [solution.slug, make_picture(solution).pk]
    return reverse(name, args=args)


def seen(client, person, method: str, address: str) -> int | str:
    client.logout()
    if person:
        client.force_login(person)
    response = getattr(client, method)(address)
    to_login = response.status_code == 302 and "/login/" in response["Location"]
    return LOGIN if to_login else response.status_code


WHO_MAY = Table(ROWS, address_of, lambda: solution_in_hesse().provider.organisation)


@pytest.mark.django_db
@pytest.mark.parametrize("what", FILES)
def test_who_may_see_a_file(client, what):
    found = []
    for make in PEOPLE.values():
        published = {"published_at": None} if "draft" in what else {}
        solution = solution_in_hesse(**published)
        organisation = solution.provider.organisation
        file = make_picture(solution).file if "public" in what else make_file(organisation)
        found.append(seen(client, make(organisation), GET, file.get_absolute_url()))
    assert tuple(found) == FILES[what]
