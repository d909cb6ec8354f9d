"""Which solutions have changed since a process last looked (migration 0004)."""

from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from django.db import connection

from profiles.snapshot.reading import Ids

KEPT = timedelta(days=2)
NOTHING_SEEN = "1:1:"  # a view of the database from before its first transaction
CHANGES = """
SELECT pg_current_snapshot()::text,
       coalesce(bool_or(transaction = pg_current_xact_id_if_assigned()), false),
       coalesce(bool_or(solution_id IS NULL), false),
       coalesce(array_agg(DISTINCT solution_id) FILTER (WHERE solution_id IS NOT NULL), '{}')
FROM profiles_solutionchange
WHERE transaction >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
  AND NOT pg_visible_in_snapshot(transaction, %(seen)s::pg_snapshot)
"""


class News(NamedTuple):
    """What has changed.

    `seen` stands for what was committed by now. `own` tells that the open transaction of this
    very connection has changed solutions, which nobody else may know yet.
    """

    seen: str
    own: bool
    all: bool
    ids: Ids


def since(seen: str | None) -> News:
    """Read what is not in `seen`, the `seen` of earlier news; one query."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, {"seen": seen or NOTHING_SEEN})
        now, own, everything, ids = cursor.fetchone()
    return News(now, own, everything, np.array(ids, dtype=np.int64))


def forget(*, before: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM profiles_solutionchange WHERE at < %s", [before])
        return int(cursor.rowcount)
