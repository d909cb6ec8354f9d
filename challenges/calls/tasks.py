from celery import shared_task
from django.utils import timezone

from challenges.calls.settling import settle_due


@shared_task
def settle() -> None:
    settle_due(at=timezone.now())
