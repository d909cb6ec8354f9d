"""A picture of the market: how many solutions there are by field and phase."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from profiles.models import Phase, Solution, Topic

SHADES = 5


@dataclass
class Cell:
    phase: Phase
    count: int
    most: int

    @property
    def shade(self) -> int:
        """0 for none, then 1 to 5 in equal steps up to the fullest cell."""
        return -(-self.count * SHADES // self.most) if self.count else 0


@dataclass
class Row:
    field: Topic
    cells: list[Cell]
    total: int


def rows_of_market() -> Iterator[Row]:
    """Count solutions by field of topics and phase, 3 queries.

    A solution on several topics of a field counts once there, and once in each other field.
    """
    published = Solution.objects.published().order_by()
    by_field = published.annotate(field=Coalesce(F("topics__parent"), F("topics")))
    counted = by_field.values("field", "phase").annotate(count=Count("pk", distinct=True))
    cells = {(row["field"], row["phase"]): row["count"] for row in counted}
    totals = by_field.values("field").annotate(count=Count("pk", distinct=True))
    total = {row["field"]: row["count"] for row in totals}
    most = max(cells.values(), default=1)
    for field in Topic.objects.fields():
        row = [Cell(phase, cells.get((field.pk, phase.value), 0), most) for phase in Phase]
        yield Row(field, row, total.get(field.pk, 0))


@login_not_required
@require_safe
def market(request: HttpRequest) -> HttpResponse:
    context = {"rows": list(rows_of_market()), "phases": list(Phase)}
    return render(request, "marketplace/market.html", context)
