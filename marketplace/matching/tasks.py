"""What the worker does. Each may run twice, or twice at once."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from challenges.models import Need
from marketplace.alerts.tasks import tell_everybody
from marketplace.matching import matches, measuring, updating
from marketplace.matching.embeddings import UnavailableError

CHUNK = 50
FAULTS = (UnavailableError, OperationalError)


@shared_task(autoretry_for=FAULTS, retry_backoff=5, retry_backoff_max=600, max_retries=8)
def update_matches() -> None:
    """Work off what has changed; comes every minute, and as soon as somebody asks."""
    if updating.work_off(at=timezone.now()):
        tell_everybody.delay()


@shared_task(autoretry_for=FAULTS, retry_backoff=5, retry_backoff_max=600, max_retries=8)
def match_needs(keys: list[int]) -> None:
    matches.recompute(keys, at=timezone.now())


@shared_task
def match_all() -> None:
    """Share drafts and open needs out among the workers, in chunks for whoever is free."""
    keys = list(Need.objects.unended().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        match_needs.delay(keys[start : start + CHUNK])


@shared_task(autoretry_for=FAULTS, retry_backoff=5, retry_backoff_max=600, max_retries=8)
def embed_all() -> None:
    """Embed what a fault has left out, or everything when the model has changed; in chunks."""
    for keys in updating.chunks(CHUNK):
        embed_solutions.delay(keys)
    updating.embed_needs()


@shared_task(autoretry_for=FAULTS, retry_backoff=5, retry_backoff_max=600, max_retries=8)
def embed_solutions(keys: list[int]) -> None:
    updating.embed_solutions(keys)


@shared_task
def measure_weights(pk: int) -> None:
    measuring.measure(pk, at=timezone.now())
