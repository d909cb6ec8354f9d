"""What the publication of a challenge means for alerts."""

import logging
from datetime import datetime

from django.db import transaction
from kombu.exceptions import OperationalError

from challenges.models import Challenge
from marketplace.alerts import tasks
from profiles.models import User

log = logging.getLogger(__name__)


def tell_of(_challenge: Challenge, _by: User, _at: datetime) -> None:
    """Let a worker look for whom it fits, as soon as it is public; it looks at everybody."""
    transaction.on_commit(_ask, robust=True)


def _ask() -> None:
    try:
        tasks.tell_everybody.apply_async(expires=60, retry=False)
    except OperationalError as problem:
        log.warning("No broker to tell of a challenge; the sweep does: %s", problem)
