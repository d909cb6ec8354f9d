"""The diagram of a challenge: the clock to the second, four eyes, a log that only grows."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from challenges.calls import lifecycle
from challenges.calls.lifecycle import ENDS, STEPS, Action, State
from challenges.models import Challenge, LogEntry
from tests.factories import make_challenge, make_member, make_user

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2027, 1, 11, 9, tzinfo=UTC)
END = datetime(2027, 2, 19, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def make_running(**fields):
    dates = {
        "questions_from": START,
        "questions_until": END - timedelta(days=7),
        "applications_from": START + timedelta(days=1),
        "applications_until": END,
    }
    return make_challenge(**{"state": State.PUBLISHED, "published_at": START} | dates | fields)


@pytest.mark.django_db
def test_questions_can_be_asked_at_some_moment():
    with pytest.raises(IntegrityError, match="questions_end_after_they_begin"):
        make_challenge(questions_from=START, questions_until=START)


# The clock


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "state"),
    [
        (START - SECOND, State.PUBLISHED),
        (START, State.QUESTIONS_OPEN),
        (START + timedelta(days=1) - SECOND, State.QUESTIONS_OPEN),
        (START + timedelta(days=1), State.APPLICATIONS_OPEN),
        (END, State.APPLICATIONS_OPEN),
        (END + timedelta(microseconds=1), State.EVALUATION),
    ],
)
def test_the_clock_counts_to_the_second_whether_or_not_somebody_wrote_it_down(at, state):
    challenge = make_running()
    assert challenge.state_at(at) == state
    assert Challenge.objects.open(at=at).exists() is (state == State.APPLICATIONS_OPEN)
    challenge.settle(at=at)
    assert challenge.state == state
    assert challenge.state_at(at) == state


@pytest.mark.django_db
def test_the_log_holds_the_moment_of_the_deadline_not_that_of_writing():
    challenge = make_running()
    challenge.settle(at=END + timedelta(hours=3))
    assert list(challenge.log.values_list("action", "at")) == [
        (Action.OPEN_QUESTIONS, START),
        (Action.OPEN_APPLICATIONS, START + timedelta(days=1)),
        (Action.CLOSE_APPLICATIONS, END),
    ]


def test_a_deadline_after_the_change_to_summer_time_is_an_hour_earlier_in_utc():
    before = datetime(2027, 3, 27, 12, tzinfo=BERLIN)
    after = datetime(2027, 3, 28, 12, tzinfo=BERLIN)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=23)


@pytest.mark.django_db
def test_settling_twice_writes_nothing_twice():
    challenge = make_running()
    challenge.settle(at=END + SECOND)
    challenge.settle(at=END + SECOND)
    assert challenge.log.count() == 3


@pytest.mark.django_db
def test_what_the_clock_has_done_is_due_until_it_is_written_down():
    challenge = make_running()
    assert Challenge.objects.due(at=END + SECOND).get() == challenge
    challenge.settle(at=END + SECOND)
    assert not Challenge.objects.due(at=END + SECOND).exists()


# People


@pytest.mark.django_db
def test_who_submitted_it_may_not_release_it():
    challenge = make_challenge()
    author = make_member(challenge.organisation, "editor")
    assert challenge.take(Action.SUBMIT, by=author, at=START)
    with pytest.raises(ValidationError, match="andere Person"):
        challenge.take(Action.PUBLISH, by=author, at=START)
    assert challenge.take(Action.PUBLISH, by=make_member(challenge.organisation), at=START)
    assert (challenge.state, challenge.published_at) == (State.PUBLISHED, START)


@pytest.mark.django_db
def test_what_is_missing_is_said_before_others_see_it():
    challenge = make_challenge(contact="", criteria={"Eignung": 60, "Preis": 30})
    with pytest.raises(ValidationError) as refused:
        challenge.take(Action.SUBMIT, by=make_user(), at=START)
    assert refused.value.messages == [
        "Es fehlt noch: Ansprechstelle.",
        "Die Gewichte der Bewertung ergeben zusammen 90 statt 100.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deadline", "told"),
    [
        ("questions_until", ["Die Frist für Fragen ist schon vorbei."]),
        (
            "applications_until",
            ["Die Frist für Fragen ist schon vorbei.", "Die Bewerbungsfrist ist schon vorbei."],
        ),
    ],
)
def test_nobody_is_asked_to_keep_a_deadline_that_is_over(deadline, told):
    challenge = make_challenge()
    author, chief = make_member(challenge.organisation), make_member(challenge.organisation)
    over = getattr(challenge, deadline)
    assert deadline not in dict(challenge.missing(at=over - SECOND))
    assert [text for _field, text in challenge.missing(at=over)] == told
    assert challenge.take(Action.SUBMIT, by=author, at=START)
    with pytest.raises(ValidationError) as refused:
        challenge.take(Action.PUBLISH, by=chief, at=over)
    assert refused.value.messages == told
    assert challenge.state == State.IN_REVIEW


@pytest.mark.django_db
@pytest.mark.parametrize("action", [action for action in Action if STEPS[action].needs_reason])
def test_without_a_reason_nothing_ends(action):
    source = next(iter(STEPS[action].sources - {State.DRAFT, State.IN_REVIEW}), State.IN_REVIEW)
    challenge = make_running(state=source)
    with pytest.raises(ValidationError, match="Grund"):
        challenge.take(action, by=make_user(), at=START - SECOND, reason=" ")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_return_it_at_once_one_does():
    challenge = make_challenge(state=State.IN_REVIEW)
    person = make_user()

    def give_back(_number):
        own = Challenge.objects.get(pk=challenge.pk)
        try:
            return own.take(Action.RETURN, by=person, at=START, reason="Bitte kürzer")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(give_back, range(2))) == [False, True]
    assert LogEntry.objects.count() == 1


# The diagram


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=st.lists(st.sampled_from(Action), max_size=10), days=st.integers(0, 60))
def test_no_state_outside_the_diagram_is_reached(actions, days):
    challenge = make_challenge()
    people = [make_user(), make_user()]
    for number, action in enumerate(actions):
        at = START + timedelta(days=days * number / 12)
        before = Challenge.objects.get(pk=challenge.pk).state_at(at)
        person = people[number % 2]
        may = _may(challenge, action, person, at)
        taken = may and challenge.take(action, by=person, at=at, reason="weil")
        if taken:
            assert before in STEPS[action].sources
            assert challenge.state == STEPS[action].target
        else:
            assert challenge.state_at(at) == before
    steps = list(challenge.log.order_by("pk"))
    assert all(step.target == STEPS[Action(step.action)].target for step in steps)
    assert all(a.target == b.source for a, b in itertools.pairwise(steps))


def _may(challenge, action, person, at) -> bool:
    """Four eyes, and a deadline that is over before it begins, have tests of their own."""
    if action in {Action.SUBMIT, Action.PUBLISH} and at >= challenge.questions_until:
        return False
    last = challenge.log.filter(action=Action.SUBMIT).latest_first().first()
    return action != Action.PUBLISH or (last is not None and last.by != person)


def test_nothing_follows_an_end():
    assert [lifecycle.possible(state) for state in ENDS] == [[], [], []]


def test_every_state_is_reached_and_left():
    targets = {step.target for step in STEPS.values()}
    sources = {state for step in STEPS.values() for state in step.sources}
    assert targets | {State.DRAFT} == set(State)
    assert sources | ENDS == set(State)


# The log


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_keeps_the_log_as_it_is(change):
    entry = make_running().log.create(
        action=Action.CANCEL, source=State.PUBLISHED, target=State.CANCELLED, at=START
    )
    rows = LogEntry.objects.filter(pk=entry.pk)
    with pytest.raises(IntegrityError, match="only grows"):
        rows.update(reason="anders") if change == "update" else rows._raw_delete("default")
