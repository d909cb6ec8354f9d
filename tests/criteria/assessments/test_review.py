"""The yearly review of a portfolio, from the history of the ratings."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from criteria.assessments.review import review
from criteria.models import Assessment, Rating
from tests.factories import (
    make_agency,
    make_assessment,
    make_criterion,
    make_member,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 3, 12, tzinfo=UTC)


def rate(assessment: Assessment, values: list[str], at: datetime) -> None:
    for rating, value in zip(assessment.ratings.in_order(), values, strict=True):
        rating.rate(by=make_user(), at=at, seen=rating.version, value=value)


def begun(year: int, *phases: str, **fields: object) -> Assessment:
    for phase in phases:
        make_criterion(phase=phase)
    assessment = make_assessment(phase="P3", **fields)
    at = datetime(year, 3, 1, tzinfo=UTC)
    Assessment.objects.filter(pk=assessment.pk).update(created_at=at)
    return assessment


def test_each_year_ends_with_what_was_rated_by_then():
    assessment = begun(2025, "P2", "P3", "P4")
    rate(assessment, ["met", "unknown", "met"], datetime(2025, 12, 31, 22, tzinfo=UTC))
    rate(assessment, ["met", "partly", "met"], datetime(2026, 1, 2, tzinfo=UTC))
    rate(assessment, ["not_met", "met", "met"], datetime(2027, 2, 2, tzinfo=UTC))
    found = review(Assessment.objects.all(), at=NOW)
    assert found.dates == [date(2025, 12, 31), date(2026, 12, 31), date(2027, 5, 3)]
    [line] = found.lines
    assert [point.readiness.label for point in line.points] == ["50–100 %", "75 %", "50 %"]
    assert [point.change for point in line.points] == [None, 25, -25]


def test_a_project_is_missing_before_it_began_and_counts_from_then_on():
    early, late = begun(2025, "P3"), begun(2026)
    rate(early, ["met"], datetime(2025, 6, 1, tzinfo=UTC))
    rate(late, ["not_met"], datetime(2026, 6, 1, tzinfo=UTC))
    found = review(Assessment.objects.all(), at=NOW)
    points = {line.assessment: line.points for line in found.lines}
    assert points[late][0].readiness is None
    told = [(point.projects, point.readiness.label) for point in found.total]
    assert told == [(1, "100 %"), (2, "50 %"), (2, "50 %")]


def test_it_looks_back_five_years_and_no_further():
    begun(2011, "P3")
    years = [day.year for day in review(Assessment.objects.all(), at=NOW).dates]
    assert years == [2022, 2023, 2024, 2025, 2026, 2027]


def test_nothing_assessed_gives_nothing():
    found = review(Assessment.objects.all(), at=NOW)
    assert (found.lines, found.total[0].readiness) == ([], None)


def test_the_page_costs_the_same_for_fifteen_projects(client, django_assert_max_num_queries):
    agency = make_agency()
    client.force_login(make_member(agency))
    make_criterion(phase="P3")
    for _ in range(15):
        make_assessment(organisation=agency)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("assessments:portfolio_review"))
    assert page.text.count('class="readiness-bar"') > 15


def test_others_projects_are_not_in_it(client):
    make_criterion()
    make_assessment(title="Fremdes Vorhaben")
    client.force_login(make_member(make_organisation(kind="municipality")))
    page = client.get(reverse("assessments:portfolio_review")).text
    assert "Fremdes Vorhaben" not in page
    assert "Noch ist nichts eingeschätzt" in page
    assert not Rating.history.exists()
