"""For which of their organisations a person works right now.

`active_organisation(request)` answers in every view; the choice is kept in the session and
counts only among the person's own organisations, so that it ends with the membership.
"""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from profiles.models import Membership, Organisation
from profiles.prepared import EXAMPLE, Prepared

SESSION_KEY = "active_organisation"


def own_memberships(request: HttpRequest) -> list[Membership]:
    """The person's memberships by name of the organisation; one query for each request."""
    if not request.user.is_authenticated:
        return []
    if not hasattr(request, "_own_memberships"):
        found = _memberships()(user=request.user.pk)
        request._own_memberships = found  # type: ignore[attr-defined]
    memberships: list[Membership] = request._own_memberships  # type: ignore[attr-defined]
    return memberships


@cache
def _memberships() -> Prepared[Membership]:
    rows = Membership.objects.select_related("organisation")
    by_name = rows.order_by("organisation__sort_name", "pk")
    return Prepared(lambda user: by_name.filter(user=user), user=EXAMPLE)


def active_organisation(request: HttpRequest) -> Organisation | None:
    """The chosen one of the person's organisations, else the first by name, else none."""
    own = [membership.organisation for membership in own_memberships(request)]
    chosen = request.session.get(SESSION_KEY) if own else None
    return next((found for found in own if found.pk == chosen), own[0] if own else None)


def activate(request: HttpRequest, organisation: Organisation) -> None:
    request.session[SESSION_KEY] = organisation.pk


def may_verify(request: HttpRequest) -> bool:
    """Whether there is a page of organisations to check for this person."""
    if request.user.is_staff and request.user.has_perm("profiles.change_organisation"):
        return True
    return any(membership.verifies for membership in own_memberships(request))


def switcher(request: HttpRequest) -> dict[str, Any]:
    """What the user menu shows; read only where a page has one (a context processor)."""
    return {
        "own_memberships": SimpleLazyObject(lambda: own_memberships(request)),
        "active_organisation": SimpleLazyObject(lambda: active_organisation(request)),
        "may_verify": SimpleLazyObject(lambda: may_verify(request)),
    }
