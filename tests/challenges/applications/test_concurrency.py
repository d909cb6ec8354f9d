"""Fifty in the last second, on a real database: none lost, none late, true receipts."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from challenges.applications import opening, submitting
from challenges.models import Submission
from profiles.models import Mail
from tests.challenges.applications.making import (
    AFTER,
    END,
    PASSPHRASE,
    author_of,
    hand_in,
    holders_of,
    make_application,
    make_running,
)

IN_TIME, LATE = 50, 10
AT_ONCE = 30  # the embedded server has 60 connections


@pytest.mark.django_db(transaction=True)
def test_fifty_in_the_last_second_are_all_there_and_those_after_it_are_not():
    challenge = make_running()
    applications = [make_application(challenge) for _number in range(IN_TIME + LATE)]
    begin = Barrier(AT_ONCE)

    def try_it(number):
        """Those in time spread over the last second; the others come at its end."""
        step = timedelta(milliseconds=1000 * (number + 1) // IN_TIME)
        arrived_at = END - timedelta(seconds=1) + step
        begin.wait()
        try:
            return hand_in(applications[number], arrived_at=arrived_at, at=arrived_at)
        except submitting.LateError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        receipts = list(pool.map(try_it, range(len(applications))))

    assert all(receipts[:IN_TIME])
    assert not any(receipts[IN_TIME:])
    kept = {row.pk: row for row in Submission.objects.all()}
    assert len(kept) == IN_TIME
    for receipt in receipts[:IN_TIME]:
        row = kept[receipt.pk]
        assert (row.checksum, row.received_at) == (receipt.checksum, receipt.received_at)
        assert hashlib.sha256(row.sealed).hexdigest() == receipt.checksum
    assert Mail.objects.filter(kind="application_received").count() == IN_TIME

    for person in holders_of(challenge):
        opening.enter(challenge, person, PASSPHRASE, at=AFTER)
    assert all(row.content for row in Submission.objects.all())


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_who_hand_in_the_same_draft_one_does():
    application = make_application()
    author_of(application)

    def try_it(_number):
        try:
            return bool(hand_in(application))
        except submitting.ValidationError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_it, range(2))) == [False, True]
    assert Submission.objects.count() == 1
