"""All assessments that an organisation looks after, and the letterhead of its reports."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from criteria.assessments.benchmark import Benchmark, benchmark
from criteria.assessments.forms import LetterheadForm
from criteria.assessments.models import Assessment
from criteria.assessments.sharing import Letterhead
from criteria.assessments.views import may_write
from profiles.models import Organisation, Phase
from profiles.organisations.active import active_organisation


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


@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: HttpRequest) -> HttpResponse:
    """What an agency puts on the reports of its state."""
    organisation = active_organisation(request)
    if organisation is None or not (_is_agency(organisation) and may_write(request, organisation)):
        raise Http404
    own = Letterhead.objects.filter(organisation=organisation).first()
    form = LetterheadForm(
        request.POST or None, instance=own or Letterhead(organisation=organisation)
    )
    if form.is_valid():
        form.save()
        messages.success(request, _("Gespeichert."))
        return redirect("assessments:portfolio")
    context = {"form": form, "organisation": organisation}
    return render(request, "criteria/assessments/letterhead.html", context)


def _is_agency(organisation: Organisation | None) -> bool:
    return organisation is not None and organisation.kind == Organisation.Kind.STATE_AGENCY
