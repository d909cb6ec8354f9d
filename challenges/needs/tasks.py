from celery import shared_task
from django.utils import timezone

from challenges.needs import reminders


@shared_task
def remind_owners() -> None:
    """Safe to run twice: each mail has an event of its own."""
    reminders.remind_owners(on=timezone.localdate())
