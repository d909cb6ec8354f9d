"""What the page of a need's matches shows: stored rows, checked once more against the need."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.functional import Promise

from challenges.models import Need
from challenges.needs.requirements import REQUIREMENTS, meeting
from marketplace.feedback.models import Rejection
from marketplace.matching.models import Match, Matching
from marketplace.matching.reasons import Names, Reason, reasons
from marketplace.matching.weights import PART_NAMES, Mix
from profiles.models.organisations import AnyUser
from profiles.snapshot import current

SHOWN = 20


@dataclass(frozen=True)
class Hit:
    match: Match
    reasons: list[Reason]
    violated: list[str]


@dataclass(frozen=True)
class MatchPage:
    matching: Matching | None
    hits: list[Hit]
    near_misses: list[Hit]
    hidden: list[Rejection]

    @classmethod
    def of(cls, need: Need, user: AnyUser, *, on: date) -> "MatchPage":
        """Show no row whose solution has been withdrawn or violates a requirement by now.

        What its own people have hidden is hidden from them alone.
        """
        hidden = list(Rejection.objects.visible_to(user).filter(need=need).published().for_rows())
        rejected = {row.solution_id for row in hidden}
        stored = [row for row in Match.objects.filter(need=need).for_page() if row.is_published]
        keys = [row.solution_id for row in stored]
        fit = set(meeting(need, on=on).filter(pk__in=keys).order_by().values_list("pk", flat=True))
        shown = [row for row in stored if row.solution_id not in rejected]
        hits = [row for row in shown if not row.violations and row.solution_id in fit][:SHOWN]
        missed = [row for row in shown if row.violations and row.solution_id not in fit]
        names = Names.of(current(on=on).vocabulary)
        return cls(
            getattr(need, "matching", None),
            [_hit(row, names) for row in hits],
            [_hit(row, names) for row in missed],
            hidden,
        )


def _hit(match: Match, names: Names) -> Hit:
    violated = [str(REQUIREMENTS[name]) for name in match.violations]
    return Hit(match, reasons(match.parts, match.facts, names), violated)


def shares(mix: Mix) -> list[tuple[str, str | Promise, float]]:
    """Return key, name and share in percent of each part, the largest first."""
    total = sum(asdict(mix).values()) or 1
    rows = [
        (key, PART_NAMES[key], round(100 * share / total, 1)) for key, share in asdict(mix).items()
    ]
    return sorted(rows, key=lambda row: -row[2])
