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
from challenges.calls.models import Challenge, EvaluationCriterion, LogEntry
from challenges.needs.models import Need

__all__ = [
    "Application",
    "Challenge",
    "ChallengeKey",
    "EvaluationCriterion",
    "FormQuestion",
    "KeyCopy",
    "KeyHolder",
    "LogEntry",
    "Need",
    "Partner",
    "PricePosition",
    "SealEntry",
    "Submission",
]
