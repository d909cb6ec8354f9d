"""Where mails go as long as no SMTP server is named: a folder, one file each."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage as ReadMessage
from email.policy import default
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


def folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


class Outbox(BaseEmailBackend):
    """Writes each mail into a file of its own; a file that is there is complete."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(4)}"
            draft = folder() / f".{name}"
            draft.write_bytes(message.message().as_bytes())
            draft.rename(folder() / f"{name}.eml")
        return len(email_messages)


class SentMail(NamedTuple):
    name: str
    subject: str
    recipient: str
    at: datetime | None
    text: str
    html: str
    headers: list[tuple[str, str]]


def names() -> list[str]:
    """Return the mails in the folder, the newest first."""
    return sorted((path.stem for path in folder().glob("*.eml")), reverse=True)


def read(name: str) -> SentMail | None:
    path = folder() / f"{name}.eml"
    if not path.is_file():
        return None
    message = message_from_bytes(path.read_bytes(), _class=ReadMessage, policy=default)
    date = message["Date"]
    return SentMail(
        name=name,
        subject=str(message["Subject"]),
        recipient=str(message["To"]),
        at=date.datetime.replace(tzinfo=UTC) if date else None,  # Django writes "-0000"
        text=_part(message, "plain"),
        html=_part(message, "html"),
        headers=[(key, str(value)) for key, value in message.items()],
    )


def _part(message: ReadMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
