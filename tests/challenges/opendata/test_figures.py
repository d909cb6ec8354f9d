from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.calls.lifecycle import Action
from challenges.calls.starting import new_slug
from challenges.opendata.figures import figures
from tests.challenges.opendata.making import log, make_ended, make_told

pytestmark = pytest.mark.django_db


def test_each_step_has_the_median_of_those_who_have_left_it():
    for days in (1, 2, 9):
        call = make_told()
        log(call, Action.CANCEL, at=call.published_at + timedelta(days=days))
    make_told()
    (step,) = figures().steps
    assert (step.state, step.challenges, step.median_days) == ("published", 3, 2.0)


def test_applications_are_told_of_five_ended_and_opened_challenges():
    for _ in range(3):
        make_ended(startups=1, others=2)
    make_ended(startups=2, others=2)
    make_ended(startups=9, is_opened=False)
    assert figures().applications == []
    make_ended(others=4)
    (told,) = figures().applications
    assert (told.challenges, told.median) == (5, 3)
    assert told.startup_percent == round(100 * 5 / 17)


def test_a_year_with_few_challenges_is_told_with_the_next():
    year = timezone.localdate().year
    make_ended(startups=1, at=timezone.now() - timedelta(days=366))
    for _ in range(4):
        make_ended(others=1)
    (told,) = figures().applications
    assert (told.first_year, told.last_year, told.challenges) == (told.first_year, year, 5)
    assert told.first_year < year


def test_a_share_of_few_applicants_is_not_told():
    for _ in range(4):
        make_ended(startups=1)
    make_ended()
    (told,) = figures().applications
    assert (told.median, told.startup_percent) == (1, None)


def test_the_page_tells_what_the_api_tells(client):
    for _ in range(5):
        make_ended(startups=1, others=1)
    page = client.get(reverse("opendata:figures"))
    told = client.get(reverse("api:challenge-figures")).json()
    (row,) = told["applications"]
    assert f"{row['startup_percent']} %" in page.text
    assert row["startup_percent"] == 50
    assert told["published"] == 5


def test_the_page_stands_without_any_challenge(client):
    page = client.get(reverse("opendata:figures"))
    assert page.status_code == 200
    assert "Noch hat keine Challenge" in page.text


def test_the_list_leads_to_the_figures_and_a_challenge_to_its_data(client):
    call = make_told()
    assert reverse("opendata:figures") in client.get(reverse("calls:list")).text
    address = reverse("api:ocds-record-detail", args=[call.slug])
    assert address in client.get(call.get_absolute_url()).text


def test_no_challenge_takes_the_address_of_the_figures():
    assert new_slug("Zahlen") != "zahlen"
