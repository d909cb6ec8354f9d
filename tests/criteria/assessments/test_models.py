from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from criteria.models import Assessment, Rating
from tests.factories import (
    LONG_AGO,
    make_agency,
    make_assessment,
    make_catalogue,
    make_criterion,
    make_deployment,
    make_member,
    make_municipality,
    make_organisation,
    make_provider,
    make_solution,
    make_state,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = LONG_AGO + timedelta(days=90)


def rated(assessment: Assessment) -> Assessment:
    return Assessment.objects.with_readiness().get(pk=assessment.pk)


def test_it_begins_with_every_criterion_of_its_version_unknown():
    make_criterion(make_catalogue())
    criteria = {make_criterion(), make_criterion()}
    ratings = make_assessment().ratings.all()
    assert {rating.criterion for rating in ratings} == criteria
    assert {rating.value for rating in ratings} == {Rating.Value.UNKNOWN}


def test_readiness_counts_what_is_due_by_the_phase():
    ratings = {
        make_criterion(phase="P1"): "met",
        make_criterion(phase="P3"): "not_met",
        make_criterion(phase="CONT"): "partly",
        make_criterion(phase="P4"): "met",
    }
    assessment = rated(make_assessment(ratings, phase="P3"))
    assert assessment.readiness.label == "50 %"
    assert assessment.rated_count == 4


def test_a_rating_is_changed_once_for_each_version_seen():
    rating = make_assessment({make_criterion(): "unknown"}).ratings.get()
    anna, bert = make_user(), make_user()
    assert rating.rate(by=anna, at=NOW, seen=1, value="met")
    assert not rating.rate(by=bert, at=NOW, seen=1, value="not_met")
    rating.refresh_from_db()
    assert (rating.value, rating.version) == ("met", 2)
    change = rating.history.get()
    assert (change.value, change.history_user, change.history_date) == ("met", anna, NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_one_is_told():
    rating = make_assessment({make_criterion(): "unknown"}).ratings.get()
    people = [make_user() for _ in range(4)]

    def rate(person):
        try:
            return rating.rate(by=person, at=timezone.now(), seen=1, note=person.email)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(rate, people))
    assert sorted(done) == [False, False, False, True]
    rating.refresh_from_db()
    assert rating.note == people[done.index(True)].email
    assert rating.history.count() == 1


def test_a_criterion_is_rated_once_in_an_assessment():
    rating = make_assessment({make_criterion(): "met"}).ratings.get()
    with pytest.raises(IntegrityError):
        Rating.objects.create(assessment=rating.assessment, criterion=rating.criterion)


def test_members_read_and_those_who_decide_write():
    assessment = make_assessment()
    viewer = make_member(assessment.organisation, "viewer")
    editor = make_member(assessment.organisation, "editor")
    stranger = make_member(make_organisation())
    assert list(Assessment.objects.of_member(viewer)) == [assessment]
    assert not Assessment.objects.editable_by(viewer)
    assert list(Assessment.objects.editable_by(editor)) == [assessment]
    assert not Assessment.objects.of_member(stranger)


@pytest.mark.parametrize(
    ("shared", "agency", "sees"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"verified_at": None}, False),
        (True, {"state": "DE-NI"}, False),
    ],
)
def test_the_verified_agency_of_the_state_sees_what_is_shared_with_it(shared, agency, sees):
    make_assessment(is_shared_with_agency=shared)
    code = agency.get("state", "DE-HE")
    organisation = make_agency(**agency | {"state": make_state(code)})
    person = make_member(organisation, "viewer")
    assert Assessment.objects.results_visible_to(person).exists() is sees
    assert Assessment.objects.in_portfolio_of(organisation).exists() is sees
    assert not Assessment.objects.of_member(person)


def test_only_the_provider_of_a_published_solution_shows_its_own_view():
    provider = make_provider()
    solution = make_solution(provider=provider)
    fields = {"solution": solution, "is_public": True}
    shown = make_assessment(organisation=provider.organisation, **fields)
    assert list(Assessment.objects.published()) == [shown]
    solution.published_at = None
    solution.save()
    assert not Assessment.objects.published()
    shown.delete()
    make_assessment(**fields | {"solution": make_solution()})
    assert not Assessment.objects.published()


def test_one_view_is_shown_for_a_solution():
    provider = make_provider()
    fields = {"organisation": provider.organisation, "solution": make_solution(provider=provider)}
    make_assessment(**fields, is_public=True)
    make_assessment(**fields)
    with pytest.raises(IntegrityError):
        make_assessment(**fields, is_public=True)


@pytest.mark.parametrize(("confirmed_at", "may"), [(LONG_AGO, True), (None, False)])
def test_who_uses_a_solution_for_sure_may_confirm(confirmed_at, may):
    provider = make_provider()
    solution = make_solution(provider=provider)
    make_assessment(organisation=provider.organisation, solution=solution, is_public=True)
    place = make_municipality()
    make_deployment(solution, municipality=place, confirmed_at=confirmed_at)
    town = make_organisation(kind="municipality", municipality=place)
    assert Assessment.objects.confirmable_by(town).exists() is may
    assert not Assessment.objects.confirmable_by(make_organisation(kind="municipality"))
    assert not Assessment.objects.confirmable_by(None)
