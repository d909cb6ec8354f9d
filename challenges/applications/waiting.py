"""What applications have for the dashboard: drafts and their deadline, passphrases to enter."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from challenges.applications.models import Application, KeyCopy
from challenges.applications.models.applications import grace
from challenges.calls.lifecycle import State
from challenges.calls.models import Challenge
from profiles.models import User
from profiles.waiting import RECENT, Waiting


def waiting_for(user: User, at: datetime) -> Iterator[Waiting]:
    yield from _drafts(user, at)
    yield from _to_open(user, at)


def _drafts(user: User, at: datetime) -> Iterator[Waiting]:
    begun = Application.objects.editable_by(user).begun(at=at).nearest_deadline_first()
    for application in begun.select_related("challenge").defer("draft")[:RECENT]:
        challenge = application.challenge
        until = challenge.applications_until
        when = date_format(localtime(until), "SHORT_DATETIME_FORMAT") if until else ""
        sentence = _("Entwurf Ihrer Bewerbung für „%(title)s“: Frist %(when)s Uhr")
        texts = {"title": challenge.title, "when": when}
        yield Waiting(1, sentence % texts, application.get_absolute_url())


def _to_open(user: User, at: datetime) -> Iterator[Waiting]:
    entered = KeyCopy.objects.filter(first__user=user, turned__isnull=False)
    rows = Challenge.objects.in_states([State.EVALUATION], at=at).filter(
        key_holders__user=user,
        seal_key__isnull=False,
        seal_key__opened_at=None,
        applications_until__lt=at - grace(),
    )
    rows = rows.exclude(seal_key__in=entered.values("key"))
    for challenge in rows.order_by("applications_until", "pk")[:RECENT]:
        sentence = _("Bewerbungen öffnen mit Ihrer Passphrase: „%(title)s“")
        address = reverse("applications:open", args=[challenge.slug])
        yield Waiting(1, sentence % {"title": challenge.title}, address)
