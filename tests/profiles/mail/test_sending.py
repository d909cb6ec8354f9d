import json
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from marketplace.celery import app
from marketplace.embedded import valkey
from profiles.mail import send, send_each
from profiles.models import Mail
from tests.factories import make_mail, make_user

pytestmark = pytest.mark.django_db

TEST = {"context": {"person": "a@b.example"}, "event": "probe:1"}


@pytest.fixture
def waiting():
    """Return what waits in the test's own queue, which is empty before and after."""
    broker = redis.Redis(unix_socket_path=str(valkey.socket(settings.DATA_DIR)))
    queue = app.conf.task_default_queue
    broker.delete(queue)
    yield lambda: [json.loads(task) for task in broker.lrange(queue, 0, -1)]
    broker.delete(queue)
    broker.close()


def test_a_mail_to_a_person_goes_to_the_persons_address():
    person = make_user(email="person@test.example")
    mail = send("test", to=person, **TEST)
    assert (mail.user, mail.address, mail.state) == (person, "person@test.example", "queued")


def test_a_mail_goes_to_an_address_without_an_account():
    mail = send("test", to="a@b.example", **TEST)
    assert (mail.user, mail.address) == (None, "a@b.example")


@pytest.mark.parametrize("again", ["a@b.example", "A@B.example", " a@b.example "])
def test_one_event_sends_one_mail_to_each_recipient(again):
    first = send("test", to="a@b.example", **TEST)
    assert send("test", to=again, **TEST) == first
    assert send("test", to="other@b.example", **TEST) != first
    assert Mail.objects.count() == 2


def test_the_database_holds_one_mail_for_each_event_and_recipient():
    make_mail(event="einmal", address="a@b.example")
    with pytest.raises(IntegrityError):
        make_mail(event="einmal", address="A@b.example")


def test_an_unknown_kind_fails_at_once():
    with pytest.raises(KeyError):
        send("unknown", to="a@b.example", **TEST)


def test_the_language_is_that_of_the_page_unless_one_is_named():
    with translation.override("en"):
        assert send("test", to="a@b.example", **TEST).language == "en"
        assert send("test", to="b@b.example", language="de", **TEST).language == "de"
        assert send("test", to="c@b.example", language="fr", **TEST).language == "de"


def test_a_person_is_written_to_in_the_own_language():
    german, english = make_user(), make_user(language="en")
    with translation.override("en"):
        assert send("test", to=german, **TEST).language == "de"
    assert send("test", to=english, **TEST).language == "en"


def test_words_and_addresses_of_a_mail_are_in_its_language():
    people = [make_user(), make_user(language="en")]
    send_each("test", to=people, context=lambda: {"person": reverse("solutions")}, event="probe:2")
    mails = Mail.objects.order_by("pk")
    assert [mail.context["person"] for mail in mails] == ["/loesungen/", "/en/loesungen/"]


def test_a_person_takes_over_the_language_of_the_page():
    with translation.override("en"):
        assert make_user().language == "en"


def test_a_mail_may_wait_for_its_time():
    later = timezone.now() + timedelta(days=1)
    mail = send("test", to="a@b.example", at=later, **TEST)
    assert mail not in Mail.objects.due(at=timezone.now())
    assert mail in Mail.objects.due(at=later)


def roll_back() -> None:
    with transaction.atomic():
        send("test", to="a@b.example", **TEST)
        raise ZeroDivisionError


def test_what_is_rolled_back_is_not_sent(django_capture_on_commit_callbacks, waiting):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        roll_back()
    assert waiting() == []
    assert not Mail.objects.exists()


def test_the_worker_hears_of_a_mail_once_after_the_commit(
    django_capture_on_commit_callbacks, waiting
):
    with django_capture_on_commit_callbacks(execute=True):
        mail = send("test", to="a@b.example", **TEST)
        send("test", to="a@b.example", **TEST)
        assert waiting() == []
    tasks = [(task["headers"]["task"], task["headers"]["argsrepr"]) for task in waiting()]
    assert tasks == [("profiles.mail.tasks.deliver", f"({mail.pk},)")]
