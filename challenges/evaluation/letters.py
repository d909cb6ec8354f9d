"""What an applicant is told: own points, the reasons that somebody wrote, and who won."""

from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from challenges.applications.models import Application
from challenges.calls.models import Challenge, EvaluationCriterion
from challenges.evaluation import consensus
from challenges.evaluation.models import Decision


class Line(NamedTuple):
    criterion: EvaluationCriterion
    points: Fraction
    reason: str  # empty for the price, which a formula judges


class Letter(NamedTuple):
    application: Application
    decision: Decision
    has_won: bool
    winner: str  # empty while it may not be told, and where there is none
    total: Fraction | None
    lines: list[Line]


def letters(decision: Decision, *, at: datetime) -> list[Letter]:
    """Return one for each application that was judged, in the order of the ranking."""
    challenge = Challenge.objects.get(pk=decision.challenge_id)
    criteria = list(challenge.criteria.all())
    given = consensus.agreed(challenge)
    winner = str(decision.winner.organisation) if decision.winner else ""
    found = []
    for row in consensus.results(challenge):
        key = row.submission.application_id
        lines = [
            Line(one, points, given[key, one.pk].reason if (key, one.pk) in given else "")
            for one, points in zip(criteria, row.points, strict=True)
        ]
        told = winner if decision.names_winner(at=at) or key == decision.winner_id else ""
        found.append(
            Letter(
                row.submission.application,
                decision,
                key == decision.winner_id,
                told,
                row.place.total,
                lines,
            )
        )
    return found


def letter(decision: Decision, application: Application, *, at: datetime) -> Letter:
    """Return that of one application; without scores where nothing was agreed upon."""
    for found in letters(decision, at=at):
        if found.application == application:
            return found
    return without_scores(decision, application)


def without_scores(decision: Decision, application: Application) -> Letter:
    return Letter(application, decision, False, "", None, [])
