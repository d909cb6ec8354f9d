from challenges.calls.models.challenges import Challenge
from challenges.calls.models.criteria import EvaluationCriterion
from challenges.calls.models.log import LogEntry

__all__ = ["Challenge", "EvaluationCriterion", "LogEntry"]
