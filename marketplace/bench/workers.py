"""What the processes do that share the work of matching; each starts anew and sets itself up.

Nothing of Django may be imported before `start` has set it up.
"""

from threading import BrokenBarrierError
from typing import Any

PATIENCE_SECONDS = 120  # until all have started


def start(database: str, ready: Any) -> None:
    import django
    from django.db import connection
    from django.utils import timezone

    django.setup()
    from profiles.snapshot import current

    connection.settings_dict["NAME"] = database
    current(on=timezone.localdate())  # a worker that has been running for a while knows the market
    try:
        ready.wait(PATIENCE_SECONDS)
    except BrokenBarrierError:  # another has failed, and told why
        raise SystemExit(1) from None


def match(keys: list[int]) -> None:
    from django.utils import timezone

    from marketplace.matching import matches

    matches.recompute(keys, at=timezone.now())
