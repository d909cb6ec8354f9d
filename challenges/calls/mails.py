"""Who hears what about a challenge. No mail names who asked."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.urls import reverse

from challenges.calls.models import Addendum, Challenge, ProviderQuestion
from profiles.mail import send_each
from profiles.models import User


def _tell(
    kind: str,
    challenge: Challenge,
    people: Iterable[User],
    event: str,
    page: Callable[[], str] | None = None,
    **more: str,
) -> None:
    """Write to these people; `page` returns the address, by default that of the challenge."""
    address = page or challenge.get_absolute_url
    send_each(
        kind,
        to=people,
        context=lambda: {
            "title": challenge.title,
            "link": f"{settings.SITE_URL}{address()}",
            **more,
        },
        event=event,
    )


def submitted(challenge: Challenge, *, by: User) -> None:
    """Ask the colleagues for the second pair of eyes."""
    others = [user for user in challenge.organisation.deciders() if user != by]
    event = f"challenge_submitted:{challenge.pk}:{challenge.version}"
    _tell("challenge_review", challenge, others, event, _page_of("draft", challenge.pk))


def returned(challenge: Challenge, author: User | None, reason: str) -> None:
    event = f"challenge_returned:{challenge.pk}:{challenge.version}"
    people, page = [author] if author else [], _page_of("draft", challenge.pk)
    _tell("challenge_returned", challenge, people, event, page, reason=reason)


def asked(question: ProviderQuestion) -> None:
    """Tell those who answer that there is a question, without its words and its author."""
    challenge = question.challenge
    people, page = challenge.organisation.deciders(), _page_of("answers", challenge.slug)
    _tell("challenge_question", challenge, people, f"challenge_question:{question.pk}", page)


def added(addendum: Addendum) -> None:
    challenge = addendum.challenge
    event, text = f"addendum:{addendum.pk}", addendum.text[:500]
    _tell("challenge_changed", challenge, challenge.people_to_tell(), event, what=text)


def answered(challenge: Challenge, last: ProviderQuestion) -> None:
    event = f"challenge_answers:{challenge.pk}:{last.pk}"
    _tell(
        "challenge_answered",
        challenge,
        challenge.people_to_tell(),
        event,
        lambda: f"{challenge.get_absolute_url()}#fragen",
    )


def cancelled(challenge: Challenge, reason: str) -> None:
    event = f"challenge_cancelled:{challenge.pk}"
    _tell("challenge_changed", challenge, challenge.people_to_tell(), event, what=reason[:500])


def _page_of(name: str, key: object) -> Callable[[], str]:
    return lambda: reverse(f"calls:{name}", args=[key])
