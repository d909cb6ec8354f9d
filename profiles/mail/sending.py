from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone, translation

from profiles.mail.kinds import KINDS
from profiles.mail.models import Mail
from profiles.mail.tasks import deliver
from profiles.models.people import User, known_language

Context = Mapping[str, str]


def send(
    kind: str,
    *,
    to: User | str,
    context: Context | Callable[[], Context],
    event: str,
    language: str | None = None,
    at: datetime | None = None,
) -> Mail:
    """Have a mail sent to a person or an address, once the transaction around the call is there.

    `event` names what it is about, like "invitation:12": a second call with the same event and
    recipient sends nothing and returns the first mail. `context` is what the templates need, and is
    forgotten once the mail is sent; where it holds dates, words or addresses of pages, it is a
    function, which is asked in the language of the mail. That is the person's own, of an address
    the request's, if none is named. It is sent now, or at `at`.
    """
    wanted = KINDS[kind]  # a misspelt kind fails here, not in the worker
    user, address = (to, to.email) if isinstance(to, User) else (None, to.strip())
    own = user.language if user else translation.get_language()
    spoken = known_language(language or own)
    with translation.override(spoken):
        values = dict(context() if callable(context) else context)
    now = timezone.now()
    fields = {
        "user": user,
        "address": address,
        "kind": wanted.key,
        "language": spoken,
        "context": values,
        "queued_at": now,
        "due_at": at or now,
    }
    mail, is_new = Mail.objects.get_or_create(event=event, address__iexact=address, defaults=fields)
    if is_new:
        # "robust": where the broker does not answer, the sweep finds the mail a minute later.
        transaction.on_commit(lambda: _queue(mail), robust=True)
    return mail


def send_each(
    kind: str,
    *,
    to: Iterable[User],
    context: Callable[[], Context],
    event: str,
    at: datetime | None = None,
) -> None:
    """Have a mail sent to each of some people, in the language of each."""
    for user in to:
        send(kind, to=user, context=context, event=f"{event}:{user.pk}", at=at)


class Letter(NamedTuple):
    to: str
    context: Context
    event: str


def send_many(kind: str, letters: Sequence[Letter], *, at: datetime, language: str = "") -> None:
    """Have many addresses written to in two queries; what was sent before is left alone."""
    wanted = KINDS[kind]
    rows = [
        Mail(
            address=letter.to.strip(),
            kind=wanted.key,
            language=known_language(language),
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
