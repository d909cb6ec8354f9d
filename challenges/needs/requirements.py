from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.needs.models import Need
from profiles.models import Phase, Solution
from profiles.models.solutions import SolutionQuerySet
from profiles.snapshot import Hits

Solutions = TypeVar("Solutions", SolutionQuerySet, Hits)
"""What a requirement narrows: rows in SQL or bits in memory, by the same words."""
Narrowing = Callable[[Any], Any]

REQUIREMENTS = {
    "standards": _("verlangte Standards"),
    "hosting": _("Betrieb"),
    "licence": _("Lizenz"),
    "budget": _("Budget"),
    "phase": _("Mindestphase"),
    "place": _("Bundesland oder Größe der Kommune"),
}


def meeting(need: Need, *, on: date) -> SolutionQuerySet:
    """The published solutions that meet every hard requirement of the need on that day.

    What is not asked for is met, and so is a budget by a price that is not known.
    """
    return narrowed(need, Solution.objects.published(), on=on)


def narrowed(need: Need, solutions: Solutions, *, on: date) -> Solutions:
    for narrowing in _narrowings(need, on=on).values():
        solutions = narrowing(solutions)
    return solutions


def violations(
    need: Need, solutions: Collection[int], *, on: date, published: Hits | None = None
) -> dict[int, list[str]]:
    """Name the hard requirements that each of the solutions violates.

    One query for each asked; none for those that are `published`, which are known in memory.
    """
    broken: dict[int, list[str]] = {pk: [] for pk in solutions}
    among = Solution.objects.all() if published is None else published
    for name, narrowing in _narrowings(need, on=on).items():
        for pk in broken.keys() - narrowing(among).having_ids(broken):
            broken[pk].append(name)
    return broken


def demanded(need: Need) -> dict[str, str]:
    """Say in words what the need demands, by requirement; the place needs no words."""
    said = {
        "standards": ", ".join(map(str, need.standards.all())),
        "hosting": gettext(" oder ").join(need.hosting_labels),
        "licence": need.get_licence_display(),
        "phase": need.get_min_phase_display(),
    }
    if need.max_budget_eur is not None:
        said["budget"] = gettext("bis %s € je Jahr") % need.max_budget_label
    return {name: text for name, text in said.items() if text}


def _narrowings(need: Need, *, on: date) -> Mapping[str, Narrowing]:
    """What the need asks for, each as a step that leaves out what does not meet it."""
    steps: dict[str, Narrowing] = {}
    standards = list(need.standards.all())
    if standards:
        steps["standards"] = lambda found: found.claiming_all_on(on, standards)
    if need.hosting:
        steps["hosting"] = lambda found: found.hosted_in_any(need.hosting)
    if need.licence:
        steps["licence"] = lambda found: found.having("licence", [need.licence])
    if (budget := need.max_budget_eur) is not None:
        limit = Decimal(budget)
        steps["budget"] = lambda found: found.priced_up_to(limit, or_on_request=True)
    if need.min_phase:
        steps["phase"] = lambda found: found.at_least_in_phase(need.min_phase)
    steps["place"] = lambda found: _offered_at(need, found)
    return steps


def _offered_at(need: Need, solutions: Solutions) -> Solutions:
    """Those offered where the need is: for towns of that size, or else in that state."""
    if need.place:
        return solutions.suited_to(need.place)
    seat = need.organisation.seat
    return solutions.serving([seat]) if seat else solutions


def as_filters(need: Need) -> str:
    """The same as an address of the list of solutions, which also narrows to the topics.

    It names the place: for the need's own people only. Between standards that list says "or".
    """
    seat = need.organisation.seat
    parameters: dict[str, object] = {
        "topic": [topic.key for topic in need.topics.all()],
        "standard": [standard.key for standard in need.standards.all()],
        "hosting": need.hosting,
        "licence": need.licence,
        "municipality": need.place.ags if need.place else "",
        "region": seat.code if seat and not need.place else "",
    }
    if need.max_budget_eur is not None:
        parameters |= {"max_price": need.max_budget_eur, "price_on_request": "true"}
    if need.min_phase:
        parameters["phase"] = Phase(need.min_phase).and_later
    return urlencode({name: value for name, value in parameters.items() if value != ""}, doseq=True)
