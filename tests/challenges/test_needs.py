from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from challenges.models import Need
from profiles.models import Organisation
from tests.factories import (
    LONG_AGO,
    make_agency,
    make_member,
    make_municipality,
    make_need,
    make_organisation,
    make_state,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def make_town(**fields):
    return make_organisation(kind=Organisation.Kind.MUNICIPALITY, **fields)


def test_a_public_need_is_seen_by_everybody():
    need = make_need(visibility="public")
    assert Need.objects.visible_to(AnonymousUser()).get() == need


@pytest.mark.parametrize(
    "fields",
    [{"visibility": "private"}, {"visibility": "agencies"}, {"state": "draft"}],
    ids=["private", "for agencies", "draft"],
)
def test_what_is_not_released_is_not_seen_by_strangers(fields):
    make_need(**{"visibility": "public"} | fields)
    assert not Need.objects.visible_to(AnonymousUser()).exists()


def test_a_draft_that_is_withdrawn_is_not_seen_by_others_and_becomes_a_draft_again():
    here = make_town(municipality=make_municipality(), verified_at=LONG_AGO)
    for visibility in ("public", "agencies"):
        draft = make_need(organisation=here, visibility=visibility, state="draft", released_at=None)
        draft.end("withdrawn", at=timezone.now(), outcome="Hat sich erledigt.")
    clerk = make_member(make_agency(state=make_state("DE-HE")), "viewer")
    assert not Need.objects.visible_to(AnonymousUser()).exists()
    assert not Need.objects.visible_to(clerk).exists()
    assert Need.objects.visible_to(make_member(here, "viewer")).count() == 2
    draft.reopen()
    assert draft.is_draft
    draft.release(at=timezone.now())
    draft.end("withdrawn", at=timezone.now(), outcome="Hat sich erledigt.")
    assert Need.objects.visible_to(clerk).get() == draft


def test_a_need_of_an_organisation_that_nobody_checked_stays_with_its_members():
    need = make_need(organisation=make_town(), visibility="public")
    member = make_member(need.organisation, "viewer")
    assert not Need.objects.visible_to(AnonymousUser()).exists()
    assert Need.objects.visible_to(member).get() == need


def test_an_agency_sees_what_is_for_agencies_in_its_own_state():
    here = make_need(visibility="agencies")
    elsewhere = make_town(
        municipality=make_municipality(state=make_state("DE-NI")), verified_at=LONG_AGO
    )
    make_need(organisation=elsewhere, visibility="agencies")
    make_need(organisation=here.organisation, visibility="private")
    clerk = make_member(make_agency(state=make_state("DE-HE")), "viewer")
    assert Need.objects.visible_to(clerk).get() == here


def test_viewers_do_not_edit():
    need = make_need()
    assert not Need.objects.editable_by(make_member(need.organisation, "viewer")).exists()
    assert Need.objects.editable_by(make_member(need.organisation, "editor")).get() == need


@pytest.mark.parametrize(("due", "is_late"), [(date(2026, 5, 31), True), (TODAY, False)])
def test_a_need_is_overdue_after_its_day(due, is_late):
    make_need(due_on=due)
    assert Need.objects.overdue(on=TODAY).exists() is is_late
