"""What a need demands of a solution, said once: for its page, the filter view and matching."""

from datetime import date
from decimal import Decimal

from challenges.needs.models import Need
from profiles.models import Solution, StandardClaim
from profiles.models.solutions import SolutionQuerySet


def meeting(need: Need, *, on: date) -> SolutionQuerySet:
    """The published solutions that meet every hard requirement of the need on that day.

    What is not asked for is met, and so is a budget by a price that is not known.
    """
    found = Solution.objects.published()
    claims = StandardClaim.objects.valid(on=on)
    found = found.claiming_all(need.standards.all(), claims)
    if need.hosting:
        found = found.hosted_in_any(need.hosting)
    if need.licence:
        found = found.filter(licence=need.licence)
    if need.max_budget_eur is not None:
        found = found.priced_up_to(Decimal(need.max_budget_eur), or_on_request=True)
    if need.min_phase:
        found = found.at_least_in_phase(need.min_phase)
    return _offered_at(need, found)


def _offered_at(need: Need, solutions: SolutionQuerySet) -> SolutionQuerySet:
    """Those offered where the need is: for towns of that size, or else in that state."""
    if need.place:
        return solutions.suited_to(need.place)
    seat = need.organisation.seat
    return solutions.serving([seat]) if seat else solutions
