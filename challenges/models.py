from challenges.applications.models import (
    Application,
    ChallengeKey,
    FormQuestion,
    KeyCopy,
    KeyHolder,
    Partner,
    PricePosition,
    SealEntry,
    Submission,
)
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
    "Application",
    "Challenge",
    "ChallengeKey",
    "EuThreshold",
    "EvaluationCriterion",
    "FieldOfAction",
    "FormQuestion",
    "KeyCopy",
    "KeyHolder",
    "LogEntry",
    "MailText",
    "Need",
    "NeedsSurvey",
    "Partner",
    "PricePosition",
    "Procedure",
    "ProcurementRule",
    "ProviderInvitation",
    "ProviderQuestion",
    "PublishedFigures",
    "Question",
    "Respondent",
    "Response",
    "SealEntry",
    "Section",
    "Submission",
    "Watch",
    "Wording",
]
