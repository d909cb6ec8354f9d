from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from profiles.contact.answer_time import answer_time
from profiles.models import Message, MessageReport, Thread
from tests.factories import (
    make_member,
    make_organisation,
    make_provider,
    make_thread,
    make_user,
)
from tests.mailbox import letters

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider():
    return make_provider().organisation


@pytest.fixture
def answerer(provider):
    return make_member(provider, "editor")


def test_the_other_sides_deciders_get_one_mail_without_words_or_address(provider, answerer):
    make_member(provider, "viewer")
    thread = make_thread(answering=provider, text="Geheimes", at=NOW)
    (letter,) = letters()
    assert letter.to == [answerer.email]
    assert thread.get_absolute_url() in letter.body
    assert "Geheimes" not in letter.body
    assert thread.messages.get().author.email not in str(letter.message())


def test_an_unverified_organisation_does_not_write_first(provider):
    with pytest.raises(ValidationError, match="noch nicht geprüft"):
        make_thread(answering=provider, asking=make_organisation(kind="municipality"))
    assert not Thread.objects.exists()


def test_a_double_click_is_one_thread_with_one_message(provider):
    first = make_thread(answering=provider, at=NOW)
    by = first.messages.get().author
    again = make_thread(answering=provider, asking=first.asking, by=by, at=NOW)
    assert again == first
    assert Message.objects.count() == 1


def test_a_person_writes_so_much_a_day(provider, settings):
    settings.MESSAGES_PER_DAY = 1
    thread = make_thread(answering=provider, at=NOW)
    by = thread.messages.get().author
    with pytest.raises(ValidationError, match="morgen"):
        thread.write("Noch etwas", side=thread.asking, by=by, at=NOW + HOUR)
    assert thread.write("Noch etwas", side=thread.asking, by=by, at=NOW + DAY)


def test_nobody_writes_after_the_end(provider, answerer):
    thread = make_thread(answering=provider, at=NOW)
    assert thread.close(side=provider, at=NOW)
    assert not thread.close(side=thread.asking, at=NOW)
    with pytest.raises(ValidationError, match="beendet"):
        thread.write("Doch noch", side=provider, by=answerer, at=NOW)


def test_unread_is_what_the_other_side_wrote_since_one_looked(provider, answerer):
    thread = make_thread(answering=provider, at=NOW)
    asker = thread.messages.get().author
    assert list(Thread.objects.unread_by(answerer)) == [thread]
    assert not Thread.objects.unread_by(asker).exists()
    thread.mark_read(answerer, at=NOW)
    assert not Thread.objects.unread_by(answerer).exists()
    thread.write("Gern", side=provider, by=answerer, at=NOW + HOUR)
    assert list(Thread.objects.unread_by(asker)) == [thread]
    assert not Thread.objects.unread_by(answerer).exists()


def test_strangers_see_nothing(provider):
    make_thread(answering=provider)
    assert not Thread.objects.visible_to(make_user()).exists()


def asked(provider, answerer, *waits, at=NOW):
    """Threads begun 30 days before, answered after these times; None is never."""
    for wait in waits:
        thread = make_thread(answering=provider, at=at - 30 * DAY)
        if wait is not None:
            thread.write("Nein danke", side=provider, by=answerer, at=at - 30 * DAY + wait)


def test_four_answers_say_nothing(provider, answerer):
    asked(provider, answerer, *[HOUR] * 4)
    assert answer_time(provider, at=NOW) is None


@pytest.mark.parametrize(
    ("waits", "words"),
    [
        ([HOUR, HOUR, DAY, 9 * DAY, 9 * DAY], "innerhalb eines Tages"),
        ([DAY, DAY, DAY + HOUR, 3 * DAY, 9 * DAY], "innerhalb von drei Tagen"),
        ([HOUR, 3 * DAY + HOUR, 7 * DAY, 9 * DAY, 6 * DAY], "innerhalb einer Woche"),
        ([HOUR, HOUR, 8 * DAY, 8 * DAY, 8 * DAY], "länger als eine Woche"),
        ([HOUR, HOUR, None, None, None], "länger als eine Woche"),
        ([None] * 5, "länger als eine Woche"),
    ],
)
def test_answer_time_is_the_median_and_silence_counts(provider, answerer, waits, words):
    asked(provider, answerer, *waits)
    assert words in str(answer_time(provider, at=NOW))


def test_a_thread_of_this_morning_says_nothing_yet(provider, answerer):
    asked(provider, answerer, *[HOUR] * 5)
    for _ in range(9):
        make_thread(answering=provider, at=NOW - HOUR)
    assert "eines Tages" in str(answer_time(provider, at=NOW))


def test_last_years_answers_and_unwanted_messages_do_not_count(provider, answerer):
    asked(provider, answerer, *[None] * 5, at=NOW - 340 * DAY)
    assert answer_time(provider, at=NOW) is None
    asked(provider, answerer, *[None] * 5)
    for message in Message.objects.all():
        MessageReport.objects.create(message=message, at=NOW, reason="Werbung", is_upheld=True)
    assert answer_time(provider, at=NOW) is None
