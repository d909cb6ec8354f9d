from datetime import datetime

from challenges.calls.models import Challenge


def settle_due(*, at: datetime) -> int:
    """Write down what the clock has done; each challenge is locked for itself, twice is once."""
    due = list(Challenge.objects.due(at=at).order_by("pk"))
    for challenge in due:
        challenge.settle(at=at)
    return len(due)
