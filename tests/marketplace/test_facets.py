import pytest

from marketplace.solutions.chips import chips_of
from marketplace.solutions.facets import Facet, facets_of
from tests.factories import (
    filterset,
    make_claim,
    make_deployment,
    make_municipality,
    make_solution,
    make_standard,
    make_state,
    make_topic,
)

pytestmark = pytest.mark.django_db


def facets(**parameters: object) -> dict[str, Facet]:
    return {facet.name: facet for facet in facets_of(filterset(**parameters))}


def counts(facet: Facet) -> dict[str, int]:
    options = [*facet.options, *(option for group in facet.groups for option in group.options)]
    return {option.value: option.count for option in options}


def test_a_facet_counts_by_value():
    make_solution(phase="P3")
    make_solution(phase="P4")
    make_solution(phase="P4", published_at=None)
    assert counts(facets()["phase"]) == {"P3": 1, "P4": 1}


def test_a_facet_respects_the_others_but_not_itself():
    make_solution(phase="P3", licence="open_source")
    make_solution(phase="P4", licence="proprietary")
    found = facets(phase="P3")
    assert counts(found["phase"]) == {"P3": 1, "P4": 1}
    assert counts(found["licence"]) == {"open_source": 1}


def test_a_chosen_value_stays_on_offer_without_hits():
    make_solution(phase="P3")
    [option] = facets(phase="P5", licence="proprietary")["licence"].options
    assert (option.count, option.is_active) == (0, True)


def test_counts_agree_with_the_list():
    topic = make_topic("unten", parent=make_topic("oben"))
    standard = make_standard("iso27001")
    for number in range(4):
        solution = make_solution(
            topics=[topic] if number else [],
            regions=[make_state("DE-HE")] if number % 2 else [],
            hosting=["germany", "on_premise"][: 1 + number % 2],
        )
        if number > 1:
            make_claim(solution, standard)
    make_solution(regions=[make_state("DE-NI")])
    for name, facet in facets().items():
        for value, count in counts(facet).items():
            if name != "references":
                assert filterset(**{name: value}).qs.count() == count, (name, value)


def test_topics_are_grouped_by_field_and_count_a_solution_once():
    field = make_topic("oben", name_de="Bauen")
    below = [make_topic(parent=field) for _ in range(2)]
    make_solution(topics=below)
    [group] = facets()["topic"].groups
    assert (group.label, group.count) == ("Bauen", 1)
    assert [option.count for option in group.options] == [1, 1, 1]


def test_mine_is_on_offer_once_the_municipality_is_known():
    place = make_municipality()
    make_deployment(make_solution(), municipality=make_municipality())
    assert [o.name for o in facets()["references"].options] == ["has_references"]
    names = [o.name for o in facets(municipality=place.ags)["references"].options]
    assert names == ["has_references", "references_in_state"]


def test_facets_need_the_same_number_of_queries_for_any_number_of_rows(
    django_assert_max_num_queries,
):
    for _ in range(15):
        make_solution(topics=[make_topic()])
    with django_assert_max_num_queries(16):
        facets()


def test_a_chip_for_each_value_leads_to_the_list_without_it():
    make_topic("bauen", name_de="Bauen")
    chips = chips_of(filterset(topic="bauen", phase=["P3", "P4"], sort="title", page="3"))
    assert {chip.label: chip.remove for chip in chips} == {
        "Bauen": "?phase=P3&phase=P4&sort=title",
        "P3 Pilot": "?topic=bauen&phase=P4&sort=title",
        "P4 Vertikale Skalierung": "?topic=bauen&phase=P3&sort=title",
    }


def test_a_municipality_takes_along_what_speaks_of_it():
    place = make_municipality(name="Baunatal")
    chips = chips_of(filterset(municipality=place.ags, references_in_state="true"))
    assert [(chip.label, chip.remove) for chip in chips] == [
        ("für Baunatal", "?"),
        ("mit Referenzen in meinem Bundesland", f"?municipality={place.ags}"),
    ]


def test_a_price_of_nothing_is_a_filter_and_an_empty_field_is_none():
    [chip] = chips_of(filterset(max_price="0"))
    assert (chip.label, chip.remove) == ("bis 0 Euro je Jahr", "?")
    assert chips_of(filterset(max_price="", search="", phase=[])) == []


def test_an_empty_list_says_which_filter_to_loosen():
    make_solution(phase="P3", licence="proprietary")
    make_solution(phase="P3", licence="open_source", price_from_eur=10)
    chips = chips_of(filterset(phase="P4", licence="open_source"), with_hits=True)
    assert [(chip.label, chip.hits) for chip in chips] == [("P4 Vertikale Skalierung", 1)]
