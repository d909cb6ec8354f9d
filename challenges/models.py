from challenges.needs.models import Need
from challenges.surveys.models import (
    Answer,
    FieldOfAction,
    MailText,
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
    "MailText",
    "Need",
    "NeedsSurvey",
    "Question",
    "Respondent",
    "Response",
    "Section",
    "Wording",
]
