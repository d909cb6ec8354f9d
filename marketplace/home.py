"""The front page: what one can do here, and how much there is."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from marketplace.market import rows_of_market
from profiles.models import Deployment, Phase, Provider, Solution

EXAMPLES = [_("Starkregen"), _("Kita-Plätze"), _("Bauakten"), _("Fördermittel")]


@dataclass
class Figures:
    solutions: int
    providers: int
    references: int
    municipalities: int


@dataclass
class Step:
    phase: Phase
    count: int


def figures() -> Figures:
    """Count what the market publicly holds, 3 queries."""
    published = Solution.objects.published()
    references = Deployment.objects.confirmed().filter(solution__in=published)
    counts = references.aggregate(
        references=Count("pk"), municipalities=Count("municipality", distinct=True)
    )
    return Figures(published.count(), Provider.objects.published().count(), **counts)


def steps() -> list[Step]:
    """Count the published solutions of each phase, 1 query."""
    rows = Solution.objects.published().order_by().values_list("phase").annotate(Count("pk"))
    counts = dict(rows)
    return [Step(phase, counts.get(phase.value, 0)) for phase in Phase]


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "figures": figures(),
        "examples": EXAMPLES,
        "fields": list(rows_of_market()),
        "steps": steps(),
    }
    return render(request, "marketplace/home.html", context)
