"""A real worker that is killed in the middle of a mail, and a broker that is not there."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.db import connection

from marketplace.celery import app
from marketplace.embedded import valkey
from profiles.mail.tasks import deliver, deliver_due
from profiles.models import Mail
from tests.factories import make_mail
from tests.profiles.mail.smtp import mail_server

pytestmark = pytest.mark.django_db(transaction=True)
PROJECT = Path(__file__).parent.parent.parent.parent
SOCKET = valkey.socket(settings.DATA_DIR)
BROKER = f"redis+socket://{SOCKET}?virtual_host=15"
CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "marketplace"]
WORKER = [*CELERY, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle"]
SEND = """
import django
django.setup()
from profiles.mail import send
send("test", to="a@b.example", context={"person": "a"}, event="probe:1")
"""


@pytest.fixture
def server():
    with mail_server() as server:
        yield server


@pytest.fixture(autouse=True)
def empty_broker():
    broker = redis.Redis(unix_socket_path=str(SOCKET), db=15)
    broker.flushdb()
    yield
    broker.flushdb()
    broker.close()


def environment(broker: str = BROKER, **more: str) -> dict[str, str]:
    """What a process needs to work on the database of the tests."""
    database = connection.settings_dict
    host = quote(database["HOST"], safe="")
    url = f"postgresql://{database['USER']}@{host}:{database['PORT']}/{database['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "REDIS_URL": broker, **more}


@contextlib.contextmanager
def worker(server):
    run = subprocess.Popen(
        [*WORKER, "--loglevel", "error"],
        cwd=PROJECT,
        env=environment(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(server.port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield run
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()


def give(task, *args) -> None:
    with app.connection_for_write(BROKER) as line:
        task.apply_async(args, connection=line, queue="celery")


def wait_until(mail: Mail, state: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        mail.refresh_from_db()
        if mail.state == state:
            return
        time.sleep(0.05)
    raise AssertionError(f"{mail} is {mail.state}, not {state}: {mail.last_error}")


def kill_midway(server, mail: Mail, step: str) -> None:
    """Let a worker begin with the mail, and kill it when the server has fallen silent."""
    server.silent_at = step
    give(deliver, mail.pk)
    with worker(server):
        assert server.reached.wait(30)
    server.silent_at = ""
    server.go_on.set()


def test_a_worker_killed_before_the_mail_goes_over_loses_nothing(server):
    mail = make_mail()
    kill_midway(server, mail, "greeting")
    assert server.mails == []
    give(deliver_due)
    give(deliver, mail.pk)
    with worker(server):
        wait_until(mail, "sent")
    assert len(server.mails) == 1


def test_a_worker_killed_after_the_server_took_the_mail_does_not_send_it_again(server):
    mail = make_mail()
    kill_midway(server, mail, "taken")
    next_mail = make_mail()
    give(deliver, mail.pk)
    give(deliver_due)
    with worker(server):
        wait_until(next_mail, "sent")
    mail.refresh_from_db()
    assert mail.state == "sending"
    assert sum(mail.address.encode() in text for text in server.mails) == 1


def test_a_mail_whose_broker_was_away_is_sent_by_the_sweep(mailoutbox, tmp_path):
    nobody = environment(broker=f"redis+socket://{tmp_path}/nobody.sock")
    subprocess.run([sys.executable, "-c", SEND], cwd=PROJECT, env=nobody, check=True, timeout=30)
    assert Mail.objects.get().state == "queued"
    deliver_due()
    assert [mail.to for mail in mailoutbox] == [["a@b.example"]]
