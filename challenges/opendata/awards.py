"""What may be told of an award beyond that there is one; said by the feature that decides.

A function is given challenges that were awarded, and a moment; it tells, by their keys, of those
whose winners everybody may know by then: after the standstill period, if one applies. It is named
in `ChallengesConfig.ready`; without one, an award has a date and no supplier. The winner comes with
a release of its own (awardUpdate), so what was published on the day of the award stays as it was.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count

from challenges.applications.models import Submission
from challenges.calls.lifecycle import ENDS, State
from challenges.calls.models import Challenge
from challenges.surveys.protection import LEAST
from profiles.models import Organisation


@dataclass(frozen=True)
class Award:
    suppliers: tuple[Organisation, ...]
    told_at: datetime
    """Since when everybody may know."""
    value_eur: Decimal | None = None


Teller = Callable[[Collection[Challenge], datetime], Mapping[int, Award]]
TELLERS: list[Teller] = []


def awards_of(challenges: Collection[Challenge], *, at: datetime) -> dict[int, Award]:
    awarded = [challenge for challenge in challenges if challenge.state == State.AWARDED]
    told: dict[int, Award] = {}
    if awarded:
        for teller in TELLERS:
            told.update(teller(awarded, at))
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
