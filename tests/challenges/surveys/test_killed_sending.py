"""Processes that are killed in the midst of sending: nobody gets two mails, nobody is left out."""

import signal
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
# What the worker does for two chunks. It is killed in the second one, when the mails are written
# and the respondents not yet noted; or when that chunk is through, and the next not yet begun.
WORKER = """
import os, signal, sys
import django
django.setup()
from django.utils import timezone
from challenges.surveys import sending
from challenges.surveys.models import NeedsSurvey
die = lambda *rows: os.kill(os.getpid(), signal.SIGKILL)
key, at, sending.CHUNK = int(sys.argv[1]), timezone.now(), 3
sending.invite_some(key, at=at)
if sys.argv[2] == "between":
    die()
survey = NeedsSurvey.objects.get(pk=key)
sending.send_chunk(survey, "invitation", survey.respondents.all().uninvited(), die, at=at)
"""


@pytest.fixture
def worker_at_once():
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def killed(survey, where: str) -> None:
    command = [sys.executable, "-c", WORKER, str(survey.pk), where]
    run = subprocess.run(command, cwd=PROJECT, env=environment(), timeout=60, check=False)
    assert run.returncode == -signal.SIGKILL


def test_who_goes_on_after_two_deaths_writes_to_each_once(mailoutbox, monkeypatch, worker_at_once):
    monkeypatch.setattr(sending, "CHUNK", 3)
    survey = make_survey(sending_since=timezone.now())
    asked = [make_respondent(survey).email for _ in range(14)]
    killed(survey, "within")
    assert Mail.objects.count() == survey.respondents.exclude(invited_at=None).count() == 3
    killed(survey, "between")
    assert Mail.objects.count() == survey.respondents.exclude(invited_at=None).count() == 6
    tasks.go_on()
    deliver_due()  # what the dead ones had written down and no broker was told of
    for mail in Mail.objects.all():
        deliver(mail.pk)  # what the broker was told of as well
    assert Counter(letter.to[0] for letter in mailoutbox) == Counter(asked)
    survey.refresh_from_db()
    assert survey.sending_since is None
