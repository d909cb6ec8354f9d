"""Where the dashboard asks: a feature that has something to tell adds a line to each list."""

from datetime import datetime

from challenges.applications import waiting as applications
from challenges.evaluation import waiting as evaluation
from challenges.needs import waiting as needs
from challenges.surveys.acting import waiting as invitations
from criteria.assessments import waiting as assessments
from marketplace.alerts import waiting as alerts
from marketplace.shortlists import waiting as shortlists
from profiles.contact import waiting as contact
from profiles.deployments import waiting as deployments
from profiles.keeping import waiting as keeping
from profiles.models import User
from profiles.organisations import waiting as organisations
from profiles.reminders import waiting as reminders
from profiles.waiting import RECENT, Change, ChangesFor, Waiting, WaitingFor

WAITING: tuple[WaitingFor, ...] = (
    contact.waiting_for,
    organisations.waiting_for,
    keeping.waiting_for,
    deployments.waiting_for,
    reminders.waiting_for,
    needs.waiting_for,
    applications.waiting_for,
    evaluation.waiting_for,
    assessments.waiting_for,
    invitations.waiting_for,
    shortlists.waiting_for,
)
CHANGES: tuple[ChangesFor, ...] = (
    organisations.changes_for,
    keeping.changes_for,
    deployments.changes_for,
    needs.changes_for,
    alerts.changes_for,
    shortlists.changes_for,
)


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """What waits for the person, in the order of the sources."""
    return [item for source in WAITING for item in source(user, at)]


def changes_for(user: User) -> list[Change]:
    """What has changed in the person's organisations, the latest first."""
    found = [change for source in CHANGES for change in source(user)]
    return sorted(found, key=lambda change: change.at, reverse=True)[:RECENT]
