"""The panel agrees under its chair, and what follows from that: the ranking."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from challenges.applications.models import Application, Submission
from challenges.calls.lifecycle import State
from challenges.calls.models import Challenge, EvaluationCriterion
from challenges.evaluation import scoring
from challenges.evaluation.judging import judged_criteria, submissions_of
from challenges.evaluation.models import AgreedScore, Panel, PanelEntry, Reviewer, Score
from profiles.models import User
from profiles.models.people import AnyUser


class Voices(NamedTuple):
    """What the reviewers gave in one criterion; `is_wide`: more apart than the set distance."""

    criterion: EvaluationCriterion
    scores: Sequence[Score]
    is_wide: bool


class Result(NamedTuple):
    place: scoring.Place
    submission: Submission
    points: list[Fraction]  # in the order of the criteria


class Change(NamedTuple):
    criterion: EvaluationCriterion
    weight: Fraction
    winner: str
    is_other: bool


def chaired_by(user: AnyUser) -> QuerySet[Panel]:
    """The panels, closed and not decided yet, in which the person agrees with the others."""
    mine = Reviewer.objects.of_person(user).filter(is_chair=True)
    return Panel.objects.filter(
        pk__in=mine.values("panel"),
        closed_at__isnull=False,
        challenge__state=State.EVALUATION,
    )


def voices(panel: Panel, application: Application) -> list[Voices]:
    """Return the locked scores of an application by criterion."""
    locked = Score.objects.filter(
        declaration__application=application,
        declaration__has_conflict=False,
        declaration__reviewer__panel=panel,
        declaration__reviewer__locked_at__isnull=False,
    )
    given = list(locked.select_related("declaration__reviewer__user").order_by("declaration"))
    found = []
    for criterion in judged_criteria(panel.challenge):
        rows = [row for row in given if row.criterion_id == criterion.pk]
        wide = scoring.differs((row.points for row in rows), panel.spread)
        found.append(Voices(criterion, rows, wide))
    return found


@transaction.atomic
def agree(
    panel: Panel,
    application: Application,
    scores: Mapping[int, tuple[int, str]],
    *,
    by: User,
    at: datetime,
) -> bool:
    """Keep what the panel agreed upon; False, and nothing kept, once the evaluation has ended.

    The challenge's row is locked first, so that nobody proposes upon points that change meanwhile.
    """
    Challenge.objects.select_for_update(no_key=True).get(pk=panel.pk)
    if not chaired_by(by).filter(pk=panel.pk).exists():
        return False
    for key, (points, reason) in scores.items():
        AgreedScore.objects.update_or_create(
            application=application,
            criterion_id=key,
            defaults={"points": points, "reason": reason, "by": by, "at": at},
        )
    PanelEntry.objects.create(
        challenge_id=panel.pk,
        kind=PanelEntry.Kind.AGREED,
        by=by,
        at=at,
        note=str(application.organisation),
    )
    return True


def agreed(challenge: Challenge) -> dict[tuple[int, int], AgreedScore]:
    """Return what was agreed upon, by application and criterion."""
    rows = AgreedScore.objects.filter(application__challenge=challenge.pk)
    return {(row.application_id, row.criterion_id): row for row in rows}


def is_complete(challenge: Challenge) -> bool:
    """Whether there are applications, and each has points in each judged criterion."""
    keys = list(submissions_of(challenge).values_list("application", flat=True))
    judged = judged_criteria(challenge)
    wanted = {(key, row.pk) for key in keys for row in judged}
    return bool(keys) and wanted <= set(agreed(challenge))


def results(challenge: Challenge) -> list[Result]:
    """Return the ranking with its rows; empty while something is not agreed upon."""
    if not is_complete(challenge):
        return []
    submissions = {row.application_id: row for row in submissions_of(challenge)}
    criteria = _criteria(challenge)
    places = scoring.ranking(_bids(challenge, submissions), criteria)
    return [
        Result(place, submissions[place.bid.key], [place.points[one.key] for one in criteria])
        for place in places
    ]


def changes(challenge: Challenge, ranked: Sequence[Result]) -> list[Change]:
    """Return who would win if the weights were others."""
    if not ranked:
        return []
    names = {row.place.bid.key: str(row.submission.application.organisation) for row in ranked}
    first = ranked[0].place.bid.key
    rows = {row.pk: row for row in challenge.criteria.all()}
    shifts = scoring.sensitivity([row.place.bid for row in ranked], _criteria(challenge))
    return [
        Change(rows[one.criterion], one.weight, names[one.winner], one.winner != first)
        for one in shifts
    ]


def _criteria(challenge: Challenge) -> list[scoring.Criterion]:
    return [
        scoring.Criterion(row.pk, Fraction(row.weight), row.is_price)
        for row in challenge.criteria.all()
    ]


def _bids(challenge: Challenge, submissions: Mapping[int, Submission]) -> list[scoring.Bid]:
    given = agreed(challenge)
    judged = judged_criteria(challenge)
    return [
        scoring.Bid(
            key,
            {one.pk: given[key, one.pk].points for one in judged},
            Decimal(row.content["total_eur"]),
            row.received_at,
        )
        for key, row in submissions.items()
    ]
