from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from challenges.surveys import needs, sending
from challenges.surveys.models import NeedsSurvey, Response
from profiles.models import User


@transaction.atomic
def submit(response: Response, *, department: str, by: User | None, at: datetime) -> bool:
    """Hand it in, with all that follows; say whether this call did it.

    Raises ValidationError where an answer is missing, which a colleague may just have taken back.
    Answers to questions that are no longer asked go, so that results count what was asked.
    """
    Response.objects.select_for_update().get(pk=response.pk)
    if response.missing():
        raise ValidationError(gettext("Es fehlt noch etwas. Unten steht, was."))
    if not response.submit(by=by, at=at):
        return False
    if department:
        Response.objects.filter(pk=response.pk).update(department=department)
    _drop_unasked(response)
    needs.take_over(response, at=at)
    sending.thank(response.respondent, at=at)
    return True


def _drop_unasked(response: Response) -> None:
    survey = NeedsSurvey.objects.get(pk=response.respondent.survey_id)
    questions = survey.questions.asked().with_wording().in_order()
    asked = {question.pk for question in questions.put_to(response.values())}
    unasked = response.answers.exclude(question__in=asked)
    unasked.filter(question__removed_at=None).delete()
