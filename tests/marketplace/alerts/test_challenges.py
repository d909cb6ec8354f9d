"""Providers hear of challenges that are about what they offer, once, and while they can apply."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone, translation

from challenges.applications.models import ChallengeKey
from challenges.calls.lifecycle import Action
from challenges.calls.publication import PREPARATIONS
from challenges.models import Challenge
from marketplace.alerts import hits, publication, watching
from marketplace.alerts.models import News, Rhythm
from marketplace.alerts.telling import tell
from marketplace.alerts.waiting import changes_for
from profiles.mail.preferences import MailPreference
from profiles.models import Mail
from tests.factories import (
    LONG_AGO,
    make_challenge,
    make_match,
    make_member,
    make_need,
    make_solution,
    make_topic,
    make_verified_provider,
    make_writer,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
END = datetime(2027, 2, 19, 11, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture
def field():
    return make_topic("mobilitaet")


@pytest.fixture
def parking(field):
    return make_topic("parken", parent=field)


@pytest.fixture
def provider(parking):
    provider = make_verified_provider()
    make_solution(provider=provider, topics=[parking])
    return provider


@pytest.fixture
def writer(provider):
    """Who speaks for the provider, told instantly, and knows of all that there was."""
    writer = make_writer(provider)
    Rhythm.objects.create(user=writer, frequency="instantly")
    tell(writer, at=NOW)
    return writer


def make_call(*topics, seals=True, **fields):
    """Make a published one that takes applications from the day of NOW on."""
    dates = {
        "questions_from": NOW - A_DAY,
        "questions_until": NOW + A_DAY,
        "applications_from": NOW - A_DAY,
        "applications_until": END,
        "published_at": NOW - A_DAY,
    }
    call = make_challenge(**{"state": "published"} | dates | fields)
    call.topics.set(topics)
    if seals:
        ChallengeKey.objects.create(challenge=call, public_key=b"", made_at=LONG_AGO)
    return call


def alerts_of(user):
    return Mail.objects.filter(user=user, kind="alert")


def test_a_challenge_that_fits_is_told_once_with_its_deadline(writer, provider, parking):
    make_call(parking, title="Parken ohne Suchen")
    assert tell(writer, at=NOW) is True
    news = alerts_of(writer).get().context["news"]
    assert f"Bedarfe und Challenges, die zu Lösungen von {provider} passen:" in news
    assert "– Challenge „Parken ohne Suchen“, Bewerbungen bis 19. Februar 2027 12:00\n" in news
    assert tell(writer, at=NOW + A_DAY) is False


def test_what_fits_already_when_the_watch_begins_is_no_news(provider, parking):
    make_call(parking)
    writer = make_writer(provider)
    Rhythm.objects.create(user=writer, frequency="instantly")
    assert tell(writer, at=NOW) is False
    assert tell(writer, at=NOW + A_DAY) is False
    assert list(changes_for(writer)) == []


def test_needs_and_challenges_come_in_one_mail(writer, provider, parking):
    make_call(parking, title="Parken ohne Suchen")
    make_match(make_need(title="Parken", visibility="public"), make_solution(provider=provider))
    assert tell(writer, at=NOW) is True
    news = alerts_of(writer).get().context["news"]
    assert "Challenge „Parken ohne Suchen“" in news
    assert "– Parken\n" in news


def test_a_topic_of_the_same_field_is_near_enough(writer, field):
    call = make_call(make_topic("radverkehr", parent=field))
    assert tell(writer, at=NOW) is True
    whole = make_call(field)
    assert tell(writer, at=NOW + A_DAY) is True
    assert set(News.objects.values_list("challenge", flat=True)) == {call.pk, whole.pk}


def test_a_solution_for_a_whole_field_fits_all_below_it(field, parking):
    provider = make_verified_provider()
    make_solution(provider=provider, topics=[field])
    call = make_call(parking)
    assert list(hits.challenges_for(provider.organisation, at=NOW)) == [call]


def test_another_field_or_none_does_not_fit(writer):
    make_call(make_topic("umwelt"))
    make_call()
    assert tell(writer, at=NOW) is False


def test_only_published_solutions_count(writer, provider):
    topic = make_topic("umwelt")
    make_solution(provider=provider, topics=[topic], published_at=None)
    make_call(topic)
    assert tell(writer, at=NOW) is False


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({}, True),
        ({"applications_from": NOW + A_DAY, "applications_until": END}, True),
        ({"applications_until": NOW}, True),
        ({"applications_until": NOW - timedelta(seconds=1), "questions_until": NOW - A_DAY}, False),
        ({"state": "cancelled"}, False),
        ({"state": "in_review", "published_at": None}, False),
        ({"seals": False}, False),
        ({"eligible_kinds": ["startup"]}, True),
        ({"eligible_kinds": ["nonprofit"]}, False),
    ],
)
def test_only_what_the_provider_can_apply_for(writer, provider, parking, fields, fits):
    provider.kind = "startup"
    provider.save()
    defaults = {"questions_until": NOW - A_DAY, "questions_from": NOW - 9 * A_DAY}
    begins = {"applications_from": NOW - 9 * A_DAY}
    make_call(parking, **defaults | begins | fields)
    assert tell(writer, at=NOW) is fits


def test_what_the_provider_posts_itself_or_as_a_partner_is_no_news(writer, provider, parking):
    make_call(parking, organisation=provider.organisation)
    joint = make_call(parking)
    joint.partners.add(provider.organisation)
    assert tell(writer, at=NOW) is False


def test_what_is_over_at_the_time_of_the_mail_is_left_out(writer, parking):
    Rhythm.objects.update(frequency="weekly", last_mail_at=NOW)
    call = make_call(parking)
    tell(writer, at=NOW)
    assert News.objects.pending().count() == 1
    Challenge.objects.filter(pk=call.pk).update(state="cancelled")
    assert tell(writer, at=NOW + 8 * A_DAY) is False
    assert not News.objects.exists()


def test_a_watch_that_is_off_brings_no_challenge(writer, parking):
    watch = writer.watches.get()
    watching.switch(watch, is_on=False, at=NOW)
    make_call(parking)
    assert tell(writer, at=NOW) is False
    watching.switch(watch, is_on=True, at=NOW)
    assert tell(writer, at=NOW) is False


def test_who_has_unsubscribed_is_not_written_to(writer, parking):
    MailPreference.objects.create(user=writer, kind="alert")
    make_call(parking)
    tell(writer, at=NOW)
    assert MailPreference.objects.against(alerts_of(writer).get()).exists()


def test_news_are_about_one_thing(writer, provider, parking):
    with pytest.raises(IntegrityError, match="news_about_one_thing"):
        News.objects.create(
            watch=writer.watches.get(),
            challenge=make_call(parking),
            need=make_need(),
            found_at=NOW,
        )


def test_the_dashboard_names_the_challenge_and_its_deadline(client, writer, provider, parking):
    call, now = call_of_today(parking, title="Parken ohne Suchen"), timezone.now()
    Rhythm.objects.update(frequency="weekly", last_mail_at=now)
    tell(writer, at=now)
    [change] = changes_for(writer)
    assert (
        change.sentence == "Neue Challenge, die zu Lösungen von "
        f"{provider} passt: „Parken ohne Suchen“, Bewerbungen bis {call.deadline_label}"
    )
    assert (change.at, change.url) == (now, call.get_absolute_url())
    with translation.override("en"):
        [change] = changes_for(writer)
        assert change.sentence.startswith("New challenge that solutions of")
    over = {
        "questions_until": now - timedelta(hours=2),
        "applications_until": now - timedelta(hours=1),
    }
    Challenge.objects.filter(pk=call.pk).update(**over)
    assert not list(changes_for(writer))


def call_of_today(*topics, **fields):
    now = timezone.now()
    dates = {"questions_from": now - A_DAY, "questions_until": now, "published_at": now - A_DAY}
    dates |= {"applications_from": now - A_DAY, "applications_until": now + A_DAY}
    return make_call(*topics, **dates | fields)


@pytest.mark.parametrize("page", ["alerts", "offer_needs"])
def test_the_pages_name_the_challenges_that_fit(client, writer, provider, parking, page):
    call = call_of_today(parking, title="Parken ohne Suchen")
    call_of_today(make_topic("umwelt"), title="Altglas")
    client.force_login(writer)
    args = [provider.organisation.slug] if page == "offer_needs" else []
    text = client.get(reverse(page, args=args)).content.decode()
    assert "Parken ohne Suchen" in text
    assert call.get_absolute_url() in text
    assert "Bewerbungen bis" in text
    assert "Altglas" not in text


def test_publishing_has_everybody_told(
    monkeypatch, django_capture_on_commit_callbacks, writer, parking
):
    asked = []
    monkeypatch.setattr(
        "marketplace.alerts.tasks.tell_everybody.apply_async", lambda **_: asked.append(1)
    )
    challenge = make_challenge(applications_until=END)
    author = make_member(challenge.organisation)
    challenge.take(Action.SUBMIT, by=author, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        assert challenge.take(Action.PUBLISH, by=make_member(challenge.organisation), at=NOW)
    assert asked == [1]
    assert publication.tell_of in PREPARATIONS
