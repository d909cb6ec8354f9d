"""The history of a need, in words."""

from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.admin.utils import label_for_field
from django.utils.translation import gettext as _

from challenges.needs.models import Need
from profiles.models import User

UNTOLD = {"version", "updated_at", "created_at", "released_at", "ended_at", "state", "organisation"}


class Change(NamedTuple):
    at: datetime
    by: User | None
    what: str


def changes_of(need: Need) -> list[Change]:
    """What each version brought, the latest first.

    A version has several records, since links to topics and standards are written one by one;
    its last one holds everything.
    """
    rows = need.history.select_related("history_user").order_by("history_date", "history_id")
    last = [list(group)[-1] for _version, group in groupby(rows, key=lambda row: row.version)]
    found = [_change(old, new) for old, new in zip([None, *last], last, strict=False)]
    return found[::-1]


def _change(old: Any, new: Any) -> Change:
    return Change(new.history_date, new.history_user, _told(old, new))


def _told(old: Any, new: Any) -> str:
    if old is None:
        return _("angelegt")
    parts = []
    if new.state != old.state:
        parts.append(_("Stand: %(state)s") % {"state": new.get_state_display()})
    fields = [change.field for change in new.diff_against(old).changes]
    names = [label_for_field(name, Need) for name in fields if name not in UNTOLD]
    if names:
        parts.append(_("geändert: %(fields)s") % {"fields": ", ".join(map(str, names))})
    return "; ".join(parts) or _("gespeichert")
