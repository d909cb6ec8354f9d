"""Who may do what with hits, alerts and the needs of others; the subject is a municipality."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from marketplace.alerts.models import Watch
from marketplace.feedback.models import Rejection
from profiles.models import Organisation
from tests.factories import (
    LONG_AGO,
    make_match,
    make_need,
    make_organisation,
    make_solution,
    make_user,
)
from tests.who_may import GET, LOGIN, POST, Table

#                       method  anonymous stranger viewer editor owner
#                               agency of the state, agency elsewhere, admin
ROWS = {
    "match_reject":    (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "match_restore":   (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "alerts":          (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "search_save":     (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "watch_switch":    (POST, LOGIN, 404, 404, 404, 404, 404, 404, 404),
    "watch_delete":    (POST, LOGIN, 404, 404, 404, 404, 404, 404, 404),
    "need_join":       (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "need_join, anonymous": (GET, LOGIN, 404, 404, 404, 404, 404, 404, 404),
}  # fmt: skip


def address_of(name: str, organisation: Organisation) -> str:
    url, _, why = name.partition(", ")
    if url in {"alerts", "search_save"}:
        return reverse(url)
    if url.startswith("watch"):
        return reverse(url, args=[_watch_of_somebody()])
    need = make_need(organisation=organisation, visibility="public", is_named=not why)
    if url == "need_join":
        return reverse(url, args=[need.pk])
    solution = make_solution()
    make_match(need, solution)
    if url == "match_restore":
        said = {"reason": "price", "text": "", "by": None, "at": LONG_AGO}
        Rejection.objects.create(need=need, solution=solution, **said)
    return reverse(url, args=[need.pk, solution.slug])


def _watch_of_somebody() -> int:
    fields: dict[str, Any] = {"kind": "search", "query": "phase=P4", "created_at": timezone.now()}
    return Watch.objects.create(user=make_user(), **fields).pk


def town() -> Organisation:
    return make_organisation(kind="municipality", verified_at=LONG_AGO)


WHO_MAY = Table(ROWS, address_of, town)
