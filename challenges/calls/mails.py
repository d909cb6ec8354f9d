"""Who hears what about a challenge. No mail names who asked."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from challenges.calls.models import Addendum, Challenge, ProviderQuestion
from profiles.mail import send
from profiles.models import User


def _context(challenge: Challenge, path: str = "", **more: str) -> dict[str, str]:
    link = f"{settings.SITE_URL}{path or challenge.get_absolute_url()}"
    return {"title": challenge.title, "link": link, **more}


def _tell(kind: str, people: Iterable[User], context: dict[str, str], event: str) -> None:
    for user in people:
        send(kind, to=user, context=context, event=f"{event}:{user.pk}")


def submitted(challenge: Challenge, *, by: User) -> None:
    """Ask the colleagues for the second pair of eyes."""
    others = [user for user in challenge.organisation.deciders() if user != by]
    path = reverse("calls:draft", args=[challenge.pk])
    event = f"challenge_submitted:{challenge.pk}:{challenge.version}"
    _tell("challenge_review", others, _context(challenge, path), event)


def returned(challenge: Challenge, author: User | None, reason: str) -> None:
    path = reverse("calls:draft", args=[challenge.pk])
    event = f"challenge_returned:{challenge.pk}:{challenge.version}"
    people = [author] if author else []
    _tell("challenge_returned", people, _context(challenge, path, reason=reason), event)


def asked(question: ProviderQuestion) -> None:
    """Tell those who answer that there is a question, without its words and its author."""
    challenge = question.challenge
    path = reverse("calls:answers", args=[challenge.slug])
    event = f"challenge_question:{question.pk}"
    _tell("challenge_question", challenge.organisation.deciders(), _context(challenge, path), event)


def added(addendum: Addendum) -> None:
    challenge = addendum.challenge
    context = _context(challenge, what=addendum.text[:500])
    _tell("challenge_changed", challenge.people_to_tell(), context, f"addendum:{addendum.pk}")


def answered(challenge: Challenge, last: ProviderQuestion) -> None:
    path = f"{challenge.get_absolute_url()}#fragen"
    event = f"challenge_answers:{challenge.pk}:{last.pk}"
    _tell("challenge_answered", challenge.people_to_tell(), _context(challenge, path), event)


def cancelled(challenge: Challenge, reason: str) -> None:
    context = _context(challenge, what=reason[:500])
    event = f"challenge_cancelled:{challenge.pk}"
    _tell("challenge_changed", challenge.people_to_tell(), context, event)
