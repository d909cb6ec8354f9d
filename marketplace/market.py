"""A picture of the market: how many solutions there are by field and phase."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from profiles.models import Phase, Topic
from profiles.snapshot import Hits, current

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


def rows_of_market(published: Hits) -> Iterator[Row]:
    """Count solutions by field of topics and phase, without a query.

    A solution on several topics of a field counts once there, and once in each other field.
    """
    fields = [topic for topic in published.snapshot.vocabulary.topics if topic.parent_id is None]
    on_field = [published.on_topics([field]) for field in fields]
    counts = [hits.counts("phase") for hits in on_field]
    most = max((count for by_phase in counts for count in by_phase.values()), default=1)
    for field, hits, by_phase in zip(fields, on_field, counts, strict=True):
        cells = [Cell(phase, by_phase.get(phase.value, 0), most) for phase in Phase]
        yield Row(field, cells, hits.count())


@login_not_required
@require_safe
def market(request: HttpRequest) -> HttpResponse:
    published = Hits(current(on=timezone.localdate()))
    context = {"rows": list(rows_of_market(published)), "phases": list(Phase)}
    return render(request, "marketplace/market.html", context)
