"""Processes that are killed in the midst of sending: nobody gets two mails, nobody is left out."""

import subprocess
import sys
from collections import Counter

import pytest
from django.utils import timezone

from challenges.surveys import sending, tasks
from marketplace.celery import app
from profiles.mail.tasks import deliver, deliver_due
from profiles.models import Mail
from tests.factories import make_respondent, make_survey
from tests.profiles.mail.test_worker import PROJECT, environment

pytestmark = pytest.mark.django_db(transaction=True)
# Two workers, one after the other, that have done a chunk. The first is killed in its second one,
# when the mails are written and the respondents not yet noted; the other before its second begins.
WORKERS = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from challenges.surveys import sending
from challenges.surveys.models import NeedsSurvey
from profiles.models import Mail
key, at, sending.CHUNK = int(sys.argv[1]), timezone.now(), 3
reverse("home")  # reads the addresses once, before the workers do
def die(*rows):
    print(Mail.objects.count(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
def within():
    survey = NeedsSurvey.objects.get(pk=key)
    sending.send_chunk(survey, "invitation", survey.respondents.all().uninvited(), die, at=at)
for end in (within, die):
    worker = os.fork()
    if not worker:
        sending.invite_some(key, at=at)
        end()
    assert os.waitpid(worker, 0)[1] == signal.SIGKILL
    print(Mail.objects.count(), flush=True)
    connection.close()  # no two processes can share it
"""


@pytest.fixture
def worker_at_once():
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def killed(survey) -> list[str]:
    """Return the number of mails that each saw when it died, and how many there were then."""
    command = [sys.executable, "-c", WORKERS, str(survey.pk)]
    told = subprocess.check_output(command, cwd=PROJECT, env=environment(), timeout=60, text=True)
    return told.split()


def test_who_goes_on_after_two_deaths_writes_to_each_once(mailoutbox, monkeypatch, worker_at_once):
    monkeypatch.setattr(sending, "CHUNK", 3)
    survey = make_survey(sending_since=timezone.now())
    asked = [make_respondent(survey).email for _ in range(14)]
    assert killed(survey) == ["6", "3", "6", "6"]
    assert survey.respondents.exclude(invited_at=None).count() == 6
    tasks.go_on()
    deliver_due()  # what the dead ones had written down and no broker was told of
    for mail in Mail.objects.all():
        deliver(mail.pk)  # what the broker was told of as well
    assert Counter(letter.to[0] for letter in mailoutbox) == Counter(asked)
    survey.refresh_from_db()
    assert survey.sending_since is None
