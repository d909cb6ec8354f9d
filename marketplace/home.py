"""The front page: what one can do here, and how much there is."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from marketplace.market import rows_of_market
from profiles.models import Phase, Provider
from profiles.snapshot import Hits, current

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


def figures(published: Hits) -> Figures:
    """Count what the market publicly holds: without a query, but for the providers'."""
    market = published.snapshot
    providers = market.remembered("providers", lambda: Provider.objects.published().count())
    references, places = len(market.references), market.places_with_references
    return Figures(published.count(), providers, references, places)


def steps(published: Hits) -> list[Step]:
    counts = published.counts("phase")
    return [Step(phase, counts.get(phase.value, 0)) for phase in Phase]


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    published = Hits(current(on=timezone.localdate()))
    context = {
        "figures": figures(published),
        "examples": EXAMPLES,
        "fields": list(rows_of_market(published)),
        "steps": steps(published),
    }
    return render(request, "marketplace/home.html", context)
