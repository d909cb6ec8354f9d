"""Who may do what with a shortlist; admins of the market and strangers have none."""

from typing import Any

from django.urls import reverse

from marketplace.shortlists.models import ShortlistEntry
from profiles.models import Organisation
from tests.factories import LONG_AGO, make_organisation, make_solution, make_user
from tests.who_may import GET, LOGIN, POST, Table

#                       method  anonymous stranger viewer editor owner
#                               agency of the state, agency elsewhere, admin
ROWS = {
    "shortlist":       (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "shortlist_xlsx":  (GET,  LOGIN, 404, 200, 200, 200, 200, 200, 404),
    "shortlist_pdf":   (GET,  LOGIN, 404, 200, 200, 200, 200, 200, 404),
    "shortlist_add":   (POST, LOGIN, 302, 404, 302, 302, 302, 302, 302),
    "shortlist_entry": (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 404),
    "shortlist_note":  (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
}  # fmt: skip


def address_of(name: str, organisation: Organisation) -> str:
    if name in {"shortlist", "shortlist_xlsx", "shortlist_pdf"}:
        return reverse(name)
    solution = make_solution()
    if name == "shortlist_add":
        return reverse(name, args=[solution.slug])
    entry, _is_new = ShortlistEntry.objects.add(solution, organisation, by=make_user(), at=LONG_AGO)
    return reverse(name, args=[entry.pk])


def form(organisation: Organisation) -> dict[str, Any]:
    return {"text": "Eine Notiz"}


WHO_MAY = Table(ROWS, address_of, make_organisation, form)
