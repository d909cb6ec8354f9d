"""Writing first: to a provider, or to colleagues who use a solution already."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from profiles.contact.answer_time import answer_time
from profiles.contact.forms import NewForm
from profiles.contact.models import Thread
from profiles.models import Deployment, Membership, Organisation, Provider, Solution
from profiles.organisations.active import active_organisation
from profiles.organisations.people import signed_in

COLLEAGUES = frozenset({*Organisation.PLACES, Organisation.Kind.STATE_AGENCY})


@dataclass(frozen=True)
class Addressee:
    """Who is written to, about what; `back` is the page where the person came from.

    Of `kinds` must be who asks, where that matters; `begun` is told of the thread. Who has an
    alias stays unnamed until they answer.
    """

    organisation: Organisation
    back: str
    about: str = ""
    alias: str = ""
    solution: Solution | None = None
    deployment: Deployment | None = None
    title: str = ""  # of the page
    kinds: frozenset[str] = frozenset()
    begun: Callable[[Thread], object] | None = None

    @property
    def name(self) -> str:
        return self.alias or self.organisation.name

    @property
    def is_provider(self) -> bool:
        return not self.kinds


@require_http_methods(["GET", "HEAD", "POST"])
def to_provider(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Provider.objects.published().select_related("organisation")
    provider = get_object_or_404(rows, organisation__slug=slug)
    return started(request, Addressee(provider.organisation, provider.get_absolute_url()))


@require_http_methods(["GET", "HEAD", "POST"])
def about_solution(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Solution.objects.published().select_related("provider__organisation")
    solution = get_object_or_404(rows, slug=slug)
    organisation = solution.provider.organisation
    back = solution.get_absolute_url()
    return started(request, Addressee(organisation, back, solution.title, solution=solution))


@require_http_methods(["GET", "HEAD", "POST"])
def to_colleague(request: HttpRequest, pk: int) -> HttpResponse:
    """The relay: only where the municipality has agreed to it, and as long as it does."""
    rows = Deployment.objects.askable().for_rows()
    deployment = get_object_or_404(rows.filter(solution__published_at__isnull=False), pk=pk)
    there = Organisation.objects.of_places().verified().with_deciders().by_name()
    organisation = get_object_or_404(there.filter(municipality=deployment.municipality)[:1])
    solution = deployment.solution
    addressee = Addressee(
        organisation,
        solution.get_absolute_url(),
        solution.title,
        solution=solution,
        deployment=deployment,
        kinds=COLLEAGUES,
    )
    return started(request, addressee)


def hindrance(request: HttpRequest, asking: Organisation | None, to: Addressee) -> str:
    """Why the person may not write first: the name of the notice that says so, or nothing."""
    if asking is None:
        return "nowhere"
    if asking == to.organisation:
        return "own"
    deciders = Membership.objects.deciders()
    if not deciders.filter(user=request.user.pk, organisation=asking).exists():
        return "viewer"
    if not asking.is_verified:
        return "unverified"
    if to.kinds and asking.kind not in to.kinds:
        return "no_colleague" if to.kinds == COLLEAGUES else "no_provider"
    return "" if deciders.filter(organisation=to.organisation).exists() else "nobody"


def started(request: HttpRequest, to: Addressee) -> HttpResponse:
    """Send the first message, or say who may and how."""
    asking, now = active_organisation(request), timezone.now()
    why_not = hindrance(request, asking, to)
    form = NewForm(request.POST or None, initial={"subject": to.about[:150]})
    if asking and not why_not and form.is_valid():
        try:
            thread = Thread.objects.start(
                asking=asking,
                answering=to.organisation,
                solution=to.solution,
                deployment=to.deployment,
                alias=to.alias,
                by=signed_in(request),
                at=now,
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if to.begun:
                to.begun(thread)
            messages.success(request, _("Ihre Nachricht ist gesendet."))
            return redirect(thread)
    time = None if to.kinds else answer_time(to.organisation, at=now)
    context = {"form": form, "to": to, "asking": asking, "why_not": why_not, "answer_time": time}
    return render(request, "contact/new.html", context)
