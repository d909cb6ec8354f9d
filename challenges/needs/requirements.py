"""What a need demands of a solution, said once: for its page, the filter view and matching."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from challenges.needs.models import Need
from profiles.models import Phase, Solution, StandardClaim
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


def as_filters(need: Need) -> str:
    """The same as an address of the list of solutions, which also narrows to the topics.

    It names the place: for the need's own people only. Between standards that list says "or".
    """
    parameters: dict[str, object] = {
        "topic": [topic.key for topic in need.topics.all()],
        "standard": [standard.key for standard in need.standards.all()],
        "hosting": need.hosting,
        "licence": need.licence,
        "municipality": need.place.ags if need.place else "",
    }
    if need.max_budget_eur is not None:
        parameters |= {"max_price": need.max_budget_eur, "price_on_request": "true"}
    if need.min_phase:
        phases = list(Phase)
        parameters["phase"] = phases[phases.index(Phase(need.min_phase)) :]
    return urlencode({name: value for name, value in parameters.items() if value != ""}, doseq=True)
