from datetime import date
from urllib.parse import parse_qs

import pytest

from challenges.needs.requirements import as_filters, meeting
from profiles.models import Organisation
from tests.factories import (
    LONG_AGO,
    make_agency,
    make_claim,
    make_municipality,
    make_need,
    make_organisation,
    make_solution,
    make_standard,
    make_state,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def is_met(need, solution):
    return meeting(need, on=TODAY).filter(pk=solution.pk).exists()


def test_a_need_that_asks_for_nothing_is_met_by_all_that_is_published():
    need, offered = make_need(), make_solution()
    make_solution(published_at=None)
    assert meeting(need, on=TODAY).get() == offered


def test_every_required_standard_has_to_be_claimed():
    one, other = make_standard(), make_standard()
    need, solution = make_need(standards=[one, other]), make_solution()
    make_claim(solution, one)
    assert not is_met(need, solution)
    make_claim(solution, other)
    assert is_met(need, solution)


@pytest.mark.parametrize(
    ("claim", "counts"),
    [
        ({"status": "planned"}, False),
        ({"valid_until": date(2026, 5, 31)}, False),
        ({"valid_until": TODAY}, True),
        ({"valid_from": date(2026, 6, 2)}, False),
    ],
    ids=["planned", "expired", "last day", "not yet"],
)
def test_a_claim_counts_while_it_is_valid(claim, counts):
    standard, solution = make_standard(), make_solution()
    make_claim(solution, standard, **claim)
    assert is_met(make_need(standards=[standard]), solution) is counts


@pytest.mark.parametrize(
    ("asked", "offered", "met"),
    [
        ({"hosting": ["germany", "on_premise"]}, {"hosting": ["eu", "on_premise"]}, True),
        ({"hosting": ["germany"]}, {"hosting": ["eu"]}, False),
        ({"licence": "open_source"}, {"licence": "open_source"}, True),
        ({"licence": "open_source"}, {"licence": "proprietary"}, False),
        ({"max_budget_eur": 5000}, {"price_from_eur": 5000}, True),
        ({"max_budget_eur": 5000}, {"price_from_eur": 5001}, False),
        ({"max_budget_eur": 0}, {"price_from_eur": 1}, False),
        ({"max_budget_eur": 5000}, {"price_from_eur": None}, True),
        ({"min_phase": "P3"}, {"phase": "P3"}, True),
        ({"min_phase": "P3"}, {"phase": "P5"}, True),
        ({"min_phase": "P3"}, {"phase": "P2"}, False),
        ({}, {"min_population": 30_000, "max_population": 30_000}, True),
        ({}, {"min_population": 30_001}, False),
        ({}, {"max_population": 29_999}, False),
    ],
)
def test_hard_requirements(asked, offered, met):
    assert is_met(make_need(**asked), make_solution(**offered)) is met


def test_it_has_to_be_offered_in_the_state():
    hesse, lower_saxony = make_state("DE-HE"), make_state("DE-NI")
    need = make_need()
    assert is_met(need, make_solution(regions=[hesse, lower_saxony]))
    assert not is_met(need, make_solution(regions=[lower_saxony]))


def test_of_an_organisation_without_a_municipality_the_state_counts():
    need = make_need(organisation=make_agency())
    assert is_met(need, make_solution(min_population=90_000))
    assert not is_met(need, make_solution(regions=[make_state("DE-NI")]))


def test_an_unknown_population_fits_any_size():
    place = make_municipality(population=None)
    town = make_organisation(
        kind=Organisation.Kind.MUNICIPALITY, municipality=place, verified_at=LONG_AGO
    )
    assert is_met(make_need(organisation=town), make_solution(min_population=90_000))


def test_the_list_of_solutions_is_narrowed_to_the_same_place():
    town, agency = make_need(), make_need(organisation=make_agency())
    assert parse_qs(as_filters(town)) == {"municipality": [town.place.ags]}
    assert parse_qs(as_filters(agency)) == {"region": ["DE-HE"]}
    nowhere = make_need(organisation=make_organisation(verified_at=LONG_AGO))
    assert parse_qs(as_filters(nowhere)) == {}
