from celery import shared_task
from django.utils import timezone

from challenges.surveys.acting import telling
from challenges.surveys.models import FieldOfAction


@shared_task
def tell_outcomes() -> None:
    """Also run from time to time, so that a lost task loses no mail."""
    for field in FieldOfAction.objects.untold().select_related("survey__organisation"):
        telling.tell(field, at=timezone.now())
