from challenges.calls.models import (
    Addendum,
    Challenge,
    EvaluationCriterion,
    LogEntry,
    ProviderQuestion,
    Watch,
)
from challenges.needs.models import Need
from challenges.procurement.models import EuThreshold, Procedure, ProcurementRule
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
    "Addendum",
    "Answer",
    "Challenge",
    "EuThreshold",
    "EvaluationCriterion",
    "FieldOfAction",
    "LogEntry",
    "MailText",
    "Need",
    "NeedsSurvey",
    "Procedure",
    "ProcurementRule",
    "ProviderInvitation",
    "ProviderQuestion",
    "PublishedFigures",
    "Question",
    "Respondent",
    "Response",
    "Section",
    "Watch",
    "Wording",
]
