"""All assessments that an organisation looks after, and the letterhead of its reports."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from criteria.assessments import report as papers
from criteria.assessments.benchmark import Benchmark, benchmark
from criteria.assessments.forms import LetterheadForm
from criteria.assessments.models import Assessment
from criteria.assessments.review import review
from criteria.assessments.sharing import Letterhead
from criteria.assessments.views import may_write
from profiles import tables
from profiles.models import Organisation, Phase
from profiles.organisations.active import active_organisation
from profiles.organisations.people import signed_in


@dataclass(frozen=True)
class PhaseGroup:
    label: str
    assessments: list[Assessment]
    benchmark: Benchmark | None


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    organisation = active_organisation(request)
    rows = list(Assessment.objects.in_portfolio_of(organisation).for_rows().newest_first())
    groups = [
        PhaseGroup(
            str(label),
            [row for row in rows if row.phase == phase],
            benchmark(phase, for_organisation=organisation),
        )
        for phase, label in Phase.choices
        if any(row.phase == phase for row in rows)
    ]
    context = {
        "organisation": organisation,
        "groups": groups,
        "may_brand": _is_agency(organisation) and may_write(request, organisation),
    }
    return render(request, "criteria/assessments/portfolio.html", context)


@require_safe
def portfolio_review(request: HttpRequest) -> HttpResponse:
    """How all of it has come along, year by year."""
    organisation = active_organisation(request)
    rows = Assessment.objects.in_portfolio_of(organisation)
    context = {"organisation": organisation, "review": review(rows, at=timezone.now())}
    return render(request, "criteria/assessments/portfolio_review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: HttpRequest) -> HttpResponse:
    """What an agency puts on the reports of its state."""
    own = _own_letterhead(request)
    form = LetterheadForm(request.POST or None, request.FILES or None, instance=own)
    if form.is_valid():
        own.put(
            form.cleaned_data["new_logo"],
            removes_logo=form.cleaned_data.get("removes_logo", False),
            by=signed_in(request),
            at=timezone.now(),
        )
        messages.success(request, _("Gespeichert. Das Muster zeigt, wie es aussieht."))
        return redirect("assessments:letterhead")
    context = {"form": form, "letterhead": own}
    return render(request, "criteria/assessments/letterhead.html", context)


@require_safe
def letterhead_sample(request: HttpRequest) -> HttpResponse:
    """A paper without content, to see how the letterhead looks."""
    return tables.download(papers.sample(_own_letterhead(request)), "muster.pdf")


def _own_letterhead(request: HttpRequest) -> Letterhead:
    """The one of the agency for which the person acts; a new one bears its name."""
    organisation = active_organisation(request)
    if organisation is None or not (_is_agency(organisation) and may_write(request, organisation)):
        raise Http404
    found = Letterhead.objects.filter(organisation=organisation).select_related("logo").first()
    return found or Letterhead(organisation=organisation, head=organisation.name)


def _is_agency(organisation: Organisation | None) -> bool:
    return organisation is not None and organisation.kind == Organisation.Kind.STATE_AGENCY
