"""Reading challenges: the list, its feed, the page of one, its dates, and watching it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from challenges.calls.calendar import calendar_of
from challenges.calls.filters import ChallengeFilter
from challenges.calls.models import Challenge, ProviderQuestion
from challenges.calls.nature import nature_of
from challenges.calls.people import may_ask, posting_for
from profiles.models import Organisation
from profiles.organisations.active import active_organisation
from profiles.organisations.people import signed_in
from profiles.paging import Paginator
from profiles.xml import AtomFeed

PAGE_SIZE = 20
LENGTH = 30


def _filtered(request: HttpRequest) -> ChallengeFilter:
    """Narrow the public ones; the empty fields that a form sends are no values."""
    filled: QueryDict = request.GET.copy()
    for name, values in request.GET.lists():
        filled.setlist(name, [value for value in values if value])
    at = timezone.now()
    public = Challenge.objects.public().with_state_at(at).for_rows()
    return ChallengeFilter(filled, queryset=public.nearest_deadline_first(), at=at)


@login_not_required
@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    filterset = _filtered(request)
    page = Paginator(filterset.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filterset": filterset,
        "page": page,
        "posts": posting_for(request.user).exists(),
    }
    return render(request, "calls/list.html", context)


@login_not_required
@require_safe
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Challenge.objects.visible_to(request.user).for_page()
    found = get_object_or_404(visible, slug=slug)
    at = timezone.now()
    questions = ProviderQuestion.objects.filter(challenge=found).in_order()
    mine = found.applications.editable_by(request.user).defer("draft")
    context = {
        "challenge": found,
        "state": found.state_at(at),
        "nature": nature_of(found),
        "addenda": found.addenda.latest_first(),
        "answered": questions.published(),
        "own_questions": questions.waiting().of_member(request.user),
        "log": found.log.all() if found.published_at else [],
        "asks": may_ask(request.user) and found.takes_questions(at=at),
        "takes_questions": found.takes_questions(at=at),
        "takes_applications": Challenge.objects.taking(at=at).filter(pk=found.pk).exists(),
        "begun": mine.with_draft().filter(organisation=active_organisation(request)).first(),
        "is_watching": found.watches.filter(user=request.user.pk).exists(),
        "may_edit": Challenge.objects.editable_by(request.user).filter(pk=found.pk).exists(),
        "named_needs": _named(found),
    }
    return render(request, "calls/detail.html", context)


def _named(found: Challenge) -> list[Organisation]:
    """Whose needs it covers, of those who let everybody know their need and their name."""
    shown = found.needs.released().filter(is_named=True).values("organisation")
    return list(Organisation.objects.filter(pk__in=shown).by_name())


@login_not_required
@require_safe
def challenge_ics(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Challenge.objects.public(), slug=slug)
    headers = {"Content-Disposition": f'attachment; filename="{found.slug}.ics"'}
    return HttpResponse(calendar_of(found), content_type="text/calendar", headers=headers)


@require_POST
def challenge_watch(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin or end to watch; who clicks twice watches once."""
    found = get_object_or_404(Challenge.objects.public(), slug=slug)
    user = signed_in(request)
    if "end" in request.POST:
        found.watches.filter(user=user).delete()
        messages.success(request, _("Sie beobachten die Challenge nicht mehr."))
    else:
        found.watches.get_or_create(user=user, defaults={"since": timezone.now()})
        messages.success(request, _("Wir schreiben Ihnen, wenn sich etwas ändert."))
    return redirect(found)


class ChallengeFeed(Feed):  # type: ignore[type-arg]
    """The newest hits of a filter, at the address of the list with the same parameters."""

    feed_type = AtomFeed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> ChallengeFilter:
        return _filtered(request)

    def title(self) -> str:
        return _("Neue Challenges auf dem GovTech-Marktplatz")

    def link(self, filterset: ChallengeFilter) -> str:
        return f"{reverse('calls:list')}?{filterset.data.urlencode()}"

    def items(self, filterset: ChallengeFilter) -> Any:
        return filterset.qs.order_by("-published_at", "-pk")[:LENGTH]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.problem)

    def item_author_name(self, item: Challenge) -> str:
        return item.organisation.name

    def item_pubdate(self, item: Challenge) -> Any:
        return item.published_at


challenge_feed = login_not_required(ChallengeFeed())
