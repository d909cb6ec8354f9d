from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from profiles.mail.kinds import KINDS
from profiles.mail.models import Mail
from profiles.mail.tasks import deliver
from profiles.models.people import User


def send(
    kind: str,
    *,
    to: User | str,
    context: Mapping[str, str],
    event: str,
    language: str | None = None,
    at: datetime | None = None,
) -> Mail:
    """Have a mail sent to a person or an address, once the transaction around the call is there.

    `event` names what it is about, like "invitation:12": a second call with the same event and
    recipient sends nothing and returns the first mail. `context` is what the templates need, and is
    forgotten once the mail is sent. The language is that of the request if none is named. It is
    sent now, or at `at`.
    """
    wanted = KINDS[kind]  # a misspelt kind fails here, not in the worker
    user, address = (to, to.email) if isinstance(to, User) else (None, to.strip())
    now = timezone.now()
    fields = {
        "user": user,
        "address": address,
        "kind": wanted.key,
        "language": _known(language or translation.get_language() or ""),
        "context": dict(context),
        "queued_at": now,
        "due_at": at or now,
    }
    mail, is_new = Mail.objects.get_or_create(event=event, address__iexact=address, defaults=fields)
    if is_new:
        # "robust": where the broker does not answer, the sweep finds the mail a minute later.
        transaction.on_commit(lambda: _queue(mail), robust=True)
    return mail


class Letter(NamedTuple):
    to: str
    context: Mapping[str, str]
    event: str


def send_many(kind: str, letters: Sequence[Letter], *, at: datetime, language: str = "") -> None:
    """Have many addresses written to in two queries; what was sent before is left alone."""
    wanted = KINDS[kind]
    rows = [
        Mail(
            address=letter.to.strip(),
            kind=wanted.key,
            language=_known(language),
            context=dict(letter.context),
            event=letter.event,
            queued_at=at,
            due_at=at,
        )
        for letter in letters
    ]
    Mail.objects.bulk_create(rows, ignore_conflicts=True)
    events = [letter.event for letter in letters]
    waiting = list(Mail.objects.due(at=at).filter(kind=wanted.key, event__in=events))
    transaction.on_commit(lambda: _queue_all(waiting), robust=True)


def _queue_all(mails: Sequence[Mail]) -> None:
    for mail in mails:
        _queue(mail)


def _queue(mail: Mail) -> None:
    deliver.delay(mail.pk)


def _known(language: str) -> str:
    code = language[:2]
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
