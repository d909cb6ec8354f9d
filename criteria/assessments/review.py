"""The yearly review: where each project stood at the end of each year.

Every year is measured by the same yardstick, so that years can be compared: what is due in the
project's present phase. The values come from the history of the ratings; what nobody had rated
by then was unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F, Q
from django.utils import timezone

from criteria.assessments.models import Assessment, AssessmentQuerySet
from criteria.assessments.ratings import Rating, Value
from criteria.assessments.readiness import Readiness
from criteria.catalogue.criteria import CriterionPhase

MOST_YEARS = 5

Due = Mapping[int, int]
"""The ratings that count, each with its assessment."""


@dataclass(frozen=True)
class Point:
    """One date of one line; `readiness` is None where there was nothing yet."""

    on: date
    readiness: Readiness | None
    before: Readiness | None = None
    projects: int = 1

    @property
    def change(self) -> int | None:
        """By how many points the sure readiness differs from the date before."""
        now = self.readiness.sure_percent if self.readiness else None
        was = self.before.sure_percent if self.before else None
        return None if now is None or was is None else now - was

    @property
    def loss(self) -> int:
        return max(0, -(self.change or 0))


@dataclass(frozen=True)
class Line:
    assessment: Assessment
    points: list[Point]


@dataclass(frozen=True)
class Review:
    """`total` adds the criteria of all projects that there were by each date."""

    dates: list[date]
    lines: list[Line]
    total: list[Point]


def review(assessments: AssessmentQuerySet, *, at: datetime) -> Review:
    """Look at the ends of the last years, and at the present: a query for each, and two more."""
    rows = list(assessments.select_related("organisation").newest_first())
    due = _due(rows)
    dates = _dates((row.created_at for row in rows), at)
    found: list[dict[int, Readiness]] = []
    for day in dates:
        end = min(timezone.make_aware(datetime.combine(day, time.max)), at)
        known = [row.pk for row in rows if row.created_at <= end]
        values = _values(due, at=None if day == dates[-1] else end)
        found.append({pk: Readiness.of(values[pk]) for pk in known})
    lines = [Line(row, _points(dates, [each.get(row.pk) for each in found])) for row in rows]
    sums = [_sum(each.values()) for each in found]
    total = _points(dates, sums, [len(each) for each in found])
    return Review(dates, lines, total)


def _dates(beginnings: Iterable[datetime], at: datetime) -> list[date]:
    """The last day of each year since the first beginning, and today."""
    today = timezone.localdate(at)
    first = min((timezone.localdate(each).year for each in beginnings), default=today.year)
    years = range(max(first, today.year - MOST_YEARS), today.year)
    return [*(date(year, 12, 31) for year in years), today]


def _due(rows: Sequence[Assessment]) -> Due:
    counted = Q(criterion__phase=CriterionPhase.CONTINUOUS)
    counted |= Q(criterion__phase__lte=F("assessment__phase"))
    ratings = Rating.objects.filter(counted, assessment__in=[row.pk for row in rows])
    return dict(ratings.order_by().values_list("pk", "assessment_id"))


def _values(due: Due, *, at: datetime | None) -> dict[int, list[str]]:
    """The values of each assessment at that time; without one, as they are."""
    if at is None:
        known = dict(Rating.objects.filter(pk__in=due).order_by().values_list("pk", "value"))
    else:
        rows = Rating.history.filter(id__in=due, history_date__lte=at)
        newest = rows.order_by("id", "-history_date", "-history_id").distinct("id")
        known = dict(newest.values_list("id", "value"))
    found: dict[int, list[str]] = {assessment: [] for assessment in due.values()}
    for rating, assessment in due.items():
        found[assessment].append(known.get(rating, Value.UNKNOWN.value))
    return found


def _points(
    dates: Sequence[date],
    values: Sequence[Readiness | None],
    projects: Sequence[int] | None = None,
) -> list[Point]:
    counts = projects or [1] * len(dates)
    before = [None, *values[:-1]]
    return [Point(*each) for each in zip(dates, values, before, counts, strict=True)]


def _sum(parts: Iterable[Readiness]) -> Readiness | None:
    rows = list(parts)
    if not rows:
        return None
    return Readiness(
        met=sum(row.met for row in rows),
        partly=sum(row.partly for row in rows),
        not_met=sum(row.not_met for row in rows),
        unknown=sum(row.unknown for row in rows),
        not_applicable=sum(row.not_applicable for row in rows),
    )
