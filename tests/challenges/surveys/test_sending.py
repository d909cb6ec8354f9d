"""Invitations in chunks, the ladder of reminders, the end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from challenges.models import MailText, NeedsSurvey, Respondent
from challenges.surveys import sending
from profiles.models import Mail, MailPreference, Municipality
from tests.factories import (
    make_member,
    make_municipality,
    make_respondent,
    make_response,
    make_survey,
)
from tests.mailbox import letters

pytestmark = pytest.mark.django_db


def sending_survey(**fields):
    return make_survey(sending_since=timezone.now(), **fields)


def invite_all(survey):
    while sending.invite_some(survey.pk, at=timezone.now()):
        pass


def test_a_thousand_are_invited_in_chunks_of_a_few_queries(django_assert_max_num_queries):
    survey = sending_survey()
    state = make_municipality().state
    made = Municipality.objects.bulk_create(
        Municipality(ags=f"06{n:06}", name=f"Ort {n}", kind="town", state=state)
        for n in range(500_000, 500_000 + 1_000)
    )
    Respondent.objects.bulk_create(
        Respondent(survey=survey, municipality=place, email=f"a{place.ags}@test.example")
        for place in made
    )
    with django_assert_max_num_queries(10):
        assert sending.invite_some(survey.pk, at=timezone.now()) == sending.CHUNK
    assert survey.respondents.filter(invited_at__isnull=False).count() == sending.CHUNK


def test_an_interrupted_chunk_is_sent_again_and_no_mail_twice(monkeypatch):
    monkeypatch.setattr(sending, "CHUNK", 2)
    survey = sending_survey()
    for _ in range(5):
        make_respondent(survey)
    at = timezone.now()
    sending.invite_some(survey.pk, at=at)

    def die(rows):
        raise SystemExit

    rows = survey.respondents.all().uninvited()
    with pytest.raises(SystemExit):
        sending.send_chunk(survey, MailText.Kind.INVITATION, rows, die, at=at)
    assert Mail.objects.count() == 2
    invite_all(survey)
    Respondent.objects.update(invited_at=None)  # a worker that forgot what it had done
    survey.start_sending(at=at)
    invite_all(survey)
    assert sorted(letter.to[0] for letter in letters()) == sorted(
        survey.respondents.values_list("email", flat=True)
    )
    survey.refresh_from_db()
    assert survey.sending_since is None


def test_a_stopped_sending_stays_where_it_is_until_it_goes_on(monkeypatch):
    monkeypatch.setattr(sending, "CHUNK", 1)
    survey = sending_survey()
    make_respondent(survey), make_respondent(survey)
    sending.invite_some(survey.pk, at=timezone.now())
    survey.stop_sending()
    invite_all(survey)
    assert Mail.objects.count() == 1
    survey.start_sending(at=timezone.now())
    invite_all(survey)
    assert Mail.objects.count() == 2


def test_only_whom_one_can_reach_is_invited():
    survey, now = sending_survey(), timezone.now()
    make_respondent(survey, email="")
    make_respondent(survey, revoked_at=now)
    make_respondent(survey, unsubscribed_at=now)
    invite_all(survey)
    assert Mail.objects.count() == 0


def test_a_text_of_the_survey_is_filled_in_and_is_no_template():
    survey = sending_survey()
    text = "{municipality}: {link} {% now %} {{ settings }} {title.__class__}"
    survey.mail_texts.create(kind="invitation", subject="An {municipality}", text=text)
    respondent = make_respondent(survey)
    invite_all(survey)
    letter = letters()[0]
    assert letter.subject == f"An {respondent.municipality}"
    assert respondent.token in letter.body
    assert "{% now %} {{ settings }} {title.__class__}" in letter.body


# Reminders: first after 7 days, then each 7 days, at most twice


def reminded(survey, *, after):
    """Run the daily task so many days after the invitation; return to whom it wrote."""
    before = set(Mail.objects.values_list("pk", flat=True))
    sending.remind(at=survey.opened_at + timedelta(days=after))
    return list(Mail.objects.exclude(pk__in=before).values_list("address", flat=True))


@pytest.fixture
def survey():
    now = timezone.now().replace(hour=10)
    return make_survey(opened_at=now - timedelta(days=1), closes_at=now + timedelta(days=60))


def test_reminders_climb_a_ladder(survey):
    silent = make_respondent(survey, invited_at=survey.opened_at)
    assert reminded(survey, after=6) == []
    assert reminded(survey, after=7) == [silent.email]
    assert reminded(survey, after=7) == []
    assert reminded(survey, after=13) == []
    assert reminded(survey, after=14) == [silent.email]
    assert reminded(survey, after=30) == []


def test_who_has_answered_or_cannot_or_will_not_be_reached_is_not_reminded(survey):
    def asked(**fields):
        return make_respondent(survey, invited_at=survey.opened_at, **fields)

    make_response(asked(), submitted_at=survey.opened_at)
    asked(revoked_at=survey.opened_at)
    MailPreference.objects.create(address=asked().email, kind="survey")
    person = make_member(survey.organisation)
    MailPreference.objects.create(user=person, kind="survey")
    asked(email=person.email)
    bounced = asked()
    event = f"survey:{survey.pk}:invitation:{bounced.pk}"
    Mail.objects.create(
        address=bounced.email,
        kind="survey",
        event=event,
        state="failed",
        language="de",
        queued_at=survey.opened_at,
        due_at=survey.opened_at,
    )
    begun = make_response(asked()).respondent
    assert reminded(survey, after=7) == [begun.email]


def test_the_end_is_told_once_and_not_long_after(survey):
    told = make_respondent(survey, invited_at=survey.opened_at)
    make_respondent(survey)
    for days in (0, 0, 1):
        sending.tell_of_the_end(at=survey.closes_at + timedelta(days=days, minutes=1))
    assert [row.address for row in Mail.objects.all()] == [told.email]
    late = make_respondent(survey, invited_at=survey.opened_at)
    sending.tell_of_the_end(at=survey.closes_at + timedelta(days=15))
    assert not Mail.objects.filter(address=late.email).exists()


def test_a_survey_opens_once_and_with_an_end_to_come():
    now = timezone.now()
    draft = make_survey(opened_at=None)
    assert draft.open(at=now)
    assert not draft.open(at=now)
    assert not make_survey(opened_at=None, closes_at=None).open(at=now)
    assert NeedsSurvey.objects.sending().count() == 1
