"""How a mail gets from the log to the mail server.

SMTP cannot say "exactly once": between the server taking a mail and our noting it lies a moment,
and a worker that dies in it leaves nobody who knows. We choose *at most once*. Nobody gets a mail
twice; a mail that hangs in that moment is settled as failed after an hour, and the log says so.

The moment is kept short. The row is locked while the mail is rendered and the connection opened,
logged in and all: who dies here has sent nothing, the lock goes with the process, and another
worker takes the row. "Sending" is committed just before the mail itself goes over the line. A clear
answer (taken, refused) is noted at once. Refusals that are said to be temporary, and faults before
that moment, are tried again after growing waits.
"""

import contextlib
import logging
import smtplib
from datetime import datetime
from typing import NamedTuple

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from profiles.mail.models import Mail
from profiles.mail.preferences import MailPreference
from profiles.mail.rendering import compose

AT_ONCE = 200  # mails in one sweep; the next one goes on with the rest
FINAL = 500  # SMTP: 4xx is "not now", 5xx is "never"

log = logging.getLogger(__name__)


class Letter(NamedTuple):
    mail: Mail
    message: EmailMessage
    line: BaseEmailBackend


def deliver(mail_id: int, *, at: datetime) -> None:
    """Send a mail if it is due and nobody else does."""
    if letter := _claim(mail_id, at=at):
        _hand_over(letter, at=at)


def deliver_due(*, at: datetime) -> None:
    for mail in Mail.objects.interrupted(at=at):
        mail.settle()
    due = Mail.objects.due(at=at).order_by("due_at", "pk").values_list("pk", flat=True)
    for mail_id in list(due[:AT_ONCE]):
        deliver(mail_id, at=at)


def forget_old(*, at: datetime) -> None:
    Mail.objects.forgettable(at=at).delete()


def _claim(mail_id: int, *, at: datetime) -> Letter | None:
    with transaction.atomic():
        unclaimed = Mail.objects.due(at=at).select_for_update(skip_locked=True)
        mail = unclaimed.filter(pk=mail_id).first()
        if mail is None:
            return None
        try:
            letter = _prepare(mail)
        except Exception as fault:  # be it the line or a template: the mail waits for its repair
            log.exception("Mail %s could not be prepared.", mail_id)
            mail.put_off(fault, at=at)
            return None
        if letter is None:
            mail.withhold()
            return None
        mail.begin(at=at)
        return letter


def _prepare(mail: Mail) -> Letter | None:
    """Return all that is needed, down to an open connection; nothing if it is not wanted."""
    if MailPreference.objects.against(mail).exists():
        return None
    letter = Letter(mail, compose(mail), get_connection())
    letter.line.open()
    return letter


def _hand_over(letter: Letter, *, at: datetime) -> None:
    mail = letter.mail
    try:
        letter.line.send_messages([letter.message])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refusal:
        log.warning("Mail %s was refused: %s", mail.pk, refusal)
        (mail.give_up if is_final(refusal) else mail.put_off)(refusal, at=at)
    except Exception as fault:
        log.exception("Nobody knows if mail %s was taken.", mail.pk)
        mail.leave_open(fault)
    else:
        mail.finish(at=timezone.now())
    with contextlib.suppress(OSError):
        letter.line.close()


def is_final(refusal: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> bool:
    """Say if the server will never take the mail, rather than not now."""
    if isinstance(refusal, smtplib.SMTPResponseException):
        return refusal.smtp_code >= FINAL
    return all(code >= FINAL for code, _ in refusal.recipients.values())
