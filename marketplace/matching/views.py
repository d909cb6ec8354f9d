import functools

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from challenges.models import Need
from challenges.needs.queries import NeedQuerySet
from marketplace.matching import pages, tasks
from marketplace.matching.engine import shared_out
from marketplace.matching.hit_html import Reader
from marketplace.matching.models import Weights
from marketplace.matching.updating import is_outdated
from marketplace.matching.weights import largest_first
from marketplace.queue import queued
from profiles.models import Membership, User
from profiles.models.people import AnyUser
from profiles.organisations.active import own_memberships
from profiles.prepared import EXAMPLE, Prepared

ASK_AGAIN_SECONDS = 30


@require_safe
def need_matches(request: HttpRequest, pk: int) -> HttpResponse:
    need = visible_need(request.user, pk)
    outdated = updated_soon(is_outdated(need))
    own = [row for row in own_memberships(request) if row.organisation_id == need.organisation_id]
    may_reject = any(row.role in Membership.DECIDERS for row in own)
    reader = Reader(need.pk, is_own=bool(own), may_reject=may_reject)
    context = {
        "need": need,
        "page": pages.MatchPage.of(need, reader, on=timezone.localdate()),
        "is_outdated": outdated,
        "may_reject": may_reject,
    }
    return render(request, "marketplace/matching/matches.html", context)


def visible_need(user: AnyUser, pk: int) -> Need:
    """Return the need; raises Http404 for who may not see it."""
    if user.is_staff:
        return get_object_or_404(_needs(), pk=pk)
    for need in _visible_needs()(user=user.pk, pk=pk):
        return need
    raise Http404


def _needs() -> NeedQuerySet:
    places = ("organisation__municipality__state", "organisation__state")
    return Need.objects.select_related(*places, "matching")


@functools.cache
def _visible_needs() -> Prepared[Need]:
    """Put together once what people see who are not staff."""
    return Prepared(
        lambda user, pk: _needs().visible_to(User(pk=user)).filter(pk=pk),
        user=EXAMPLE,
        pk=EXAMPLE + 1,
    )


@login_not_required
@require_safe
def ranking_rule(request: HttpRequest) -> HttpResponse:
    shares = shared_out(Weights.objects.in_force().mix, uses_meaning=True)
    context = {"shares": largest_first(shares)}
    return render(request, "marketplace/matching/rule.html", context)


def updated_soon(is_outdated: bool) -> bool:
    """Let a worker begin now rather than at its next round; return what was told.

    Without a broker it is the round.
    """
    if is_outdated and cache.add("matching:asked", 1, ASK_AGAIN_SECONDS):
        queued(tasks.update_matches, expires=60)
    return is_outdated
