"""The assessments of one's organisation: begin one, rate its criteria, move it on."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from criteria.assessments import help as market
from criteria.assessments.evidence import rate
from criteria.assessments.forms import AssessmentForm, RatingForm, ValueForm
from criteria.assessments.models import Assessment
from criteria.assessments.ratings import Rating
from criteria.assessments.results import Results
from criteria.assessments.standing import change, settle
from criteria.assessments.versions import Differences, move
from criteria.models import Catalogue, CriterionPhase
from profiles.models import Membership, Organisation
from profiles.organisations.active import active_organisation, own_memberships
from profiles.organisations.people import signed_in

CONFLICT = 409


@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    organisation = active_organisation(request)
    context = {
        "organisation": organisation,
        "assessments": Assessment.objects.of(organisation).for_rows().newest_first(),
        "may_write": may_write(request, organisation),
        "catalogue": Catalogue.objects.current().first(),
    }
    return render(request, "criteria/assessments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_new(request: HttpRequest) -> HttpResponse:
    organisation = active_organisation(request)
    catalogue = Catalogue.objects.current().first()
    if organisation is None or catalogue is None or not may_write(request, organisation):
        raise Http404
    form = AssessmentForm(
        request.POST or None, organisation=organisation, instance=Assessment(catalogue=catalogue)
    )
    if form.is_valid():
        started = Assessment.objects.start(
            by=signed_in(request),
            at=timezone.now(),
            organisation=organisation,
            catalogue=catalogue,
            **form.entered,
        )
        return redirect(started)
    context = {"form": form, "organisation": organisation, "catalogue": catalogue}
    return render(request, "criteria/assessments/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    editable = Assessment.objects.editable_by(request.user).select_related("organisation")
    found = get_object_or_404(editable, pk=pk)
    form = AssessmentForm(request.POST or None, instance=found, organisation=found.organisation)
    status = 200
    if form.is_valid():
        if change(found, seen=form.cleaned_data["seen"], **form.entered):
            messages.success(request, _("Gespeichert."))
            return redirect(found)
        found.refresh_from_db()
        form.renew(found.version)
        status = CONFLICT
    context = {"form": form, "assessment": found, "is_overtaken": status == CONFLICT}
    return render(request, "criteria/assessments/edit.html", context, status=status)


@dataclass(frozen=True)
class Group:
    """Criteria under one heading; those that do not matter now are opened on demand."""

    title: str
    ratings: list[Rating]


@require_safe
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _readable(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def rating_value(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Save the value alone, from the list; htmx takes the criterion out of the page."""
    found = _readable(request, pk)
    if request.method != "POST":
        return redirect(found)
    chosen = _rating(request, pk, key)
    form = ValueForm(request.POST, instance=chosen)
    if not form.is_valid() or _rate(request, chosen, form):
        return redirect(f"{found.get_absolute_url()}#{key}")
    return _show(request, found, overtaken=form, status=CONFLICT)


def _show(
    request: HttpRequest,
    found: Assessment,
    *,
    overtaken: ValueForm | None = None,
    status: int = 200,
) -> HttpResponse:
    results = Results.of(found)
    first = results.most_relevant
    rest = [rating for rating in results.ratings if rating not in first]
    groups = [
        Group(str(label), [rating for rating in rest if rating.criterion.phase == phase])
        for phase, label in CriterionPhase.choices
    ]
    context = {
        "assessment": found,
        "results": results,
        "first": first,
        "groups": [group for group in groups if group.ratings],
        "values": Rating.Value.choices,
        "may_write": may_write(request, found.organisation),
        "overtaken": overtaken,
        "overtaken_by": _last_change(overtaken.instance) if overtaken else None,
    }
    return render(request, "criteria/assessments/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    chosen = _rating(request, pk, key)
    form = RatingForm(request.POST or None, request.FILES or None, instance=chosen)
    is_overtaken = False
    if form.is_valid():
        if _rate(request, chosen, form):
            messages.success(request, _("Gespeichert."))
            return redirect(chosen)
        chosen = _rating(request, pk, key)
        form.renew(chosen.version)
        is_overtaken = True
    context = {
        "rating": chosen,
        "assessment": chosen.assessment,
        "form": form,
        "history": chosen.history.select_related("history_user")[:20],
        "solutions": market.suggested_solutions(chosen.criterion) if chosen.is_open else [],
        "may_write": may_write(request, chosen.assessment.organisation),
        "is_overtaken": is_overtaken,
        "overtaken_by": _last_change(chosen) if is_overtaken else None,
    }
    status = CONFLICT if is_overtaken else 200
    return render(request, "criteria/assessments/rating.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a newer version of the catalogue changes; a POST moves the assessment there."""
    editable = Assessment.objects.editable_by(request.user)
    found = get_object_or_404(editable.select_related("catalogue"), pk=pk)
    to = found.newer_catalogue
    if to is None:
        raise Http404
    if request.method == "POST":
        move(found, to, by=signed_in(request), at=timezone.now())
        settle(found.solution_id)
        messages.success(request, _("Die Selbsteinschätzung steht jetzt auf der neuen Fassung."))
        return redirect(found)
    context = {
        "assessment": found,
        "to": to,
        "differences": Differences.between(found.catalogue, to),
    }
    return render(request, "criteria/assessments/move.html", context)


def may_write(request: HttpRequest, organisation: Organisation | None) -> bool:
    return any(
        membership.organisation == organisation and membership.role in Membership.DECIDERS
        for membership in own_memberships(request)
    )


def _readable(request: HttpRequest, pk: int) -> Assessment:
    """The assessment; for a POST one that the person may write to."""
    mine = Assessment.objects.of_member(request.user)
    if request.method == "POST":
        mine = Assessment.objects.editable_by(request.user)
    return get_object_or_404(mine.select_related("organisation", "catalogue", "solution"), pk=pk)


def _rating(request: HttpRequest, pk: int, key: str) -> Rating:
    mine = Rating.objects.of_member(request.user)
    if request.method == "POST":
        mine = Rating.objects.editable_by(request.user)
    found = mine.for_page().select_related("assessment__organisation")
    return get_object_or_404(found, assessment=pk, criterion__key=key)


def _rate(request: HttpRequest, chosen: Rating, form: RatingForm | ValueForm) -> bool:
    return rate(
        chosen,
        form.entered,
        form.cleaned_data.get("file"),
        seen=form.cleaned_data["seen"],
        by=signed_in(request),
        at=timezone.now(),
    )


def _last_change(chosen: Rating) -> object:
    return chosen.history.select_related("history_user").first()
