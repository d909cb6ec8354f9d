from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from profiles.mail.delivery import deliver_due


def letters() -> list[EmailMessage]:
    """Let the worker send what is due, and return all that has been sent."""
    deliver_due(at=timezone.now())
    return mail.outbox
