from celery import shared_task
from django.utils import timezone

from profiles.reminders import due


@shared_task
def remind() -> None:
    due.remind(at=timezone.now())
