"""What follows from an assessment, and how it gets to the council."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from criteria.assessments import report as papers
from criteria.assessments.benchmark import benchmark
from criteria.assessments.forms import ReportForm, ShareForm, SnapshotForm
from criteria.assessments.models import Assessment
from criteria.assessments.ratings import Snapshot
from criteria.assessments.results import Results, changes
from criteria.assessments.sharing import ShareLink
from criteria.assessments.versions import take_snapshot
from criteria.assessments.views import CONFLICT, may_write
from profiles import tables
from profiles.organisations.people import signed_in


@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Assessment.objects.results_visible_to(request.user)
    found = get_object_or_404(visible.select_related("organisation", "catalogue"), pk=pk)
    outcome = Results.of(found)
    earlier = _snapshot(found, request.GET.get("stand", ""))
    context = {
        "assessment": found,
        "results": outcome,
        "snapshots": found.snapshots.newest_first(),
        "earlier": earlier,
        "changes": changes(outcome.ratings, earlier.value_of) if earlier else [],
        "benchmark": benchmark(found.phase, for_organisation=found.organisation),
        "is_own": found.is_of(request.user),
        "may_write": may_write(request, found.organisation),
        "form": SnapshotForm(),
    }
    return render(request, "criteria/assessments/results.html", context)


@require_POST
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    form = SnapshotForm(request.POST)
    if form.is_valid():
        person, now = signed_in(request), timezone.now()
        take_snapshot(found, form.cleaned_data["label"], by=person, at=now)
        messages.success(request, _("Der Stand ist festgehalten."))
    else:
        messages.error(request, _("Bitte geben Sie dem Stand eine Bezeichnung."))
    return redirect("assessments:results", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the texts of the report; its figures come from the ratings."""
    found = _editable(request, pk) if request.method == "POST" else _own(request, pk)
    form = ReportForm(request.POST or None, instance=found)
    is_overtaken = False
    if form.is_valid():
        if found.change(seen=form.cleaned_data["seen"], **form.entered):
            messages.success(request, _("Gespeichert."))
            return redirect("assessments:report", pk)
        found.refresh_from_db()
        form.renew(found.version)
        is_overtaken = True
    context = {
        "assessment": found,
        "form": form,
        "share_form": ShareForm(),
        "links": found.share_links.open(at=timezone.now()).select_related("created_by"),
        "base": request.build_absolute_uri("/").rstrip("/"),
        "may_write": may_write(request, found.organisation),
        "is_overtaken": is_overtaken,
    }
    status = CONFLICT if is_overtaken else 200
    return render(request, "criteria/assessments/report.html", context, status=status)


@require_safe
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    paper = papers.pdf(Results.of(_own(request, pk)), on=timezone.localdate())
    return tables.download(paper, "ratsbericht.pdf")


@require_safe
def report_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    book = papers.xlsx(Results.of(_own(request, pk)), on=timezone.localdate())
    return tables.download(book, "ratsbericht.xlsx")


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    form = ShareForm(request.POST)
    if form.is_valid():
        days, person = form.cleaned_data["days"], signed_in(request)
        ShareLink.issue(found, days=days, by=person, at=timezone.now())
        messages.success(request, _("Der Link ist angelegt. Wer ihn hat, liest den Bericht."))
    return redirect("assessments:report", pk)


@require_POST
def revoke(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    now = timezone.now()
    chosen = get_object_or_404(_editable(request, pk).share_links.open(at=now), pk=link)
    chosen.revoke(at=now)
    messages.success(request, _("Der Link führt nirgends mehr hin."))
    return redirect("assessments:report", pk)


def _own(request: HttpRequest, pk: int) -> Assessment:
    mine = Assessment.objects.of_member(request.user)
    return get_object_or_404(mine.select_related("organisation", "catalogue"), pk=pk)


def _editable(request: HttpRequest, pk: int) -> Assessment:
    mine = Assessment.objects.editable_by(request.user)
    return get_object_or_404(mine.select_related("organisation", "catalogue"), pk=pk)


def _snapshot(found: Assessment, key: str) -> Snapshot | None:
    return next((each for each in found.snapshots.all() if str(each.pk) == key), None)
