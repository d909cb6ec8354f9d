"""What waits on the dashboard: to open, to declare, to judge, to agree, to sign."""

from datetime import timedelta

import pytest
from django.urls import reverse

from challenges.applications import opening
from challenges.applications import waiting as applications
from challenges.calls.lifecycle import Action
from challenges.evaluation import consensus, judging
from challenges.evaluation import waiting as evaluation
from challenges.evaluation.waiting import waiting_for
from marketplace.dashboard import sources
from tests.challenges.applications.making import AFTER, END, PASSPHRASE, holders_of, make_running
from tests.challenges.evaluation.making import (
    AT,
    REASON,
    chair_of,
    judge,
    make_closed,
    make_opened,
    make_proposed,
    make_reviewer,
)
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db


def sentences(user):
    return [item.sentence.partition(":")[0] for item in waiting_for(user, AT)]


def test_the_dashboard_asks_both():
    assert applications.waiting_for in sources.WAITING
    assert evaluation.waiting_for in sources.WAITING


@pytest.mark.parametrize(("after", "count"), [(0, 0), (5, 0), (6, 1)])
def test_a_key_holder_opens_once_the_deadline_and_its_grace_are_over(after, count):
    challenge = make_running()
    person = holders_of(challenge)[0]
    at = END + timedelta(minutes=after)
    assert len(list(applications.waiting_for(person, at))) == count
    assert not list(applications.waiting_for(make_user(), at))


def test_who_has_entered_the_passphrase_waits_for_the_other_and_both_are_done_then():
    challenge = make_running()
    first, second = holders_of(challenge)
    opening.enter(challenge, first, PASSPHRASE, at=AFTER)
    assert not list(applications.waiting_for(first, AFTER))
    [item] = applications.waiting_for(second, AFTER)
    assert item.url == reverse("applications:open", args=[challenge.slug])
    opening.enter(challenge, second, PASSPHRASE, at=AFTER)
    assert not list(applications.waiting_for(second, AFTER))


def test_nobody_opens_what_was_cancelled():
    challenge = make_running()
    person = holders_of(challenge)[0]
    challenge.take(Action.CANCEL, by=person, at=END, reason="Kein Geld")
    assert not list(applications.waiting_for(person, AFTER))


def test_a_reviewer_declares_then_judges_and_is_done_with_a_locked_sheet():
    challenge = make_opened(1000)
    reviewer = make_reviewer(challenge, declared=False)
    assert sentences(reviewer.user) == ["Interessenkonflikte erklären"]
    judging.declare(reviewer, {}, at=AT)
    assert sentences(reviewer.user) == ["Bewerbungen bewerten"]
    judge(reviewer)
    assert sentences(reviewer.user) == []


def test_the_chair_agrees_until_every_application_has_its_points():
    challenge = make_closed()
    chair = chair_of(challenge)
    keys = [row.pk for row in judging.judged_criteria(challenge)]
    for row in judging.submissions_of(challenge):
        assert sentences(chair) == ["Gemeinsame Punkte feststellen"]
        scores = dict.fromkeys(keys, (6, REASON))
        consensus.agree(challenge.panel, row.application, scores, by=chair, at=AT)
    assert sentences(chair) == []


def test_a_decision_waits_for_others_than_the_one_who_proposed_it():
    decision = make_proposed()
    colleague = make_member(decision.challenge.organisation)
    assert sentences(colleague) == ["Entscheidung zeichnen"]
    assert sentences(decision.proposed_by) == []


@pytest.mark.parametrize("count", [1, 15])
def test_it_takes_as_many_queries_for_many_as_for_one(count, django_assert_max_num_queries):
    user = make_user()
    for _number in range(count):
        make_reviewer(make_opened(1000), user=user, declared=False)
    with django_assert_max_num_queries(3):
        assert len(list(waiting_for(user, AT))) == min(count, 10)
