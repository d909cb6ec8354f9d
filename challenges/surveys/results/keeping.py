"""Results of ten thousand answers take seconds to compute and seldom change: the cache keeps them.

Answers change only while a response is not submitted, so the number of submitted ones and the last
moment tell every change of answers.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Max
from django.utils.translation import get_language

from challenges.surveys.models import NeedsSurvey, Response, Wording

KEPT_FOR = 60 * 60  # seconds: what is known of the municipalities may change, too
Kept = TypeVar("Kept")


def kept(what: str, compute: Callable[[], Kept], *surveys: NeedsSurvey | None) -> Kept:
    """Return what was computed of these surveys as they are now, in the active language."""
    stamps = [stamp(survey) for survey in surveys if survey]
    about = sha256(repr((what, get_language(), *stamps)).encode()).hexdigest()
    key = f"survey-results:{about}"
    found: Kept | None = cache.get(key)
    if found is None:
        found = compute()
        cache.set(key, found, KEPT_FOR)
    return found


def stamp(survey: NeedsSurvey) -> tuple[object, ...]:
    """What differs once other figures would be shown."""
    submitted = Response.objects.submitted().filter(respondent__survey=survey)
    state = submitted.aggregate(count=Count("pk"), last=Max("submitted_at"))
    words = [f"wording__{name}" for name in Wording.CONTENT]
    questions = survey.questions.order_by("pk")
    rows = questions.values_list("pk", "section", "position", "removed_at", "wording", *words)
    return (survey.pk, state["count"], state["last"], *rows)
