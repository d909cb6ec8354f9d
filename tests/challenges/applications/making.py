"""Challenges that are running, their key holders, and applications for them."""

from datetime import UTC, datetime, timedelta

from challenges.applications import drafts, keys, submitting
from challenges.calls.lifecycle import State
from profiles.models import Membership
from tests.factories import make_challenge, make_member, make_provider

START = datetime(2027, 1, 11, 9, tzinfo=UTC)
END = datetime(2027, 2, 19, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WHEN_OPEN = START + timedelta(days=10)
AFTER = END + timedelta(minutes=6)  # of which five are grace
PASSPHRASE = "fünf Wörter ohne jeden Zusammenhang"
CANARY = "Kanarienvogel-4711"


def make_running(*, holders=2, start=START, end=END, **fields):
    """Make a published one that takes applications; its holders are `holders_of(it)`."""
    challenge = make_challenge(
        questions_from=start,
        questions_until=start,
        applications_from=start,
        applications_until=end,
        key_holders=0,
        **fields,
    )
    challenge.form_questions.create(text="Was schlagen Sie vor?", max_words=20)
    challenge.price_positions.create(label="Einrichtung")
    for _number in range(holders):
        keys.become_holder(challenge, make_member(challenge.organisation), PASSPHRASE, at=start)
    keys.seal_up(challenge, make_member(challenge.organisation), start)
    challenge.state, challenge.published_at = State.PUBLISHED, start
    challenge.save()
    return challenge


def holders_of(challenge):
    return [holder.user for holder in challenge.key_holders.order_by("pk")]


def make_application(challenge=None, *, provider=None, text=CANARY, amount="1200.00"):
    """Make a draft in which nothing is missing; its author is an owner of the provider."""
    challenge = challenge or make_running()
    organisation = (provider or make_provider()).organisation
    author = make_member(organisation)
    application = submitting.begin(challenge, organisation, by=author, at=WHEN_OPEN)
    draft = {
        "answers": {str(row.pk): text for row in challenge.form_questions.all()},
        "prices": {str(row.pk): amount for row in challenge.price_positions.all()},
        "solution": None,
    }
    drafts.save(application, draft, by=author, at=WHEN_OPEN, seen=application.version)
    application.refresh_from_db()
    return application


def author_of(application):
    return Membership.objects.owners().filter(organisation=application.organisation)[0].user


def hand_in(application, *, arrived_at=WHEN_OPEN, at=None):
    return submitting.submit(
        application,
        by=author_of(application),
        arrived_at=arrived_at,
        at=at or arrived_at,
        seen=application.version,
    )
