"""How many of those invited have answered, by group."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from challenges.surveys.models import NeedsSurvey
from challenges.surveys.results.groups import By, Groups, Place
from profiles.tables import Cell, harmless


@dataclass(frozen=True)
class Rate:
    """`started` counts those who have submitted, too."""

    label: str
    invited: int
    started: int
    submitted: int

    @property
    def remaining(self) -> int:
        return self.invited - self.submitted

    @property
    def percent(self) -> int:
        return round(100 * self.submitted / self.invited) if self.invited else 0


def rates(survey: NeedsSurvey, by: str) -> list[Rate]:
    """Return a row for each group and, last, that of all; 2 queries, 3 by district.

    Who was taken off the list counts only if an answer came before. Who answered without an
    invitation, through the account, counts as invited.
    """
    groups = Groups(by)
    invited: Counter[str] = Counter()
    started: Counter[str] = Counter()
    submitted: Counter[str] = Counter()
    rows = survey.respondents.order_by().values_list(
        *Place.fields("municipality__"),
        "invited_at",
        "revoked_at",
        "response__started_at",
        "response__submitted_at",
    )
    for ags, kind, population, *moments in rows:
        invited_at, revoked_at, started_at, submitted_at = moments
        key = groups.key(Place(ags, kind, population))
        has_answered = submitted_at is not None
        invited[key] += has_answered or bool(revoked_at is None and (invited_at or started_at))
        started[key] += has_answered or bool(revoked_at is None and started_at)
        submitted[key] += has_answered
    is_english = (get_language() or "").startswith("en")
    found = [
        Rate(names.en if is_english else names.de, invited[key], started[key], submitted[key])
        for key, names in groups.named(invited).items()
    ]
    total = Rate(_("Insgesamt"), invited.total(), started.total(), submitted.total())
    return [*found, total]


def table(survey: NeedsSurvey, by: str) -> Iterator[list[Cell]]:
    yield [
        str(By(by).label),
        _("eingeladen"),
        _("begonnen"),
        _("abgeschickt"),
        _("offen"),
        _("Rücklauf in Prozent"),
    ]
    for row in rates(survey, by):
        cells = [row.invited, row.started, row.submitted, row.remaining, row.percent]
        yield [harmless(row.label), *cells]
