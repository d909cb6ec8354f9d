from challenges.calls.models.challenges import Challenge
from challenges.calls.models.criteria import EvaluationCriterion
from challenges.calls.models.exchange import Addendum, ProviderQuestion, Watch
from challenges.calls.models.log import LogEntry

__all__ = ["Addendum", "Challenge", "EvaluationCriterion", "LogEntry", "ProviderQuestion", "Watch"]
