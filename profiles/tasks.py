from celery import shared_task
from django.utils import timezone

from profiles.snapshot import changes, postings


@shared_task
def forget_old_changes() -> None:
    """Forget which solutions changed so long ago that every process has seen it."""
    changes.forget(before=timezone.now() - changes.KEPT)


@shared_task
def refresh_postings() -> None:
    """Write down anew which solutions hold which stem, where much has changed since."""
    postings.refresh()
