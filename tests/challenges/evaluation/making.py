"""Challenges whose applications are open, and people who judge them."""

from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from challenges.calls.lifecycle import State
from challenges.evaluation import consensus, deciding, judging
from challenges.models import ChallengeKey, Declaration
from tests.factories import LONG_AGO, make_challenge, make_member, make_provider

AT = timezone.now().replace(microsecond=0)
REASON = "Weil es nachvollziehbar ist."


def make_opened(*prices, **fields):
    """Make one in evaluation, with an opened application for each price."""
    dates = {
        "questions_from": AT - timedelta(days=30),
        "questions_until": AT - timedelta(days=9),
        "applications_from": AT - timedelta(days=30),
        "applications_until": AT - timedelta(days=2),
    }
    state = {"state": State.EVALUATION, "published_at": LONG_AGO}
    challenge = make_challenge(**dates | state | fields)
    opened = {"made_at": LONG_AGO, "opening_at": AT, "opened_at": AT}
    ChallengeKey.objects.create(challenge=challenge, public_key=b"", **opened)
    for number, price in enumerate(prices or (1000, 2000)):
        make_opened_application(challenge, price, AT - timedelta(days=5, minutes=-number))
    return challenge


def make_opened_application(challenge, price, received_at, **fields):
    provider = fields.pop("provider", None) or make_provider()
    applicant = provider.organisation
    application = challenge.applications.create(organisation=applicant, created_at=received_at)
    content = {
        "applicant": applicant.name,
        "partners": [],
        "answers": [{"question": "Was?", "answer": f"{applicant.name} zeigt freie Plätze."}],
        "prices": [{"position": "Betrieb", "amount_eur": str(price)}],
        "total_eur": str(price),
        "solution": None,
    }
    application.submissions.create(
        number=1,
        sealed=b"x",
        checksum=sha256(applicant.name.encode()).hexdigest(),
        received_at=received_at,
        opened_at=AT,
        content=content,
    )
    return application


def make_reviewer(challenge, *, user=None, conflicts=None, declared=True):
    """Make a colleague who judges; `conflicts` are notes by the key of the application."""
    user = user or make_member(challenge.organisation)
    reviewer = judging.invite(challenge, user.email, by=user, at=AT)
    if declared:
        judging.declare(reviewer, conflicts or {}, at=AT)
    return reviewer


def judge(reviewer, points=6):
    """Fill the sheet, and lock it."""
    for declaration in Declaration.objects.free().filter(reviewer=reviewer):
        keys = [row.pk for row in judging.judged_criteria(reviewer.panel.challenge)]
        judging.score(declaration, dict.fromkeys(keys, (points, REASON)))
    judging.lock(reviewer, at=AT)


def make_closed(*prices, **fields):
    """Make one that two have judged; the first is the chair."""
    challenge = make_opened(*prices, **fields)
    chair, other = make_reviewer(challenge), make_reviewer(challenge)
    judging.appoint(chair, by=chair.user, at=AT)
    judge(chair, 8)
    judge(other, 3)
    judging.close(chair.panel, by=chair.user, at=AT)
    return challenge


def chair_of(challenge):
    return challenge.panel.reviewers.get(is_chair=True).user


def make_agreed(*prices, **fields):
    """Make one whose ranking is there: all have the same points, the price decides."""
    challenge = make_closed(*prices, **fields)
    keys = [row.pk for row in judging.judged_criteria(challenge)]
    for row in judging.submissions_of(challenge):
        scores = dict.fromkeys(keys, (6, REASON))
        consensus.agree(challenge.panel, row.application, scores, by=chair_of(challenge), at=AT)
    challenge.refresh_from_db()
    return challenge


def first_of(challenge):
    return consensus.results(challenge)[0].submission.application


def make_proposed(*prices, standstill_until=None, awards=True, **fields):
    challenge = make_agreed(*prices, **fields)
    return deciding.propose(
        challenge,
        winner=first_of(challenge) if awards else None,
        reason="Platz 1 nach der Formel.",
        by=make_member(challenge.organisation),
        at=AT,
        standstill_until=standstill_until,
    )
