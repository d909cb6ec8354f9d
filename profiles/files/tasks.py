from celery import shared_task
from django.utils import timezone

from profiles.files import sweeping


@shared_task
def sweep_files() -> None:
    sweeping.sweep(at=timezone.now())
