from challenges.surveys.models.fields import FieldOfAction
from challenges.surveys.models.mails import MailText
from challenges.surveys.models.questions import Question, Section, Wording
from challenges.surveys.models.responses import Answer, Respondent, Response
from challenges.surveys.models.surveys import NeedsSurvey

__all__ = [
    "Answer",
    "FieldOfAction",
    "MailText",
    "NeedsSurvey",
    "Question",
    "Respondent",
    "Response",
    "Section",
    "Wording",
]
