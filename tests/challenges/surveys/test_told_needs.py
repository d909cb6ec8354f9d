"""Needs told in a survey: whose they become, and what handing in again does to them."""

import pytest
from django.utils import timezone

from challenges.models import Need
from challenges.surveys.needs import organisation_of
from challenges.surveys.tasks import hand_over
from profiles.models import Organisation
from tests.challenges.surveys.answering import page, send, submit
from tests.factories import (
    LONG_AGO,
    make_member,
    make_organisation,
    make_question,
    make_respondent,
    make_survey,
    make_user,
)

pytestmark = pytest.mark.django_db


def reopened(client):
    """Let a municipality hand in a public need and take its answers up again."""
    respondent = make_respondent()
    question = make_question(respondent.survey, "bedarf", "need")
    told = {"bedarf_text": "Eine App", "bedarf_visibility": "public", "v-bedarf": "0"}
    client.post(page(respondent), told)
    submit(client, respondent)
    client.post(page(respondent, "answer_reopen"))
    return respondent, question


def test_a_need_is_made_changed_and_withdrawn_with_its_answer(client):
    survey = make_survey()
    make_question(survey, "bedarf", "need")
    respondent = make_respondent(survey)
    given = {"bedarf_text": "Eine App. Bald.", "bedarf_visibility": "agencies", "v-bedarf": "0"}
    client.post(page(respondent), given)
    submit(client, respondent)
    need = Need.objects.get()
    assert (need.title, need.visibility, need.is_named) == ("Eine App", "agencies", False)
    assert need.organisation.municipality == respondent.municipality
    assert not need.organisation.is_verified
    client.post(page(respondent, "answer_reopen"))
    changed = {"bedarf_text": "Zwei Apps", "bedarf_visibility": "private", "bedarf_is_named": "on"}
    was = '{"text": "Eine App. Bald.", "visibility": "agencies", "is_named": false}'
    client.post(page(respondent), changed | {"v-bedarf": "1", "was-bedarf": was})
    submit(client, respondent)
    need = Need.objects.get()
    assert (need.title, need.visibility, need.is_named) == ("Zwei Apps", "private", True)
    client.post(page(respondent, "answer_reopen"))
    client.post(page(respondent), {"bedarf_text": "", "v-bedarf": "2", "was-bedarf": '"x"'})
    submit(client, respondent)
    assert Need.objects.get().state == "withdrawn"
    assert Organisation.objects.filter(kind="municipality").count() == 1


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_an_answer_that_stays_leaves_the_need_as_its_town_has_made_it(client, is_withdrawn):
    respondent = make_respondent()
    make_question(respondent.survey, "bedarf", "need")
    make_question(respondent.survey, "q2")
    told = {"bedarf_text": "Eine App", "bedarf_visibility": "public", "v-bedarf": "0"}
    client.post(page(respondent), told)
    submit(client, respondent)
    need = Need.objects.get()
    need.title, need.visibility = "Ganz anders", "private"
    need.save()
    if is_withdrawn:
        need.end("withdrawn", at=timezone.now(), outcome="Hat sich erledigt.")
    client.post(page(respondent, "answer_reopen"))
    send(client, respondent, q2="Nachtrag")
    submit(client, respondent)
    assert respondent.response.values()["q2"] == "Nachtrag"
    kept = Need.objects.get()
    assert (kept.title, kept.visibility, kept.state) == ("Ganz anders", "private", need.state)
    assert kept.version == need.version


def test_who_edits_a_need_learns_that_its_answer_was_handed_in_anew(client):
    respondent, question = reopened(client)
    value = {"text": "Zwei Apps", "visibility": "public", "is_named": False}
    respondent.response.answer(question, value, at=timezone.now(), seen=1)
    submit(client, respondent)
    need = Need.objects.get()
    assert (need.title, need.version) == ("Zwei Apps", 2)
    client.post(page(respondent, "answer_reopen"))
    respondent.response.answer(question, None, at=timezone.now(), seen=2)
    submit(client, respondent)
    need = Need.objects.get()
    assert (need.state, need.version) == ("withdrawn", 3)


@pytest.mark.parametrize("fields", [{}, {"declined_at": LONG_AGO, "decline_reason": "Unbekannt."}])
def test_a_need_does_not_come_to_whoever_founded_the_town_unchecked(client, fields):
    respondent = make_respondent()
    here = {"kind": "municipality", "municipality": respondent.municipality}
    stranger = make_member(make_organisation(**here, **fields))
    make_question(respondent.survey, "bedarf", "need")
    client.post(page(respondent), {"bedarf_text": "Geheim", "v-bedarf": "0"})
    submit(client, respondent)
    need = Need.objects.get()
    assert not Need.objects.visible_to(stranger).exists()
    assert organisation_of(respondent.municipality) == need.organisation
    founded = stranger.organisations.get()
    hand_over()
    need.refresh_from_db()
    assert need.organisation != founded
    founded.verify(by=make_user(), at=timezone.now())
    hand_over()
    hand_over()
    need.refresh_from_db()
    assert (need.organisation, need.version) == (founded, 2)
    assert organisation_of(respondent.municipality) == founded


def test_what_was_changed_before_a_need_is_handed_over_holds_afterwards(client):
    respondent, question = reopened(client)
    value = {"text": "Eine App", "visibility": "private", "is_named": False}
    respondent.response.answer(question, value, at=timezone.now(), seen=1)
    make_organisation(
        kind="municipality", municipality=respondent.municipality, verified_at=LONG_AGO
    )
    hand_over()
    submit(client, respondent)
    assert Need.objects.get().visibility == "private"
