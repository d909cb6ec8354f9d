"""What may be told of an award beyond that there is one: the winner, after the standstill.

The winner comes with a release of its own (awardUpdate), so what was published on the day of the
award stays as it was. An award that was not decided here has a date and no supplier.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from challenges.applications.models import Submission
from challenges.calls.lifecycle import ENDS, State
from challenges.calls.models import Challenge
from challenges.evaluation.models import Decision
from challenges.surveys.protection import LEAST
from profiles.models import Organisation


@dataclass(frozen=True)
class Award:
    supplier: Organisation
    told_at: datetime
    """Since when everybody may know."""


def awards_of(challenges: Collection[Challenge], *, at: datetime) -> dict[int, Award]:
    """Return the awards whose winner everybody may know by then, by challenge."""
    awarded = [challenge.pk for challenge in challenges if challenge.state == State.AWARDED]
    seats = ("winner__organisation__municipality__state", "winner__organisation__state")
    signed = Decision.objects.filter(challenge__in=awarded).signed().select_related(*seats)
    told: dict[int, Award] = {}
    for decision in signed:
        if decision.winner and decision.signed_at and decision.names_winner(at=at):
            since = max(decision.signed_at, decision.standstill_until or decision.signed_at)
            told[decision.challenge_id] = Award(decision.winner.organisation, since)
    return told


def applicants_of(challenges: Collection[Challenge]) -> dict[int, int]:
    """Count the applications of ended challenges whose seal was opened; few are not told."""
    ended = [challenge.pk for challenge in challenges if challenge.state in ENDS]
    counts = (
        Submission.objects.valid()
        .filter(application__challenge__in=Challenge.objects.opened().filter(pk__in=ended))
        .order_by()
        .values_list("application__challenge")
        .annotate(count=Count("pk"))
    )
    return {challenge: count for challenge, count in counts if count >= LEAST}
