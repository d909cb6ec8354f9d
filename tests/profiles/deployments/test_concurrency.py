"""Real threads on a real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from profiles.deployments.models import ConfirmationRequest, Verdict
from tests.factories import make_request

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_of_yes_and_no_at_once_one_wins():
    request = make_request(address="amt@musterstadt.example", at=NOW)
    start = Barrier(2)

    def answer(verdict: Verdict) -> bool:
        try:
            own = ConfirmationRequest.objects.for_pages().get(pk=request.pk)
            start.wait(timeout=10)
            return own.answer(verdict, by=None, at=NOW) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(answer, [Verdict(), Verdict(reason="Nein")]))
    assert sorted(won) == [False, True]
    deployment = request.deployment
    deployment.refresh_from_db()
    assert deployment.answers.count() == 1
    assert deployment.is_declined == won[1]
    assert (deployment.mail_confirmed_at is not None) == won[0]
