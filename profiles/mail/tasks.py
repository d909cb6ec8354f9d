"""What the worker does. Each may run twice, or twice at once."""

from celery import shared_task
from django.utils import timezone

from profiles.mail import delivery


@shared_task
def deliver(mail_id: int) -> None:
    delivery.deliver(mail_id, at=timezone.now())


@shared_task
def deliver_due() -> None:
    """Send what waits: after a fault, at its time, or because its own task was lost."""
    delivery.deliver_due(at=timezone.now())


@shared_task
def forget_old() -> None:
    delivery.forget_old(at=timezone.now())
