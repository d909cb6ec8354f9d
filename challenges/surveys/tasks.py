"""What the worker does. Each may run twice, or twice at once."""

from celery import shared_task
from django.utils import timezone

from challenges.surveys import needs, sending
from challenges.surveys.models import NeedsSurvey


@shared_task
def invite(survey_id: int) -> None:
    """Invite a chunk, and leave the next one to a task of its own."""
    if sending.invite_some(survey_id, at=timezone.now()):
        invite.delay(survey_id)


@shared_task
def go_on() -> None:
    """Go on where the task of a chunk was lost."""
    for survey in NeedsSurvey.objects.open(at=timezone.now()).sending():
        invite.delay(survey.pk)


@shared_task
def hand_over() -> None:
    """Nobody waits for it, and whoever verifies knows nothing of surveys."""
    needs.hand_over()


@shared_task
def remind() -> None:
    at = timezone.now()
    sending.remind(at=at)
    sending.tell_of_the_end(at=at)
