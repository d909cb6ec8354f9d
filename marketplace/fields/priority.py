"""How important the municipalities find the topic of a field of action."""

from challenges.models import FieldOfAction, Wording
from challenges.surveys.figures import Priority, priorities
from challenges.surveys.results.reading import Answers, asked


def priority_of(field: FieldOfAction) -> Priority | None:
    """What the matrix of the survey says of the field's topic; None if it is not asked there."""
    if field.topic is None:
        return None
    matrices = field.survey.questions.with_wording().filter(
        wording__kind=Wording.Kind.PRIORITY_MATRIX
    )
    for row in asked(matrices.in_order()):
        option = next((one.id for one in row.options if one.topic == field.topic.key), None)
        if option:
            values = [value for _, value in Answers.load(field.survey, [row]).of(row)]
            return priorities([option], values)[0]
    return None
