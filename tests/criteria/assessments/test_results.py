from datetime import timedelta

import pytest

from criteria.assessments.benchmark import benchmark
from criteria.assessments.help import subject_words, suggested_solutions
from criteria.assessments.results import Results, changes
from criteria.assessments.versions import Differences, move, take_snapshot
from criteria.models import Catalogue, Criterion
from tests.factories import (
    LONG_AGO,
    make_assessment,
    make_catalogue,
    make_criterion,
    make_organisation,
    make_solution,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = LONG_AGO + timedelta(days=90)


def test_what_is_not_met_and_half_met_milestones_block_the_next_phase():
    unmet = make_criterion(phase="P2")
    half = make_criterion(phase="P3", milestone="Beschluss")
    ratings = {
        unmet: "not_met",
        half: "partly",
        make_criterion(phase="P3"): "partly",
        make_criterion(phase="CONT"): "not_met",
        make_criterion(phase="P4"): "not_met",
        make_criterion(phase="P1"): "not_applicable",
    }
    results = Results.of(make_assessment(ratings, phase="P3"))
    assert [rating.criterion for rating in results.blockers] == [unmet, half]
    assert results.next_phase == "P4"


def test_what_is_unknown_is_told_apart():
    ratings = {make_criterion(phase="P3"): "unknown", make_criterion(phase="CONT"): "unknown"}
    results = Results.of(make_assessment(ratings))
    assert results.blockers == []
    assert [rating.criterion.phase for rating in results.unclear] == ["P3"]


def test_after_the_last_phase_there_is_none():
    results = Results.of(make_assessment({make_criterion(phase="P5"): "not_met"}, phase="P5"))
    assert results.next_phase is None
    assert len(results.roadmap) == 1


def test_the_roadmap_holds_what_is_open_until_the_next_phase():
    later = make_criterion(phase="P4")
    milestone = make_criterion(phase="P3", milestone_candidate="Pilot ausgewertet")
    first = make_criterion(phase="P3", related=[milestone])
    ratings = {
        make_criterion(phase="P5"): "unknown",
        make_criterion(phase="P1"): "met",
        later: "unknown",
        first: "not_met",
        milestone: "partly",
    }
    results = Results.of(make_assessment(ratings, phase="P3"))
    assert [rating.criterion for rating in results.roadmap] == [milestone, first, later]


def test_a_criterion_counts_in_each_of_its_workstreams():
    money, people = make_term("workstream", "finanziell"), make_term("workstream", "menschen")
    ratings = {
        make_criterion(terms=[money, people]): "met",
        make_criterion(terms=[money]): "partly",
    }
    bars = Results.of(make_assessment(ratings)).by_workstream
    assert [(bar.label, bar.readiness.label) for bar in bars] == [
        (money.name, "75 %"),
        (people.name, "100 %"),
    ]


def test_what_returns_in_the_phase_matters_in_it():
    part = make_term("sub_phase", "pilot", group="P3")
    returning = make_criterion(phase="P1", terms=[part])
    own, always = make_criterion(phase="P3"), make_criterion(phase="CONT")
    make_criterion(phase="P1")
    results = Results.of(make_assessment(phase="P3"))
    assert {rating.criterion for rating in results.most_relevant} == {returning, own, always}


def test_results_need_as_many_queries_for_one_criterion_as_for_fifteen(
    django_assert_num_queries,
):
    make_criterion()
    for _ in range(2):
        assessment = make_assessment()
        with django_assert_num_queries(3):
            results = Results.of(assessment)
            assert results.roadmap
            assert results.by_workstream == []
        for _ in range(14):
            make_criterion(related=[Criterion.objects.first()])


# --- Earlier dates and newer versions ---------------------------------------------------------


def test_an_earlier_date_is_compared_by_key():
    criterion = make_criterion(phase="P3")
    assessment = make_assessment({criterion: "not_met"})
    snapshot = take_snapshot(assessment, "Vorher", by=make_user(), at=NOW)
    assert snapshot.readiness.label == "0 %"
    assessment.ratings.update(value="met")
    results = Results.of(assessment)
    (change,) = changes(results.ratings, snapshot.value_of)
    assert (change.before_label, change.rating.value) == ("nicht erfüllt", "met")


@pytest.fixture
def versions() -> tuple[Catalogue, Catalogue]:
    """Two versions: one criterion stays, one changes, one goes, one comes."""
    old = make_catalogue(state="published")
    for key in ("bleibt", "aendert", "geht"):
        make_criterion(old, key=key, title_de=key)
    new = make_catalogue()
    make_criterion(new, key="bleibt", title_de="bleibt", number=91)
    make_criterion(new, key="aendert", title_de="geändert", number=92)
    make_criterion(new, key="kommt", title_de="kommt", number=93)
    return old, new


def test_differences_go_by_the_key_and_not_by_the_number(versions):
    differences = Differences.between(*versions)
    assert [criterion.key for criterion in differences.added] == ["kommt"]
    assert [after.key for _before, after in differences.changed] == ["aendert"]
    assert [criterion.key for criterion in differences.removed] == ["geht"]
    assert not Differences.between(versions[0], versions[0])


def test_moving_takes_the_ratings_along(versions):
    old, new = versions
    assessment = make_assessment(catalogue=old)
    assessment.ratings.update(value="met", note="aus dem Ausschuss")
    assert move(assessment, new, by=make_user(), at=NOW)
    assessment.refresh_from_db()
    found = {rating.criterion.key: rating for rating in assessment.ratings.for_page()}
    assert {key: rating.value for key, rating in found.items()} == {
        "bleibt": "met",
        "aendert": "met",
        "kommt": "unknown",
    }
    assert found["bleibt"].note == "aus dem Ausschuss"
    assert [key for key, rating in found.items() if rating.is_to_review] == ["aendert"]
    assert {rating.criterion.catalogue for rating in found.values()} == {new}
    assert assessment.catalogue == new
    assert assessment.snapshots.get().value_of("geht") == "met"


def test_moving_a_second_time_changes_nothing(versions):
    old, new = versions
    seen_by_both = make_assessment(catalogue=old)
    colleague = type(seen_by_both).objects.get(pk=seen_by_both.pk)
    assert move(seen_by_both, new, by=make_user(), at=NOW)
    assert not move(colleague, new, by=make_user(), at=NOW)
    assert seen_by_both.snapshots.count() == 1


# --- Others -----------------------------------------------------------------------------------


def others(count: int, criterion: Criterion) -> None:
    for _ in range(count):
        make_assessment({criterion: "met"})


@pytest.mark.parametrize(("count", "is_shown"), [(4, False), (5, True)])
def test_others_are_shown_from_five_on_besides_oneself(count, is_shown):
    criterion = make_criterion(phase="P3")
    own = make_assessment({criterion: "not_met"})
    others(count, criterion)
    found = benchmark("P3", for_organisation=own.organisation)
    assert (found is not None) is is_shown
    if found:
        assert (found.organisations, found.middle) == (6, 100)


def test_an_organisation_counts_once_and_with_what_it_has_rated():
    criterion = make_criterion(phase="P3")
    many = make_organisation(kind="municipality")
    for _ in range(3):
        make_assessment({criterion: "met"}, organisation=many)
    others(3, criterion)
    make_assessment({criterion: "unknown"})
    assert benchmark("P3", for_organisation=None) is None
    others(1, criterion)
    found = benchmark("P3", for_organisation=None)
    assert found is not None
    assert found.organisations == 5
    assert benchmark("P4", for_organisation=None) is None


def test_the_group_is_the_same_whoever_looks():
    criterion = make_criterion(phase="P3")
    own = make_assessment({criterion: "not_met"})
    others(6, criterion)
    inside = benchmark("P3", for_organisation=own.organisation)
    outside = benchmark("P3", for_organisation=make_organisation())
    assert inside == outside


# --- What helps -------------------------------------------------------------------------------


def test_words_that_say_nothing_of_the_subject_are_left_out():
    assert subject_words("Nutzung von Mechanismen zur Beteiligung der Kommune") == [
        "mechanismen",
        "beteiligung",
    ]


def test_solutions_are_suggested_that_hold_every_word_of_the_title():
    fitting = make_solution(summary="Digitale Beteiligung für Bürgerinnen und Bürger.")
    make_solution(summary="Beteiligung im Entwurf.", published_at=None)
    make_solution(summary="Parkplätze finden.")
    criterion = make_criterion(title_de="Nutzung der digitalen Beteiligung")
    assert suggested_solutions(criterion) == [fitting]
    for title in ("Beteiligung", "Digitale Parkplätze der Kommune", "Prüfung der Kommune"):
        assert suggested_solutions(make_criterion(title_de=title)) == []
