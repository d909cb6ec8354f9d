"""What the publication of a challenge means for alerts."""

from datetime import datetime
from functools import partial

from django.db import transaction

from challenges.models import Challenge
from marketplace.alerts import tasks
from marketplace.queue import queued
from profiles.models import User


def tell_of(_challenge: Challenge, _by: User, _at: datetime) -> None:
    """Let a worker look for whom it fits, as soon as it is public; it looks at everybody."""
    # Without a broker the sweep does.
    transaction.on_commit(partial(queued, tasks.tell_everybody, expires=60), robust=True)
