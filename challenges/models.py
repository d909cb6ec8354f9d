from challenges.calls.models import Challenge, EvaluationCriterion, LogEntry
from challenges.needs.models import Need

__all__ = ["Challenge", "EvaluationCriterion", "LogEntry", "Need"]
