from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError
from django.utils import timezone

from profiles.mail import delivery
from profiles.mail.models import KEPT_FOR, NO_ANSWER_AFTER, WAITS
from profiles.mail.tasks import deliver, deliver_due, forget_old
from profiles.models import Mail, MailPreference
from tests.factories import LONG_AGO, make_mail, make_user
from tests.profiles.mail.smtp import mail_server

pytestmark = pytest.mark.django_db
NOW = LONG_AGO + timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def server(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def no_server(settings, server):
    server.shutdown()
    server.server_close()


# The words


def test_a_mail_is_due_from_its_moment_on():
    mail = make_mail(due_at=NOW)
    assert mail in Mail.objects.due(at=NOW)
    assert mail not in Mail.objects.due(at=NOW - SECOND)


@pytest.mark.parametrize("state", ["sending", "sent", "failed", "withheld"])
def test_only_what_waits_is_due(state):
    sent_at = NOW if state == "sent" else None
    mail = make_mail(state=state, context={}, sent_at=sent_at)
    assert mail not in Mail.objects.due(at=NOW)
    assert (mail in Mail.objects.sent()) == (state == "sent")
    assert (mail in Mail.objects.failed()) == (state == "failed")


def test_a_mail_is_interrupted_after_an_hour_without_an_answer():
    mail = make_mail(state="sending", tried_at=NOW)
    assert mail in Mail.objects.interrupted(at=NOW + NO_ANSWER_AFTER)
    assert mail not in Mail.objects.interrupted(at=NOW + NO_ANSWER_AFTER - SECOND)


@pytest.mark.parametrize("state", ["sent", "failed", "withheld"])
def test_no_context_outlives_its_mail(state):
    with pytest.raises(IntegrityError, match="mail_keeps_no_context"):
        make_mail(state=state, context={"link": "x"}, sent_at=NOW if state == "sent" else None)


# Sending


def test_a_mail_is_sent_once_and_its_context_forgotten(mailoutbox):
    mail = make_mail()
    delivery.deliver(mail.pk, at=NOW)
    delivery.deliver(mail.pk, at=NOW)
    mail.refresh_from_db()
    assert [sent.to for sent in mailoutbox] == [[mail.address]]
    assert (mail.state, mail.context, mail.tried_at) == ("sent", {}, NOW)
    assert mail.sent_at is not None


def test_the_task_sends_what_is_due_now(mailoutbox):
    deliver(make_mail().pk)
    deliver(make_mail(due_at=timezone.now() + timedelta(days=1)).pk)
    deliver(0)
    assert len(mailoutbox) == 1


def test_the_sweep_sends_what_was_forgotten(mailoutbox):
    make_mail()
    make_mail()
    make_mail(due_at=timezone.now() + timedelta(days=1))
    deliver_due()
    deliver_due()
    assert len(mailoutbox) == 2


def test_over_smtp(server):
    mail = make_mail()
    delivery.deliver(mail.pk, at=NOW)
    mail.refresh_from_db()
    assert mail.state == "sent"
    assert [b"spam" in text for text in server.mails] == [False]


# Faults


def test_without_a_server_a_mail_is_tried_after_ever_longer_waits(no_server):
    mail, at = make_mail(), NOW
    for wait in WAITS:
        delivery.deliver(mail.pk, at=at)
        mail.refresh_from_db()
        assert (mail.state, mail.due_at) == ("queued", at + wait)
        at = mail.due_at
    delivery.deliver(mail.pk, at=at)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.context) == ("failed", len(WAITS) + 1, {})
    assert "ConnectionRefusedError" in mail.last_error


@pytest.mark.parametrize(("answer", "state"), [("451 later", "queued"), ("550 never", "failed")])
def test_a_refusal_is_for_now_or_for_ever(server, answer, state):
    server.answer = answer
    mail = make_mail()
    delivery.deliver(mail.pk, at=NOW)
    mail.refresh_from_db()
    assert (mail.state, server.mails) == (state, [])
    assert answer.split()[1] in mail.last_error


def test_a_mail_that_was_refused_for_now_goes_out_later(server):
    server.answer = "451 later"
    mail = make_mail()
    delivery.deliver(mail.pk, at=NOW)
    server.answer = "250 ok"
    delivery.deliver_due(at=NOW + WAITS[0])
    mail.refresh_from_db()
    assert (mail.state, len(server.mails)) == ("sent", 1)


def test_a_server_that_takes_a_mail_and_says_nothing_does_not_get_it_again(server, settings):
    settings.EMAIL_TIMEOUT = 0.3
    server.silent_at = "taken"
    mail = make_mail()
    delivery.deliver(mail.pk, at=NOW)
    delivery.deliver_due(at=NOW + NO_ANSWER_AFTER - SECOND)
    mail.refresh_from_db()
    assert (mail.state, len(server.mails)) == ("sending", 1)
    delivery.deliver_due(at=NOW + NO_ANSWER_AFTER)
    mail.refresh_from_db()
    assert (mail.state, mail.context, len(server.mails)) == ("failed", {}, 1)
    assert "Vielleicht kam die Mail an" in mail.last_error


def test_a_mail_of_a_kind_that_is_gone_fails_and_holds_nobody_up(mailoutbox):
    gone = make_mail(kind="gab_es_einmal")
    make_mail()
    delivery.deliver_due(at=NOW)
    gone.refresh_from_db()
    assert (gone.state, gone.attempts, str(gone)) == (
        "queued",
        1,
        f"gab_es_einmal – {gone.address}",
    )
    assert len(mailoutbox) == 1


# Who does not want it


def test_what_a_person_has_switched_off_is_not_sent(mailoutbox):
    person = make_user()
    MailPreference.objects.create(user=person, kind="barrier_report_received")
    to_person, to_address = make_mail(user=person), make_mail(address=person.email.upper())
    delivery.deliver_due(at=NOW)
    for mail in (to_person, to_address):
        mail.refresh_from_db()
        assert (mail.state, mail.context) == ("withheld", {})
    assert mailoutbox == []


def test_what_others_have_switched_off_is_sent(mailoutbox):
    MailPreference.objects.create(user=make_user(), kind="barrier_report_received")
    MailPreference.objects.create(address="x@test.example", kind="barrier_report_received")
    make_mail()
    delivery.deliver_due(at=NOW)
    assert len(mailoutbox) == 1


def test_a_mandatory_mail_cannot_be_switched_off(mailoutbox):
    person = make_user()
    MailPreference.objects.create(user=person, kind="test")
    make_mail(user=person, kind="test", context={"person": "a"})
    delivery.deliver_due(at=NOW)
    assert len(mailoutbox) == 1


# Forgetting


def test_a_year_later_the_entry_is_forgotten():
    old = make_mail(state="failed", context={}, queued_at=NOW)
    waiting = make_mail(queued_at=NOW)
    delivery.forget_old(at=NOW + KEPT_FOR - SECOND)
    assert Mail.objects.count() == 2
    delivery.forget_old(at=NOW + KEPT_FOR)
    assert list(Mail.objects.all()) == [waiting]
    assert old not in Mail.objects.forgettable(at=NOW + KEPT_FOR)


def test_the_task_forgets():
    make_mail(state="failed", context={}, queued_at=timezone.now() - KEPT_FOR)
    forget_old()
    assert not Mail.objects.exists()


def test_the_log_of_a_person_goes_with_the_person():
    person = make_user()
    make_mail(user=person)
    person.delete()
    assert not Mail.objects.exists()
    assert django_mail.outbox == []
