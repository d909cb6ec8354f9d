"""A group becomes a field of action: its statements become needs of their municipalities."""

from datetime import datetime

from django.db import transaction

from challenges.models import FieldOfAction, Need
from challenges.surveys.needs import organisation_of, title_of
from marketplace.grouping.models import NeedGroup, Statement


@transaction.atomic
def make_field(group: NeedGroup, *, at: datetime) -> FieldOfAction | None:
    """Return the new field, or None if somebody else was first."""
    locked = NeedGroup.objects.select_for_update(of=("self",)).filter(pk=group.pk, field=None)
    if not locked.exists():
        return None
    statements = group.statements.select_related(
        "answer__response__respondent__municipality__state"
    )
    needs = [need_of(statement, at=at) for statement in statements.order_by("pk")]
    field = FieldOfAction.objects.create_from(
        needs, survey=group.survey, title=group.title, topic=group.topic
    )
    NeedGroup.objects.filter(pk=group.pk).update(field=field)
    return field


def need_of(statement: Statement, *, at: datetime) -> Need:
    """The need that was made when the answer was handed in, or else a private one.

    A text was not written to be released, so nobody but its municipality and the agency that
    asked for it ever sees the need, until the municipality itself decides otherwise.
    """
    answer = statement.answer
    place = answer.response.respondent.municipality
    known = Need.objects.filter(response=answer.response_id, question=answer.question_id).first()
    return known or Need.objects.create(
        organisation=organisation_of(place),
        response=answer.response,
        question_id=answer.question_id,
        title=title_of(statement.text),
        problem=statement.text,
        visibility=Need.Visibility.PRIVATE,
        state=Need.State.OPEN,
        created_at=at,
        released_at=at,
    )
