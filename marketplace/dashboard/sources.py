"""Where the dashboard asks: a feature that has something to tell adds a line to each list."""

from datetime import datetime

from challenges.needs import waiting as needs
from marketplace.shortlists import waiting as shortlists
from profiles.models import User
from profiles.organisations import waiting as organisations
from profiles.waiting import RECENT, Change, ChangesFor, Waiting, WaitingFor

WAITING: tuple[WaitingFor, ...] = (
    organisations.waiting_for,
    needs.waiting_for,
    shortlists.waiting_for,
)
CHANGES: tuple[ChangesFor, ...] = (
    organisations.changes_for,
    needs.changes_for,
    shortlists.changes_for,
)


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """What waits for the person, in the order of the sources."""
    return [item for source in WAITING for item in source(user, at)]


def changes_for(user: User) -> list[Change]:
    """What has changed in the person's organisations, the latest first."""
    found = [change for source in CHANGES for change in source(user)]
    return sorted(found, key=lambda change: change.at, reverse=True)[:RECENT]
