"""How many of those invited have answered, by group."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from challenges.surveys.models import NeedsSurvey
from challenges.surveys.results.groups import By, Groups
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
    has_answered = Q(response__submitted_at__isnull=False)
    has_begun = has_answered | Q(revoked_at=None, response__isnull=False)
    was_asked = has_begun | Q(revoked_at=None, invited_at__isnull=False)
    rows = survey.respondents.order_by().annotate(group=groups.in_sql("municipality__"))
    counts = rows.values("group").annotate(
        invited=Count("pk", filter=was_asked),
        started=Count("pk", filter=has_begun),
        submitted=Count("pk", filter=has_answered),
    )
    found = {
        key: counted
        for key, *counted in counts.values_list("group", "invited", "started", "submitted")
    }
    is_english = (get_language() or "").startswith("en")
    listed = [
        Rate(names.en if is_english else names.de, *found[key])
        for key, names in groups.named(found).items()
    ]
    return [*listed, _total(listed)]


def _total(rows: list[Rate]) -> Rate:
    invited, started, submitted = (
        sum(getattr(row, name) for row in rows) for name in ("invited", "started", "submitted")
    )
    return Rate(_("Insgesamt"), invited, started, submitted)


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
