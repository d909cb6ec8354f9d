from challenges.needs.models import Need
from challenges.surveys.acting.models import ProviderInvitation
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
from challenges.surveys.results.models import PublishedFigures

__all__ = [
    "Answer",
    "FieldOfAction",
    "MailText",
    "Need",
    "NeedsSurvey",
    "ProviderInvitation",
    "PublishedFigures",
    "Question",
    "Respondent",
    "Response",
    "Section",
    "Wording",
]
