"""How soon an organisation usually answers, in coarse steps.

It is the median of the time to the first answer over the threads of the last 12 months, said as
the smallest step within which at least half of them were answered. A refusal is an answer. A
thread without an answer counts against every step that it has outlasted, so ignoring people does
not improve the figure; one that is younger than a step says nothing about that step yet. Below
five threads that are answered, or left alone for longer than the longest step, nothing is said.
Threads in which the other side wrote what the administration found unwanted do not count.
"""

from datetime import datetime, timedelta

from django.db.models import F, Min, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from profiles.contact.models import Message, Thread
from profiles.models.organisations import Organisation

YEAR = timedelta(days=365)
ENOUGH = 5
STEPS: list[tuple[timedelta, Promise]] = [
    (timedelta(days=1), _("antwortet meist innerhalb eines Tages")),
    (timedelta(days=3), _("antwortet meist innerhalb von drei Tagen")),
    (timedelta(days=7), _("antwortet meist innerhalb einer Woche")),
]
SLOW = _("braucht meist länger als eine Woche")

Wait = tuple[timedelta | None, timedelta]  # until the first answer, and until now


def answer_time(organisation: Organisation, *, at: datetime) -> Promise | None:
    """The words for it, or nothing while there is too little to go by; one query."""
    return words_for(waits(organisation, at=at))


def waits(organisation: Organisation, *, at: datetime) -> list[Wait]:
    first = Min("messages__at", filter=Q(messages__organisation=F("answering")))
    rows = Thread.objects.filter(
        answering=organisation, created_at__gt=at - YEAR, created_at__lte=at
    )
    unwanted = Message.objects.filter(reports__is_upheld=True).exclude(organisation=organisation)
    rows = rows.exclude(pk__in=unwanted.values("thread")).order_by("pk")
    times = rows.annotate(answered_at=first).values_list("created_at", "answered_at")
    return [(end - start if end else None, at - start) for start, end in times]


def words_for(found: list[Wait]) -> Promise | None:
    longest = STEPS[-1][0]
    if sum(wait is not None or age > longest for wait, age in found) < ENOUGH:
        return None
    for step, words in STEPS:
        known = [wait for wait, age in found if wait is not None or age > step]
        in_time = [wait for wait in known if wait is not None and wait <= step]
        if 2 * len(in_time) >= len(known):
            return words
    return SLOW
