"""What the worker does. Each may run twice, or twice at once: a person's row is the lock."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from marketplace.alerts import telling, watching
from profiles.models import User

CHUNK = 50


@shared_task
def tell_everybody() -> None:
    """Share the people out among the workers."""
    keys = watching.audience()
    for start in range(0, len(keys), CHUNK):
        tell.delay(keys[start : start + CHUNK])


@shared_task(autoretry_for=(OperationalError,), retry_backoff=5, max_retries=5)
def tell(keys: list[int]) -> None:
    at = timezone.now()
    for user in User.objects.filter(pk__in=keys, is_active=True).order_by("pk"):
        telling.tell(user, at=at)
