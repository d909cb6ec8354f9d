"""The parts of the ranking that are facts rather than text, each in 0…1, with what they rest on.

The facts are kept with the match, so that the page can say the reasons in either language.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from challenges.models import Need, ProcurementRule
from challenges.procurement.adviser import direct_award_limit
from profiles.models import Deployment, MetPhase, Phase, Solution, StandardClaim, Topic
from profiles.snapshot.reading import Among

HALF_EVIDENCE = 3  # so many points of evidence give one half; further ones count less and less
FRESH_DAYS, STALE_DAYS = 180, 730
SAME_FIELD = 0.5  # a topic beside the one asked for, below the same upper one
UNKNOWN_PRICE = 0.25
MET_PHASE = 0.25  # of the step to the next phase: the provider says so itself
MET_PHASE_CONFIRMED = 0.5  # municipalities that use it agree with each rating
STEPS = {phase: float(step) for step, phase in enumerate(Phase.values)}

Parts = dict[str, float]
Facts = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What the need asks beyond its text, read once for all solutions."""

    topics: list[Topic]
    wished: dict[int, str]
    budget_eur: int | None
    state: int | None
    state_names: tuple[str, str]
    low: int | None
    high: int | None
    on: date
    direct_limit_eur: int | None = None
    fields: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, need: Need, *, on: date) -> "Wanted":
        place, state = need.place, need.organisation.seat
        size = place.size_class if place else None
        topics = list(need.topics.all())
        return cls(
            topics=topics,
            wished={standard.pk: standard.key for standard in need.wished_standards.all()},
            budget_eur=need.max_budget_eur,
            state=state.pk if state else None,
            state_names=(state.name_de, state.name_en) if state else ("", ""),
            low=size.min_population if size else None,
            high=size.max_population if size else None,
            on=on,
            direct_limit_eur=direct_award_limit(
                state, on=on, level=ProcurementRule.level_of(need.organisation)
            ),
            fields={topic.parent_id or topic.pk for topic in topics},
        )


class MetInFull(NamedTuple):
    phase: str
    is_confirmed: bool


class Place(NamedTuple):
    population: int | None
    state_id: int


@dataclass(frozen=True)
class Offer:
    """What the parts look at of a solution; rows of the models would take ten times as long."""

    pk: int
    phase: str
    price_model: str
    price_from_eur: int | None
    updated_at: datetime
    topics: list[tuple[int, int | None]] = field(default_factory=list)  # each with its upper one
    met_phases: list[MetInFull] = field(default_factory=list)
    standards: set[int] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)


def load(keys: list[int], *, on: date) -> list[Offer]:
    """Load what the parts need: 5 queries, whatever the count."""
    of_these = Among("solution", keys)
    own = Solution.objects.filter(Among("pk", keys)).order_by()
    rows = own.values_list("pk", "phase", "price_model", "price_from_eur", "updated_at")
    offers = {row[0]: Offer(*row) for row in rows}
    links = Solution.topics.through._default_manager.filter(of_these)
    for pk, topic, upper in links.values_list("solution", "topic", "topic__parent"):
        offers[pk].topics.append((topic, upper))
    met = MetPhase.objects.filter(of_these).order_by("phase")
    for pk, phase, is_confirmed in met.values_list("solution", "phase", "is_confirmed"):
        offers[pk].met_phases.append(MetInFull(phase, is_confirmed))
    claims = StandardClaim.objects.valid(on=on).filter(of_these).order_by()
    for pk, standard in claims.values_list("solution", "standard"):
        offers[pk].standards.add(standard)
    used = Deployment.objects.confirmed().filter(of_these).order_by()
    place = ("municipality__population", "municipality__state")
    for pk, population, state in used.values_list("solution", *place):
        offers[pk].places.append(Place(population, state))
    return list(offers.values())


def fact_parts(wanted: Wanted, offer: Offer) -> tuple[Parts, Facts]:
    parts: Parts = {}
    facts: Facts = {}
    for name, part in PARTS.items():
        parts[name], facts[name] = part(wanted, offer)
    return parts, facts


