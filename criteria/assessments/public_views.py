"""What people read without belonging to the organisation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from criteria.assessments.models import Assessment
from criteria.assessments.ratings import Confirmation
from criteria.assessments.results import Results
from criteria.assessments.sharing import ShareLink
from criteria.assessments.standing import settle, standings
from criteria.assessments.views import may_write
from profiles.models import Organisation
from profiles.organisations.active import active_organisation
from profiles.organisations.people import signed_in


@login_not_required
@never_cache
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The council report for whoever has the link; no notes, no evidence, no names of people."""
    now = timezone.now()
    links = ShareLink.objects.open(at=now).with_token(token)
    link = get_object_or_404(
        links.select_related("assessment__organisation", "assessment__catalogue")
    )
    context = {"link": link, "assessment": link.assessment, "results": Results.of(link.assessment)}
    response = render(request, "criteria/assessments/shared.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@require_safe
def of_solution(request: HttpRequest, slug: str) -> HttpResponse:
    """What a provider thinks of its own solution, and who confirms it."""
    published = Assessment.objects.published().select_related(
        "organisation", "catalogue", "solution"
    )
    found = get_object_or_404(published, solution__slug=slug)
    ratings = found.ratings.for_results().with_confirmations()
    results = Results(found, ratings)
    context = {
        "assessment": found,
        "results": results,
        "standings": standings(results),
        "may_confirm": _confirming(request, found) is not None,
    }
    return render(request, "criteria/assessments/of_solution.html", context)


@require_POST
def confirm(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Confirm one rating as the page showed it, or take the confirmation back."""
    published = Assessment.objects.published()
    found = get_object_or_404(published, solution__slug=slug)
    organisation = _confirming(request, found)
    if organisation is None:
        raise Http404
    rating = get_object_or_404(found.ratings.known(), criterion__key=key)
    if request.POST.get("value") != rating.value:
        text = _(
            "Der Anbieter hat die Bewertung inzwischen geändert. Bitte lesen Sie sie noch einmal."
        )
        messages.error(request, text)
        return redirect("assessments:of_solution", slug)
    is_given = Confirmation.objects.toggle(
        rating, organisation, by=signed_in(request), at=timezone.now()
    )
    settle(found.solution_id)
    messages.success(
        request, _("Bestätigt.") if is_given else _("Die Bestätigung ist zurückgenommen.")
    )
    return redirect("assessments:of_solution", slug)


def _confirming(request: HttpRequest, found: Assessment) -> Organisation | None:
    """The organisation for which the person may confirm: it uses the solution."""
    organisation = active_organisation(request)
    if not may_write(request, organisation):
        return None
    confirmable = Assessment.objects.confirmable_by(organisation).filter(pk=found.pk)
    return organisation if confirmable.exists() else None
