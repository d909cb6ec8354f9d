"""What the dashboard shows of a feature: things that wait for a person, and what has changed.

A feature offers functions of these two kinds; `marketplace/dashboard/sources.py` lists them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from profiles.models import User


class Waiting(NamedTuple):
    """Something that somebody has to do; `url` is where, and empty if it is not here."""

    number: int
    sentence: str
    url: str


class Change(NamedTuple):
    at: datetime
    by: User | None
    sentence: str
    url: str


WaitingFor = Callable[[User, datetime], Iterable[Waiting]]
ChangesFor = Callable[[User], Iterable[Change]]

RECENT = 10  # changes of each source; the dashboard shows as many in all
