"""Which phases are met by the view that a provider shows, and where that is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.assessments.standing import change, settle, settle_all
from criteria.models import Assessment, Confirmation, Criterion
from marketplace.matching import scoring
from marketplace.matching.reasons import Names, reasons
from marketplace.solutions.chips import chips_of
from marketplace.solutions.facets import facets_of
from profiles.models import MetPhase
from tests.criteria.assessments.test_who_may import make_user_of_the_solution
from tests.factories import (
    filterset,
    make_assessment,
    make_criterion,
    make_member,
    make_need,
    make_provider,
    make_solution,
)

pytestmark = pytest.mark.django_db


def shown(**values: str) -> Assessment:
    """A provider's assessment; the names are keys of criteria and begin with the phase."""
    provider = make_provider()
    ratings = {
        Criterion.objects.filter(key=key.lower()).first()
        or make_criterion(key=key.lower(), phase=key.partition("_")[0]): value
        for key, value in values.items()
    }
    assessment = make_assessment(
        ratings,
        organisation=provider.organisation,
        solution=make_solution(provider=provider, phase="P3"),
        is_public=True,
    )
    settle(assessment.solution_id)
    return assessment


def met() -> dict[str, bool]:
    return dict(MetPhase.objects.values_list("phase", "is_confirmed"))


@pytest.mark.parametrize(
    ("values", "phases"),
    [
        ({"P3": "met", "P3_2": "not_applicable", "CONT": "not_met"}, {"P3": False}),
        ({"P2": "met", "P3": "met", "P3_2": "unknown"}, {"P2": False}),
        ({"P2": "partly", "P3": "not_met"}, {}),
        ({"P3": "not_applicable"}, {}),
    ],
)
def test_a_phase_is_met_when_all_that_applies_is_met(values, phases):
    shown(**values)
    assert met() == phases


def test_a_rating_made_in_the_list_settles_the_phase(client):
    assessment = shown(P3="unknown")
    client.force_login(make_member(assessment.organisation, "editor"))
    address = reverse("assessments:value", args=[assessment.pk, "p3"])
    client.post(address, {"value": "met", "seen": 1})
    assert met() == {"P3": False}
    client.post(address, {"value": "partly", "seen": 2})
    assert met() == {}


def test_it_is_confirmed_once_each_rating_is_and_until_one_is_taken_back(client):
    assessment = shown(P3="met", P3_2="met")
    client.force_login(make_user_of_the_solution(assessment))
    for key, expected in (("p3", False), ("p3_2", True), ("p3", False)):
        address = reverse("assessments:confirm", args=[assessment.solution.slug, key])
        client.post(address, {"value": "met"})
        assert met() == {"P3": expected}


def test_what_is_not_shown_any_more_counts_no_more():
    assessment = shown(P3="met")
    assert change(assessment, seen=1, is_public=False)
    assert met() == {}


def test_a_change_that_came_too_late_settles_nothing():
    assessment = shown(P3="met")
    assert not change(assessment, seen=7, is_public=False)
    assert met() == {"P3": False}


def test_the_night_makes_up_for_what_changed_elsewhere():
    gone, late = shown(P3="met"), shown(P2="met")
    gone.solution.published_at = None
    gone.solution.save()
    late.ratings.update(value="partly")
    settle_all()
    assert met() == {}


def test_what_stays_is_not_written_again():
    solution = shown(P3="met").solution
    before = MetPhase.objects.get().pk
    settle(solution.pk)
    assert MetPhase.objects.get().pk == before


def test_the_list_narrows_to_them_and_counts_them():
    own, agreed = shown(P3="met").solution, shown(P3="met").solution
    shown(P3="partly")
    MetPhase.objects.filter(solution=agreed).update(is_confirmed=True)
    assert set(filterset(criteria_met="P3").qs) == {own, agreed}
    assert list(filterset(criteria_met="P3", confirmed="true").qs) == [agreed]
    facet = next(f for f in facets_of(filterset()) if f.name == "criteria_met")
    assert [(option.value, option.count) for option in facet.options] == [("P3", 2)]
    [chip] = chips_of(filterset(criteria_met="P3"))
    assert chip.label == "Kriterien erfüllt: P3 Pilot"


def test_the_page_of_the_assessment_names_what_is_unknown(client):
    assessment = shown(P2="met", P3="met", P3_2="unknown")
    text = client.get(reverse("assessments:of_solution", args=[assessment.solution.slug]))
    said = " ".join(text.content.decode().split())
    assert "alle Kriterien erfüllt, nach eigener Sicht" in said
    assert "1 von 2 Kriterien erfüllt, 1 noch unbekannt" in said


def test_the_api_tells_and_filters_them(client):
    slug = shown(P3="met").solution.slug
    make_solution()
    [row] = client.get("/api/v1/solutions/?criteria_met=P3").json()["results"]
    assert (row["slug"], row["met_phases"]) == (slug, [{"phase": "P3", "is_confirmed": False}])


def test_matching_counts_it_for_the_phase_and_says_so():
    own, agreed, none = (shown(P3=value).solution for value in ("met", "met", "partly"))
    MetPhase.objects.filter(solution=agreed).update(is_confirmed=True)
    today = timezone.localdate()
    wanted = scoring.Wanted.of(make_need(), on=today)
    told = {}
    for offer in scoring.load([own.pk, agreed.pk, none.pk], on=today):
        parts, facts = scoring.fact_parts(wanted, offer)
        told[offer.pk] = (
            parts["phase"],
            [
                row.text
                for row in reasons({"words": 0.0, **parts}, facts, Names({}, {}))
                if "Kriterien" in row.text
            ],
        )
    sentence = "Nach eigener Sicht des Anbieters sind die Kriterien von P3 erfüllt"
    assert told[none.pk] == (0.5, [])
    assert told[own.pk] == (0.5625, [sentence])
    assert told[agreed.pk] == (0.625, [f"{sentence}, von Kommunen im Einsatz bestätigt"])


def test_a_confirmation_of_another_value_confirms_nothing():
    assessment = shown(P3="met")
    rating = assessment.ratings.get()
    Confirmation.objects.create(
        rating=rating, organisation=assessment.organisation, value="partly",
        confirmed_at=timezone.now(),
    )  # fmt: skip
    settle(assessment.solution_id)
    assert met() == {"P3": False}
