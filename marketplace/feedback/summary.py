"""What a provider learns from feedback: reasons, never who said it or in which words."""

from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from marketplace.feedback.models import Rejection
from profiles.models import Solution
from profiles.models.solutions import SolutionQuerySet

ENOUGH = 3  # organisations; fewer could be guessed


class Summary(NamedTuple):
    """Reasons that several organisations gave, in words, and how many spoke at all."""

    solution: Solution
    how_many: str
    reasons: list[str]


def summaries_of(solutions: SolutionQuerySet) -> list[Summary]:
    """Return those of which enough was said, 1 query and 2 for each of them."""
    rows = Rejection.objects.told_to_providers().order_by().values("solution")
    spoken = rows.annotate(spoken=Count("need__organisation", distinct=True))
    enough = spoken.filter(spoken__gte=ENOUGH).values("solution")
    said = solutions.filter(pk__in=enough).order_by("sort_title", "pk")
    return [found for found in map(summary_of, said) if found]


def summary_of(solution: Solution) -> Summary | None:
    """Return nothing as long as fewer than three verified organisations have said something."""
    said = Rejection.objects.told_to_providers().filter(solution=solution)
    count = said.organisation_count()
    if count < ENOUGH:
        return None
    frequent = [key for key, n in said.counts_by_reason().items() if n >= ENOUGH]
    return Summary(solution, coarse(count), [str(Rejection.Reason(key).label) for key in frequent])


def coarse(count: int) -> str:
    if count > 10:
        return _("mehr als 10 Organisationen")
    return _("6 bis 10 Organisationen") if count > 5 else _("3 bis 5 Organisationen")
