"""Opening: after the deadline, two together, whatever happens in between."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from challenges.applications import keys, opening, submitting
from challenges.calls import sealing
from challenges.calls.lifecycle import Action
from challenges.models import KeyCopy, KeyHolder, SealEntry, Submission
from tests.challenges.applications.making import (
    AFTER,
    CANARY,
    END,
    PASSPHRASE,
    WHEN_OPEN,
    hand_in,
    holders_of,
    make_application,
    make_running,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_two_open_it_and_one_alone_does_not():
    challenge = make_running(holders=3)
    submission = hand_in(make_application(challenge))
    first, second, third = holders_of(challenge)
    assert not opening.enter(challenge, second, PASSPHRASE, at=AFTER)
    assert not opening.enter(challenge, second, PASSPHRASE, at=AFTER)
    assert Submission.objects.unopened().exists()
    assert opening.enter(challenge, third, PASSPHRASE, at=AFTER)
    submission.refresh_from_db()
    assert submission.content["answers"][0]["answer"] == CANARY
    assert submission.opened_at == AFTER
    assert opening.enter(challenge, first, PASSPHRASE, at=AFTER)  # and nothing happens twice
    assert list(challenge.seal_log.filter(kind="opened").values_list("note", flat=True)) == ["1"]


@pytest.mark.parametrize("at", [WHEN_OPEN, END, END + timedelta(minutes=5)])
def test_before_the_deadline_and_its_grace_are_over_nothing_opens(at):
    challenge = make_running()
    hand_in(make_application(challenge))
    with pytest.raises(ValidationError, match="noch nicht"):
        opening.enter(challenge, holders_of(challenge)[0], PASSPHRASE, at=at)
    assert not KeyCopy.objects.filter(turned__isnull=False).exists()


def test_a_cancelled_challenge_is_never_opened():
    challenge = make_running()
    challenge.take(Action.CANCEL, by=make_user(), at=WHEN_OPEN, reason="Kein Geld")
    with pytest.raises(ValidationError, match="noch nicht"):
        opening.enter(challenge, holders_of(challenge)[0], PASSPHRASE, at=AFTER)


def test_a_wrong_passphrase_changes_nothing():
    challenge = make_running()
    with pytest.raises(ValidationError, match="nicht Ihre Passphrase"):
        opening.enter(challenge, holders_of(challenge)[0], "geraten, und daneben", at=AFTER)
    assert not KeyCopy.objects.filter(turned__isnull=False).exists()


def test_who_holds_no_key_opens_nothing():
    with pytest.raises(KeyHolder.DoesNotExist):
        opening.enter(make_running(), make_user(), PASSPHRASE, at=AFTER)


def test_once_the_opening_began_nothing_more_is_taken_whatever_the_clock_says():
    challenge = make_running()
    late = make_application(challenge)
    opening.enter(challenge, holders_of(challenge)[0], PASSPHRASE, at=AFTER)
    with pytest.raises(submitting.LateError):
        hand_in(late, arrived_at=END, at=END)


def test_a_process_that_is_killed_while_opening_leaves_what_can_be_resumed(monkeypatch):
    monkeypatch.setattr(opening, "BATCH", 2)
    challenge = make_running()
    for _number in range(5):
        hand_in(make_application(challenge))
    first, second = holders_of(challenge)
    opening.enter(challenge, first, PASSPHRASE, at=AFTER)
    half = KeyCopy.objects.get(turned__isnull=False)
    private = sealing.unlock(bytes(half.second.locked_key), PASSPHRASE)
    key = sealing.turn(bytes(half.turned), half.second_id, private, about=keys.place(challenge))

    batches = opening.open_in_batches(challenge.seal_key, key, by=second, at=AFTER)
    assert next(batches) == 2
    batches.close()  # as far as the killed one got: one transaction

    assert Submission.objects.unopened().count() == 3
    opened = dict(Submission.objects.exclude(opened_at=None).values_list("pk", "opened_at"))
    later = AFTER + timedelta(hours=1)
    assert opening.enter(challenge, second, PASSPHRASE, at=later)
    assert not Submission.objects.unopened().exists()
    for pk, at in opened.items():
        assert Submission.objects.get(pk=pk).opened_at == at
    challenge.seal_key.refresh_from_db()
    assert challenge.seal_key.opened_at == later


def test_bytes_that_somebody_changed_or_moved_are_told_and_stop_nobody_elses():
    challenge = make_running()
    damaged, whole = (hand_in(make_application(challenge)) for _number in range(2))
    Submission.objects.filter(pk=damaged.pk).update(sealed=whole.sealed)
    for person in holders_of(challenge):
        opening.enter(challenge, person, PASSPHRASE, at=AFTER)
    damaged.refresh_from_db()
    whole.refresh_from_db()
    assert (damaged.content, damaged.opened_at) == (None, AFTER)
    assert whole.content
    assert challenge.seal_log.get(kind="damaged").note == damaged.checksum


@pytest.mark.parametrize("said", [b'{"answers": "\\u0000"}', b"no JSON", b"\xff"])
def test_what_the_database_cannot_keep_is_told_and_stops_nobody_elses(said):
    challenge = make_running()
    odd, whole = (hand_in(make_application(challenge)) for _number in range(2))
    about = submitting.place(odd.application, odd.number)
    public = bytes(challenge.seal_key.public_key)
    Submission.objects.filter(pk=odd.pk).update(sealed=sealing.seal(said, public, about=about))
    for person in holders_of(challenge):
        opening.enter(challenge, person, PASSPHRASE, at=AFTER)
    odd.refresh_from_db()
    whole.refresh_from_db()
    challenge.seal_key.refresh_from_db()
    assert (odd.content, odd.opened_at) == (None, AFTER)
    assert whole.content
    assert challenge.seal_key.opened_at == AFTER
    assert challenge.seal_log.get(kind="damaged").note == odd.checksum


def test_withdrawn_is_not_opened():
    challenge = make_running()
    application = make_application(challenge)
    gone = hand_in(application)
    submitting.withdraw(application, by=make_user(), arrived_at=END, at=END)
    for person in holders_of(challenge):
        opening.enter(challenge, person, PASSPHRASE, at=AFTER)
    gone.refresh_from_db()
    assert (gone.content, gone.opened_at) == (None, None)


def test_the_log_of_the_seal_only_grows():
    make_running()
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        SealEntry.objects.update(note="nie gewesen")
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        SealEntry.objects.all().delete()
