"""Those who told a need hear what came of it."""

from datetime import datetime

from django.db import models

from challenges.surveys.acting import mails
from challenges.surveys.models import FieldOfAction, Respondent

AT_ONCE = 200


def tell(field: FieldOfAction, *, at: datetime) -> None:
    """Write to all that can be reached. Twice or twice at once sends each mail once."""
    for respondent in concerned(field).iterator(chunk_size=AT_ONCE):
        mails.told(field, respondent)
    FieldOfAction.objects.filter(pk=field.pk, told_at=None).update(told_at=at)


def concerned(field: FieldOfAction) -> models.QuerySet[Respondent]:
    """Respondents of the survey whose municipality has a need in the field."""
    places = field.needs.order_by().values("organisation__municipality")
    reachable = Respondent.objects.filter(survey=field.survey_id).reachable()
    return reachable.filter(municipality__in=places).exclude(email="").order_by("pk")
