from datetime import timedelta

import pytest
from django.utils import timezone

from profiles.models import Solution
from tests.factories import (
    filterset,
    make_claim,
    make_deployment,
    make_municipality,
    make_provider,
    make_size_class,
    make_solution,
    make_standard,
    make_state,
    make_topic,
)

pytestmark = pytest.mark.django_db


def hits(**parameters: object) -> set[Solution]:
    return set(filterset(**parameters).qs)


def test_nothing_chosen_shows_all_that_is_published():
    published = make_solution()
    make_solution(published_at=None)
    assert hits() == {published}


def test_phase():
    pilot, running, _ = (make_solution(phase=phase) for phase in ("P3", "P4", "P5"))
    assert hits(phase="P3") == {pilot}
    assert hits(phase=["P3", "P4"]) == {pilot, running}


def test_different_filters_must_all_hold():
    make_solution(phase="P3", licence="proprietary")
    both = make_solution(phase="P3", licence="open_source")
    assert hits(phase="P3", licence="open_source") == {both}


def test_an_upper_topic_stands_for_all_below_it():
    upper = make_topic("bauen")
    lower = make_topic("bauantrag", parent=upper)
    on_upper, on_lower = make_solution(topics=[upper]), make_solution(topics=[lower])
    make_solution(topics=[make_topic()])
    assert hits(topic="bauen") == {on_upper, on_lower}
    assert hits(topic="bauantrag") == {on_lower}


def test_a_standard_counts_from_self_declared_on_but_not_when_planned():
    standard = make_standard("iso27001")
    declared, planned = make_solution(), make_solution()
    make_claim(declared, standard)
    make_claim(planned, standard, status="planned")
    assert hits(standard="iso27001") == {declared}


def test_a_standard_counts_on_its_last_day_and_no_longer():
    standard, today = make_standard("iso27001"), timezone.localdate()
    last_day, expired = make_solution(), make_solution()
    make_claim(last_day, standard, valid_until=today)
    make_claim(expired, standard, valid_until=today - timedelta(days=1))
    assert hits(standard="iso27001") == {last_day}


def test_several_standards_mean_any_of_them():
    one, other = make_standard("iso27001"), make_standard("bitv2")
    first, second = make_solution(), make_solution()
    make_claim(first, one)
    make_claim(second, other)
    assert hits(standard=["iso27001", "bitv2"]) == {first, second}


def test_evidence_leaves_out_what_the_provider_merely_says():
    standard = make_standard("iso27001")
    said, shown, checked = make_solution(), make_solution(), make_solution()
    make_claim(said, standard)
    make_claim(shown, standard, status="evidence_uploaded")
    make_claim(checked, standard, status="verified", verified_at=timezone.now())
    assert hits(standard="iso27001", evidence="true") == {shown, checked}


def test_hosting_means_one_of_the_options_on_offer():
    both = make_solution(hosting=["germany", "on_premise"])
    make_solution(hosting=["eu"])
    assert hits(hosting="on_premise") == {both}


def test_a_region_counts_nationwide_offers_in():
    hesse, saxony = make_state("DE-HE"), make_state("DE-NI")
    local, nationwide = make_solution(regions=[hesse]), make_solution()
    make_solution(regions=[saxony])
    assert hits(region="DE-HE") == {local, nationwide}


def test_a_price_up_to_the_limit_itself():
    at_limit = make_solution(price_from_eur=5000)
    make_solution(price_from_eur=5001)
    on_request = make_solution(price_from_eur=None)
    assert hits(max_price="5000") == {at_limit}
    assert hits(max_price="5000", price_on_request="true") == {at_limit, on_request}


def test_the_kind_and_the_state_of_the_provider():
    startup = make_solution(provider=make_provider(kind="startup", state=make_state("DE-NI")))
    make_solution(provider=make_provider(kind="sme", state=make_state("DE-HE")))
    assert hits(provider_kind="startup") == {startup}
    assert hits(provider_state="DE-NI") == {startup}


