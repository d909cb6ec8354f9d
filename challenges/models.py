from challenges.needs.models import Need
from challenges.surveys.models import (
    Answer,
    FieldOfAction,
    NeedsSurvey,
    Question,
    Respondent,
    Response,
    Section,
    Wording,
)

__all__ = [
    "Answer",
    "FieldOfAction",
    "Need",
    "NeedsSurvey",
    "Question",
    "Respondent",
    "Response",
    "Section",
    "Wording",
]
