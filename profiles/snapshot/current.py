"""The snapshot of this process, brought up to date at each use."""

from datetime import date
from threading import Lock
from time import monotonic
from typing import NamedTuple

from django.db import connection

from profiles.snapshot import changes
from profiles.snapshot.market import Snapshot
from profiles.snapshot.updating import updated


class Kept(NamedTuple):
    snapshot: Snapshot
    checked: float  # on the monotonic clock


_kept: dict[str, Kept] = {}  # by database
_lock = Lock()


def current(*, on: date) -> Snapshot:
    """Return the published solutions as the database has them now: one query where all is quiet.

    What the open transaction has changed itself is in it, but not kept: it may be rolled back.
    """
    database = str(connection.settings_dict["NAME"])
    with _lock:
        kept = _kept.get(database)
        if kept and monotonic() - kept.checked > changes.KEPT.total_seconds() / 2:
            kept = None  # the log may have forgotten what this process has not seen
        news = changes.since(kept.snapshot.seen if kept else None)
        snapshot = _after(news, kept.snapshot if kept else None, on)
        if not news.own:
            _kept[database] = Kept(snapshot, monotonic())
        return snapshot


def _after(news: changes.News, old: Snapshot | None, on: date) -> Snapshot:
    if old is None or news.all:
        return Snapshot.read(on=on, seen=news.seen)
    if not len(news.ids) and on == old.on:
        return old
    return updated(old, news.ids, on=on, seen=news.seen)