def test_only_confirmed_deployments_are_references():
    proven, claimed = make_solution(), make_solution()
    make_deployment(proven)
    make_deployment(claimed, confirmed_at=None)
    assert hits(has_references="true") == {proven}
    assert hits(has_references="false") == {claimed}


@pytest.mark.parametrize(
    ("low", "high", "fits"),
    [(None, None, True), (30_000, 30_000, True), (30_001, None, False), (None, 29_999, False)],
)
def test_a_municipality_narrows_to_its_size_bounds_included(low, high, fits):
    place = make_municipality(population=30_000)
    make_solution(min_population=low, max_population=high)
    assert bool(hits(municipality=place.ags)) is fits


def test_a_municipality_narrows_to_its_state_by_name_too():
    place = make_municipality(name="Baunatal", state=make_state("DE-HE"))
    local = make_solution(regions=[make_state("DE-HE")])
    make_solution(regions=[make_state("DE-NI")])
    assert hits(municipality="baunatal") == hits(municipality=place.ags) == {local}


def test_an_unknown_population_does_not_narrow():
    place = make_municipality(population=None)
    fits = make_solution(min_population=1000)
    assert hits(municipality=place.ags) == {fits}


def test_references_in_my_size_class_and_in_my_state():
    make_size_class(20_000, 49_999)
    mine = make_municipality(population=28_000, state=make_state("DE-HE"))
    alike = make_municipality(population=49_999, state=make_state("DE-NI"))
    large = make_municipality(population=50_000, state=make_state("DE-HE"))
    in_class, in_state = make_solution(), make_solution()
    make_deployment(in_class, municipality=alike)
    make_deployment(in_state, municipality=large)
    assert hits(municipality=mine.ags, references_in_size_class="true") == {in_class}
    assert hits(municipality=mine.ags, references_in_state="true") == {in_state}


def test_mine_needs_a_municipality():
    asked = filterset(references_in_state="true")
    assert asked.errors["references_in_state"] == ["Bitte wählen Sie zuerst Ihre Kommune."]


def test_an_ambiguous_name_offers_the_places():
    places = [make_municipality(name="Neustadt"), make_municipality(name="Neustadt")]
    asked = filterset(municipality="Neustadt")
    assert asked.errors["municipality"] == [
        "Mehrere Kommunen heißen so. Bitte wählen Sie eine aus."
    ]
    assert asked.ambiguous_places == places


def test_an_ended_municipality_is_not_offered():
    yesterday = timezone.localdate() - timedelta(days=1)
    make_municipality(name="Altdorf", valid_until=yesterday)
    assert "municipality" in filterset(municipality="Altdorf").errors


def test_a_wrong_value_is_named_and_narrows_nothing():
    solution = make_solution()
    asked = filterset(phase="P9", max_price="viel", topic="nichts")
    assert set(asked.errors) == {"phase", "max_price", "topic"}
    assert set(asked.qs) == {solution}


def test_search_narrows_and_sorts_by_relevance():
    make_solution(title="Anderes")
    body = make_solution(title="Eins", summary="Auch ein Formular.")
    title = make_solution(title="Formular")
    asked = filterset(search="Formulare")
    assert list(asked.qs) == [title, body]
    assert asked.sort_by == "relevance"


def test_the_newest_come_first_unless_asked_otherwise():
    old = make_solution(title="B", published_at=timezone.now() - timedelta(days=2))
    new = make_solution(title="Ä", published_at=timezone.now())
    make_deployment(old)
    assert list(filterset().qs) == [new, old]
    assert list(filterset(sort="references").qs) == [old, new]
    assert list(filterset(sort="title").qs) == [new, old]


def test_names_are_in_german_order():
    titles = ["Zebra", "Ärger", "öffnen", "Apfel", "Straße", "Strasse 2"]
    for title in titles:
        make_solution(title=title)
    listed = [solution.title for solution in filterset(sort="title").qs]
    assert listed == ["Apfel", "Ärger", "öffnen", "Straße", "Strasse 2", "Zebra"]


def test_every_filter_has_a_label():
    assert all(narrow.label for narrow in filterset().filters.values())
