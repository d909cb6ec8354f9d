"""Two people wrote at the same draft: what goes together, and what somebody has to choose."""

from typing import NamedTuple

from profiles.keeping.models import Data

MISSING = object()


class Merge(NamedTuple):
    values: Data  # what goes together: what only one of the two has changed
    theirs: list[str]  # fields that the other one alone has changed
    conflicts: list[str]  # fields that both have changed, and not to the same


def merge(base: Data, theirs: Data, mine: Data) -> Merge:
    """Compare with `base`, which both saw at first; `mine` holds the fields of one step."""
    values, kept, conflicts = {}, [], []
    for name, value in mine.items():
        before, now = base.get(name, MISSING), theirs.get(name, MISSING)
        if value in (now, before) or _both_empty(value, before):
            if value != now and not _both_empty(value, now):
                kept.append(name)
        elif now == before or _both_empty(now, before):
            values[name] = value
        else:
            conflicts.append(name)
    return Merge(values, kept, conflicts)


def is_blank(value: object) -> bool:
    """Say whether nothing was answered; 0 is an answer, a box that is not ticked is none."""
    return value is MISSING or value is None or value is False or value in ("", [])


def _both_empty(one: object, other: object) -> bool:
    return is_blank(one) and is_blank(other)
