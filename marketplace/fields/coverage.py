"""Which needs of a field of action the market can serve, and who offers what.

A need is served by the solutions that meet all its hard requirements, as its matches say, and
that are about its topics or that of the field.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Q

from challenges.models import FieldOfAction, Need
from marketplace.matching.models import Match, Matching
from profiles.models import Membership, Provider, Solution

ENOUGH = 3


@dataclass(frozen=True)
class Served:
    need: Need
    count: int
    is_known: bool  # whether its matches were computed yet


@dataclass(frozen=True)
class Candidate:
    """A provider that fits: how many needs its solutions serve, and its best place."""

    provider: Provider
    needs: int
    best: int
    solutions: list[str]
    can_be_reached: bool


@dataclass(frozen=True)
class Coverage:
    served: list[Served]
    candidates: list[Candidate]

    @property
    def enough(self) -> int:
        return sum(row.count >= ENOUGH for row in self.served)

    @property
    def gaps(self) -> list[Served]:
        return [row for row in self.served if row.is_known and row.count == 0]

    @property
    def is_complete(self) -> bool:
        return all(row.is_known for row in self.served)


def coverage(field: FieldOfAction) -> Coverage:
    """6 queries, whatever the number of needs and solutions."""
    needs = list(field.needs.select_related("owner").with_sender().order_by("pk"))
    known = set(Matching.objects.filter(need__in=needs).values_list("need", flat=True))
    rows = list(_matches(field, needs))
    counts = Counter(match.need_id for match in rows)
    served = [Served(need, counts[need.pk], need.pk in known) for need in needs]
    return Coverage(served, _candidates(rows))


def _matches(field: FieldOfAction, needs: list[Need]) -> list[Match]:
    """Those that still are on offer, without those that are about something else."""
    published = Solution.objects.published().order_by().values("pk")
    of_need = Need.topics.through.objects.filter(need__in=needs).values_list("need", "topic")
    topics: dict[int, set[int]] = defaultdict(set)
    for need, topic in of_need:
        topics[need].add(topic)
    rows = Match.objects.hits().filter(need__in=needs, solution__in=published)
    rows = rows.select_related("solution__provider__organisation").order_by("position", "pk")
    links = Solution.topics.through.objects.filter(solution__matches__need__in=needs)
    about: dict[int, set[int]] = defaultdict(set)
    for solution, *keys in links.values_list("solution", "topic", "topic__parent").distinct():
        about[solution].update(key for key in keys if key)
    own = {field.topic_id} if field.topic_id else set()
    found = []
    for row in rows:
        wanted = topics[row.need_id] | own
        if not wanted or wanted & about[row.solution_id]:
            found.append(row)
    return found


def _candidates(rows: list[Match]) -> list[Candidate]:
    """Providers, those first that serve most needs, then by the best place among the matches."""
    providers = {row.solution.provider_id: row.solution.provider for row in rows}
    needs: dict[int, set[int]] = defaultdict(set)
    best: dict[int, int] = {}
    solutions: dict[int, dict[str, None]] = defaultdict(dict)
    for row in rows:
        key = row.solution.provider_id
        needs[key].add(row.need_id)
        best[key] = min(row.position, best.get(key, row.position))
        solutions[key][row.solution.title] = None
    staffed = (
        Membership.objects.deciders()
        .filter(Q(organisation__provider__in=providers))
        .values_list("organisation", flat=True)
    )
    reachable = set(staffed)
    found = [
        Candidate(
            provider,
            len(needs[key]),
            best[key],
            list(solutions[key]),
            provider.organisation_id in reachable,
        )
        for key, provider in providers.items()
    ]
    return sorted(found, key=lambda one: (-one.needs, one.best, one.provider.pk))
