from celery import shared_task
from django.utils import timezone

from profiles.snapshot import changes


@shared_task
def forget_old_changes() -> None:
    """Forget which solutions changed so long ago that every process has seen it."""
    changes.forget(before=timezone.now() - changes.KEPT)