def topics(wanted: Wanted, offer: Offer) -> tuple[float, Facts]:
    """Tell which share of the topics asked for is covered; a neighbouring topic counts half."""
    if not wanted.topics:
        return 0.0, {"asked": False}
    offered = {pk for pk, _ in offer.topics}
    upper = {parent or pk for pk, parent in offer.topics}
    shared = [topic.pk for topic in wanted.topics if topic.pk in offered]
    beside = [
        topic.pk
        for topic in wanted.topics
        if topic.pk not in offered and (topic.parent_id or topic.pk) in upper
    ]
    value = (len(shared) + SAME_FIELD * len(beside)) / len(wanted.topics)
    return value, {"asked": True, "shared": shared, "beside": beside}


def phase(wanted: Wanted, offer: Offer) -> tuple[float, Facts]:
    """From P1 to P5; a little more where the criteria of its phase are met (`MET_PHASE`)."""
    met = [row for row in offer.met_phases if row.phase <= offer.phase]
    best = met[-1] if met else None
    facts = {
        "phase": offer.phase,
        "met": best.phase if best else "",
        "confirmed": bool(best and best.is_confirmed),
    }
    steps = STEPS[offer.phase]
    if best and best.phase == offer.phase:
        steps += MET_PHASE_CONFIRMED if best.is_confirmed else MET_PHASE
    return min(1.0, steps / (len(STEPS) - 1)), facts


def evidence(wanted: Wanted, offer: Offer) -> tuple[float, Facts]:
    """Confirmed references; more for the same size class, and more for the same state."""
    places = offer.places
    alike = [place for place in places if _is_alike(wanted, place.population)]
    near = [place for place in places if place.state_id == wanted.state]
    both = [place for place in alike if place.state_id == wanted.state]
    points = len(places) + len(alike) + len(near)
    facts = {"all": len(places), "alike": len(alike), "near": len(near), "both": len(both)}
    size = {"low": wanted.low, "high": wanted.high, "state": list(wanted.state_names)}
    return points / (points + HALF_EVIDENCE), facts | size


def _is_alike(wanted: Wanted, people: int | None) -> bool:
    if people is None or wanted.low is None:
        return False
    return wanted.low <= people and (wanted.high is None or people <= wanted.high)


def standards(wanted: Wanted, offer: Offer) -> tuple[float, Facts]:
    """Tell which share of the wished ones is there; what is required, all have."""
    if not wanted.wished:
        return 0.0, {"met": [], "missing": []}
    met = [key for pk, key in wanted.wished.items() if pk in offer.standards]
    missing = [key for pk, key in wanted.wished.items() if pk not in offer.standards]
    return len(met) / len(wanted.wished), {"met": met, "missing": missing}


def price(wanted: Wanted, offer: Offer) -> tuple[float, Facts]:
    """Count half what the budget leaves, and half whether a direct award is possible.

    The limit is that of the procurement rules in force; where none is known, it counts half.
    """
    is_free = offer.price_model == Solution.PriceModel.FREE
    eur, limit = 0 if is_free else offer.price_from_eur, wanted.direct_limit_eur
    facts = {"eur": eur, "model": offer.price_model, "budget": wanted.budget_eur, "limit": limit}
    if eur is None:
        return UNKNOWN_PRICE, facts
    direct = 0.25 if limit is None else 0.5 if eur <= limit else 0.0
    if not wanted.budget_eur:
        return direct + 0.25, facts
    return direct + 0.5 * max(0.0, 1 - eur / wanted.budget_eur), facts


def freshness(wanted: Wanted, offer: Offer) -> tuple[float, Facts]:
    days = max(0, (wanted.on - offer.updated_at.date()).days)
    value = 1 - (days - FRESH_DAYS) / (STALE_DAYS - FRESH_DAYS)
    return min(1.0, max(0.0, value)), {"days": days}


PARTS = {
    "topics": topics,
    "phase": phase,
    "evidence": evidence,
    "standards": standards,
    "price": price,
    "freshness": freshness,
}
