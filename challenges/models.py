from challenges.calls.models import (
    Addendum,
    Challenge,
    EvaluationCriterion,
    LogEntry,
    Question,
    Watch,
)
from challenges.needs.models import Need
from challenges.procurement.models import EuThreshold, Procedure, ProcurementRule

__all__ = [
    "Addendum",
    "Challenge",
    "EuThreshold",
    "EvaluationCriterion",
    "LogEntry",
    "Need",
    "Procedure",
    "ProcurementRule",
    "Question",
    "Watch",
]
