"""How long challenges take, how many apply, how many of them are start-ups.

Days are public anyway. Applications are told of ended challenges whose seal was opened, for years
merged until each group has `LEAST` challenges, as a median and a whole percentage without totals:
so the next challenge that ends gives away neither how many applied for it nor who.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from django.db.models import Max
from django.utils import timezone

from challenges.applications.models import Submission
from challenges.calls.lifecycle import ENDS, HIDDEN, State
from challenges.calls.models import Challenge, LogEntry
from challenges.surveys.protection import LEAST, merged
from profiles.models import Provider

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    state: str
    challenges: int
    median_days: float

    @property
    def label(self) -> str:
        return str(State(self.state).label)


@dataclass(frozen=True)
class Applications:
    first_year: int
    last_year: int
    challenges: int
    median: float
    startup_percent: int | None


@dataclass(frozen=True)
class Figures:
    published: int
    steps: list[Step]
    applications: list[Applications]


def figures() -> Figures:
    public = Challenge.objects.public()
    log = LogEntry.objects.filter(challenge__in=public.order_by().values("pk"))
    moves = log.order_by("challenge", "at", "pk").values_list("challenge", "target", "at")
    return Figures(public.count(), steps(moves), applications())


def steps(moves: Iterable[tuple[int, str, datetime]]) -> list[Step]:
    """Tell for each public state how long those that have left it were in it."""
    times: dict[str, list[float]] = defaultdict(list)
    for (challenge, state, since), (following, _target, until) in pairwise(moves):
        if challenge == following and state not in HIDDEN:
            times[state].append((until - since) / DAY)
    return [
        Step(state, len(days), round(median(days), 1))
        for state in State.values
        if (days := times.get(state))
    ]


def applications() -> list[Applications]:
    """Group the opened challenges by the year of their end, and tell of each group."""
    opened = Challenge.objects.opened().filter(state__in=ENDS, published_at__isnull=False)
    ends = opened.annotate(ended_at=Max("log__at")).order_by().values_list("pk", "ended_at")
    by_year: dict[int, list[int]] = defaultdict(list)
    for challenge, ended_at in ends:
        if ended_at is not None:
            by_year[timezone.localtime(ended_at).year].append(challenge)
    kinds: dict[int, list[str | None]] = defaultdict(list)
    applied = Submission.objects.valid().filter(application__challenge__in=opened.order_by())
    for challenge, kind in applied.order_by().values_list(
        "application__challenge", "application__organisation__provider__kind"
    ):
        kinds[challenge].append(kind)
    return [
        _of_group([year for year in years if by_year[year]], [kinds[row] for row in rows])
        for years, rows in merged(by_year, sorted(by_year))
    ]


def _of_group(years: list[int], kinds: list[list[str | None]]) -> Applications:
    known = [kind for row in kinds for kind in row if kind]
    percent = None
    if len(known) >= LEAST:
        percent = round(100 * known.count(Provider.Kind.STARTUP) / len(known))
    middle = median(len(row) for row in kinds)
    return Applications(years[0], years[-1], len(kinds), middle, percent)
