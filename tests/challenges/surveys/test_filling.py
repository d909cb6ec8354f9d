"""Answering: links, pages, two people at once, conditions, handing in."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from challenges.models import Answer, Response
from profiles.models import Mail
from tests.challenges.surveys.answering import page, send, submit
from tests.factories import (
    LONG_AGO,
    make_member,
    make_organisation,
    make_question,
    make_respondent,
    make_response,
    make_survey,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def respondent():
    survey = make_survey()
    make_question(survey, "q1", "single_choice", is_required=True)
    make_question(survey, "q2", condition={"question": "q1", "any_of": ["a"]}, is_required=True)
    return make_respondent(survey)


# Links


def test_a_link_opens_the_form_without_an_account(client, respondent):
    response = client.get(reverse("surveys:answer", args=[respondent.token]))
    assert response.status_code == 200
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_a_forged_link_says_how_to_get_a_new_one(client, respondent):
    number, _dot, rest = respondent.token.partition(".")
    for token in (f"{int(number) + 1}.{rest}", f"{respondent.token}x", "quatsch"):
        response = client.get(reverse("surveys:answer", args=[token]))
        assert response.status_code == 410
        assert "Dieser Link gilt nicht" in response.text


def test_a_link_ends_when_it_expires_is_revoked_or_renewed(client, respondent):
    address = reverse("surveys:answer", args=[respondent.token])
    now = timezone.now()
    for field, value in (("link_expires_at", now), ("revoked_at", now)):
        setattr(respondent, field, value)
        respondent.save()
        assert client.get(address).status_code == 410
        setattr(respondent, field, None)
        respondent.save()
        assert client.get(address).status_code == 200
    respondent.renew_link()
    assert client.get(address).status_code == 410
    assert client.get(reverse("surveys:answer", args=[respondent.token])).status_code == 200


def test_people_of_the_municipality_answer_through_their_account(client, respondent):
    here = {"municipality": respondent.municipality, "verified_at": LONG_AGO}
    town = make_organisation(kind="municipality", **here)
    for person, status in (
        (make_member(town, "editor"), 200),
        (make_member(town, "viewer"), 404),
        (make_member(make_organisation(verified_at=LONG_AGO)), 404),
        (make_member(make_organisation(kind="provider", **here)), 404),
    ):
        client.force_login(person)
        assert client.get(respondent.account_address).status_code == status


def test_who_says_to_be_the_municipality_is_told_to_wait_until_that_is_checked(client, respondent):
    make_response(respondent, submitted_at=timezone.now())
    town = make_organisation(kind="municipality", municipality=respondent.municipality)
    client.force_login(make_member(town))
    assert client.get(respondent.account_address).status_code == 404
    reopen = respondent.account_address + "aendern/"
    assert client.post(reopen).status_code == 404
    listed = client.get(reverse("surveys:list")).text
    assert "sobald Ihre Organisation geprüft ist" in listed
    assert respondent.survey.title not in listed
    town.verify(by=make_user(), at=timezone.now())
    listed = client.get(reverse("surveys:list")).text
    assert "sobald Ihre Organisation geprüft ist" not in listed
    assert respondent.survey.title in listed


def test_a_question_without_an_english_wording_is_marked_as_german(client, respondent):
    make_question(respondent.survey, "q3", text_en="Question 3")
    text = client.get("/en" + page(respondent)).text
    assert '<span lang="de">Frage q1</span>' in text
    assert '<span lang="en">Question 3</span>' in text


# Saving


def test_what_is_sound_is_kept_although_something_else_is_wrong(client, respondent):
    make_question(respondent.survey, "q3", "number")
    answer = send(client, respondent, q1="b", q3="viel")
    assert "Zahl" in answer.text
    assert 'value="viel"' in answer.text
    assert respondent.response.values() == {"q1": "b"}


def test_a_question_appears_when_its_condition_holds(client, respondent):
    assert "Frage q2" not in client.get(page(respondent)).text
    answer = send(client, respondent, q1="a")
    assert "gehören auf dieser Seite noch Fragen" in answer.text
    assert "Frage q2" in answer.text
    assert [question.key for question in respondent.response.missing()] == ["q2"]


def test_what_hangs_on_a_question_that_is_not_asked_is_not_asked_either(respondent):
    make_question(respondent.survey, "q3", condition={"question": "q2", "any_of": ["x"]})
    rows = respondent.survey.questions.with_wording().in_order()
    assert [row.key for row in rows.put_to({"q1": "b", "q2": "x"})] == ["q1"]


def test_whoever_comes_second_sees_both_answers_and_loses_none(client, respondent):
    send(client, respondent, q1="b")
    answer = client.post(page(respondent), {"q1": "a", "v-q1": "0", "was-q1": "null"})
    assert answer.status_code == 409
    assert "Jemand hat hier inzwischen geantwortet:</strong> Auswahl b" in answer.text
    assert respondent.response.values() == {"q1": "b"}
    kept = client.post(page(respondent), {"q1": "a", "v-q1": "1", "take-q1": "theirs"})
    assert kept.status_code == 302
    assert respondent.response.values() == {"q1": "b"}


def test_a_version_that_is_none_is_that_of_no_answer(client, respondent):
    send(client, respondent, q1="b")
    mine = {"q1": "a", "v-q1": "9" * 5000, "was-q1": "null"}
    assert client.post(page(respondent), mine).status_code == 409


def test_the_answer_of_somebody_else_keeps_its_lines(client, respondent):
    make_question(respondent.survey, "q3")
    send(client, respondent, q1="b", q3="Erstens\nZweitens")
    data = {"q1": "b", "v-q1": "1", "q3": "Anders", "v-q3": "0", "was-q3": "null"}
    assert "</strong> Erstens<br>Zweitens</p>" in client.post(page(respondent), data).text


def test_what_is_saved_on_the_way_can_be_changed_afterwards(client, respondent):
    answer = send(client, respondent, q1="b", go="stay")
    assert "Gespeichert um" in answer.text
    assert 'name="v-q1" value="1"' in answer.text
    assert client.post(page(respondent), {"q1": "a", "v-q1": "1"}).status_code == 200
    assert respondent.response.values() == {"q1": "a"}


def test_nobody_who_is_quicker_than_the_answer_is_overtaken_by_themselves(client, respondent):
    mine = {"v-q1": "0", "was-q1": "null", "page": "0123456789abcdef"}
    client.post(page(respondent), mine | {"q1": "b", "go": "stay"})
    late = client.post(page(respondent), mine | {"q1": "a", "go": "stay"})
    assert late.status_code == 409  # such a request may have been on its way for long
    client.post(page(respondent), mine | {"q1": "a", "v-q2": "0"})
    assert respondent.response.values() == {"q1": "a"}
    other = client.post(page(respondent), mine | {"q1": "b", "page": "fedcba9876543210"})
    assert other.status_code == 409


def test_a_conflict_on_the_way_is_shown_before_anything_is_overwritten(client, respondent):
    send(client, respondent, q1="b")
    mine = {"q1": "a", "v-q1": "0", "was-q1": "null"}
    answer = client.post(page(respondent), mine | {"go": "stay"})
    assert "sehen Sie beide Antworten" in answer.text
    assert 'name="v-q1" value="0"' in answer.text
    assert client.post(page(respondent), mine).status_code == 409
    assert respondent.response.values() == {"q1": "b"}


def test_an_answer_that_one_did_not_touch_stays_as_a_colleague_left_it(client, respondent):
    send(client, respondent, q1="b")
    Answer.objects.update(value="a", version=2)
    answer = client.post(page(respondent), {"q1": "b", "v-q1": "1", "was-q1": '"b"'})
    assert answer.status_code == 200  # what "a" asks for has appeared
    assert respondent.response.values() == {"q1": "a"}


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_the_same_moment_one_is_kept_and_one_is_told(respondent):
    response = make_response(respondent)
    question = respondent.survey.questions.get(key="q1")
    start, outcomes = threading.Barrier(2), []

    def give(value):
        start.wait()
        mine = Response.objects.get(pk=response.pk)
        outcomes.append(mine.answer(question, value, at=timezone.now(), seen=0))
        connection.close()

    people = [threading.Thread(target=give, args=[value]) for value in "ab"]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(outcomes) == [False, True]
    assert Answer.objects.count() == 1


def wait_until_somebody_waits():
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_what_comes_while_a_colleague_hands_in_changes_nothing(client, respondent):
    response = make_response(respondent)
    is_held = threading.Event()

    def hand_in():
        with transaction.atomic():
            mine = Response.objects.select_for_update().get(pk=response.pk)
            is_held.set()
            wait_until_somebody_waits()
            mine.submit(by=None, at=timezone.now())
        connection.close()

    colleague = threading.Thread(target=hand_in)
    colleague.start()
    is_held.wait()
    answer = send(client, respondent, q1="b", go="stay")
    colleague.join()
    assert answer["Location"] == page(respondent, "answer_review")
    assert "lassen sich gerade nicht ändern" in client.get(answer["Location"]).text
    assert respondent.response.values() == {}


# Handing in


def test_it_is_handed_in_once_nothing_is_missing_and_thanked_for_once(client, respondent):
    send(client, respondent, q1="a")
    submit(client, respondent)
    assert respondent.response.submitted_at is None
    send(client, respondent, q2="Text")
    for _ in range(2):
        submit(client, respondent)
        client.post(page(respondent, "answer_reopen"))
    submit(client, respondent)
    respondent.response.refresh_from_db()
    assert respondent.response.submitted_at
    assert Mail.objects.filter(kind="survey").count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_handed_in_from_which_a_colleague_just_takes_an_answer_back(client, respondent):
    send(client, respondent, q1="b")
    is_held = threading.Event()

    def take_back():
        with transaction.atomic():
            mine = Response.objects.select_for_update().get(respondent=respondent)
            is_held.set()
            wait_until_somebody_waits()
            mine.answer(mine.survey.questions.get(key="q1"), None, at=timezone.now(), seen=1)
        connection.close()

    colleague = threading.Thread(target=take_back)
    colleague.start()
    is_held.wait()
    answer = client.post(page(respondent, "answer_submit"), follow=True)
    colleague.join()
    assert "Es fehlt noch etwas." in answer.text
    assert respondent.response.values() == {}
    assert not Response.objects.submitted().exists()


def test_who_handed_it_in_may_type_signs_that_no_database_keeps(client, respondent):
    send(client, respondent, q1="b")
    client.post(page(respondent, "answer_submit"), {"department": "Bau\0amt"})
    respondent.response.refresh_from_db()
    assert (respondent.response.department, bool(respondent.response.submitted_at)) == (
        "Bauamt",
        True,
    )


def test_nothing_changes_after_the_end(client, respondent):
    make_response(respondent)
    respondent.survey.closes_at = timezone.now() - timedelta(minutes=1)
    respondent.survey.save()
    assert send(client, respondent, q1="a").status_code == 302
    assert client.post(page(respondent, "answer_reopen")).status_code == 404
    assert respondent.response.values() == {}


def test_an_answer_that_is_no_longer_asked_for_goes_when_it_is_handed_in(client, respondent):
    send(client, respondent, q1="a")
    send(client, respondent, q2="Text")
    client.post(page(respondent), {"q1": "b", "v-q1": "1", "was-q1": '"a"'})
    submit(client, respondent)
    assert respondent.response.values() == {"q1": "b"}


def test_the_own_answers_are_there_as_a_pdf(client, respondent):
    send(client, respondent, q1="b")
    assert client.get(page(respondent, "answer_copy")).content.startswith(b"%PDF")
    assert "Auswahl b" in client.get(page(respondent, "answer_review")).text
