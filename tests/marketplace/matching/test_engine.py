"""Who fits a need, in which order, and that nothing ever stands there that violates it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from challenges.needs.requirements import meeting, violations
from marketplace.matching import market, matches, updating
from marketplace.matching.engine import rank
from marketplace.matching.market import Market
from marketplace.matching.models import Match, NeedVector, Outdated
from marketplace.matching.weights import Mix
from profiles.models import Solution
from tests.factories import (
    make_agency,
    make_claim,
    make_deployment,
    make_municipality,
    make_need,
    make_size_class,
    make_solution,
    make_standard,
    make_state,
    make_topic,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ranking(need):
    return rank(need, Market.load(), Mix(), on=TODAY)


def titles(rows) -> list[str]:
    named = dict(Solution.objects.values_list("pk", "title"))
    return [named[row.solution] for row in rows]


def test_the_meaning_decides_where_no_word_is_shared():
    make_solution(title="Tonnenfuchs", summary="Sensoren messen, wie voll Altglasbehälter sind.")
    make_solution(title="Ringelreih", summary="Brautpaare wählen Ort und Zeit der Trauung.")
    need = make_need(title="Heiraten online planen", problem="")
    updating.work_off(at=NOW)
    assert [row.solution.title for row in Match.objects.filter(need=need).hits().for_page()] == [
        "Ringelreih",
        "Tonnenfuchs",
    ]


def test_what_exactly_meets_the_requirements_is_a_hit():
    standard = make_standard()
    exact = make_solution(phase="P3", price_from_eur=9000, min_population=30_000)
    make_claim(exact, standard, valid_until=TODAY)
    need = make_need(standards=[standard], max_budget_eur=9000, min_phase="P3")
    assert [row.solution for row in ranking(need).hits] == [exact.pk]


def test_an_expired_certificate_makes_a_near_miss_that_names_it():
    standard = make_standard()
    expired = make_solution()
    make_claim(expired, standard, valid_until=TODAY - timedelta(days=1))
    result = ranking(make_need(standards=[standard]))
    assert result.hits == []
    assert [(row.solution, row.violations) for row in result.near_misses] == [
        (expired.pk, ["standards"])
    ]


def test_three_violations_are_no_near_miss():
    make_solution(phase="P1", price_from_eur=2, hosting=["eu"])
    need = make_need(min_phase="P4", max_budget_eur=1, hosting=["germany"])
    assert ranking(need).near_misses == []


def test_without_any_vector_the_words_rank():
    make_solution(title="Fuhrpark", summary="Dienstwagen buchen.")
    make_solution(title="Bad", summary="Eintrittskarten verkaufen.")
    result = ranking(make_need(title="Eintrittskarten", problem=""))
    assert result.uses_meaning is False
    assert titles(result.hits) == ["Bad", "Fuhrpark"]


def test_a_solution_without_a_vector_is_ranked_beside_the_others():
    make_solution(title="Fuhrpark")
    need = make_need()
    updating.work_off(at=NOW)
    late = make_solution(title="Neu im Markt")
    assert late.pk in [row.solution for row in ranking(need).hits]


def test_empty_texts_do_no_harm():
    make_solution(title="?", summary="")
    need = make_need(title="!", problem="")
    updating.work_off(at=NOW)
    assert len(ranking(need).hits) == 1


def test_references_of_the_same_size_and_state_order_what_is_otherwise_equal():
    make_size_class()
    place = make_municipality(population=30_000)
    plain = make_solution(title="Gleich", summary="Gleich.")
    proven = make_solution(title="Gleich", summary="Gleich.")
    make_deployment(proven, municipality=place)
    hits = ranking(make_need()).hits
    assert [row.solution for row in hits] == [proven.pk, plain.pk]
    assert hits[0].facts["evidence"]["both"] == 1


def test_references_in_its_own_state_count_for_an_agency():
    make_size_class()
    solution = make_solution()
    make_deployment(solution, municipality=make_municipality())
    make_deployment(solution, municipality=make_municipality(state=make_state("DE-NI")))
    [hit] = ranking(make_need(organisation=make_agency())).hits
    assert hit.facts["evidence"]["near"] == 1
    assert hit.facts["evidence"]["state"] == ["Hessen", "Hesse"]


def test_a_shared_topic_counts_more_than_a_neighbouring_one():
    upper = make_topic()
    wanted, beside = make_topic(parent=upper), make_topic(parent=upper)
    near = make_solution(title="Gleich", topics=[beside])
    exact = make_solution(title="Gleich", topics=[wanted])
    hits = ranking(make_need(topics=[wanted])).hits
    assert [(row.solution, row.parts["topics"]) for row in hits] == [(exact.pk, 1), (near.pk, 0.5)]


def test_a_change_is_noted_and_worked_off_once():
    solution, need = make_solution(), make_need()
    updating.work_off(at=NOW)
    assert not Outdated.objects.exists()
    Solution.objects.filter(pk=solution.pk).update(title="Anders")
    assert updating.is_outdated(need)
    updating.work_off(at=NOW)
    updating.work_off(at=NOW)
    assert not updating.is_outdated(need)
    assert Match.objects.filter(need=need).count() == 1


def test_only_changed_texts_are_embedded_again():
    need = make_need()
    updating.work_off(at=NOW)
    before = NeedVector.objects.get().text_hash
    need.max_budget_eur = 5
    need.save()
    updating.work_off(at=NOW)
    assert NeedVector.objects.get().text_hash == before


def test_a_change_during_the_work_is_not_forgotten():
    make_need()
    seen = {row.pk: row.changes - 1 for row in Outdated.objects.all()}
    Outdated.objects.remove_seen(seen)
    assert Outdated.objects.exists()


def test_a_large_market_is_searched_by_index_and_words(monkeypatch):
    from marketplace.matching import retrieval

    for name in ("WHOLE", "EXACT"):
        monkeypatch.setattr(retrieval, name, 0)
    make_solution(title="Ringelreih", summary="Trauung planen.", hosting=["eu"])
    fit = make_solution(title="Standesamt", summary="Termine der Trauung planen.")
    need = make_need(title="Trauung planen", hosting=["germany"])
    updating.work_off(at=NOW)
    result = ranking(need)
    assert [row.solution for row in result.hits] == [fit.pk]
    assert [row.violations for row in result.near_misses] == [["hosting"]]


offers = st.fixed_dictionaries(
    {
        "phase": st.sampled_from(["P1", "P3", "P5"]),
        "hosting": st.sampled_from([["germany"], ["eu"], ["germany", "eu"]]),
        "licence": st.sampled_from(["open_source", "proprietary"]),
        "price_from_eur": st.sampled_from([None, 99, 100, 101]),
        "min_population": st.sampled_from([None, 30_000, 30_001]),
    }
)
asked = st.fixed_dictionaries(
    {
        "min_phase": st.sampled_from(["", "P3"]),
        "hosting": st.sampled_from([[], ["germany"]]),
        "licence": st.sampled_from(["", "open_source"]),
        "max_budget_eur": st.sampled_from([None, 100]),
    }
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(offers, max_size=5), asked)
def test_no_permutation_of_data_yields_a_violation(rows, wanted):
    Solution.objects.all().delete()
    for row in rows:
        make_solution(**row)
    need = make_need(**wanted)
    result = ranking(need)
    listed = [row.solution for row in result.hits]
    assert set(listed) == set(meeting(need, on=TODAY).values_list("pk", flat=True))
    assert all(names == [] for names in violations(need, listed, on=TODAY).values())
    assert all(row.violations for row in result.near_misses)


def test_matches_are_the_same_after_a_second_run():
    need = make_need()
    make_solution()
    for _ in range(2):
        matches.recompute([need.pk], at=NOW)
    assert Match.objects.filter(need=need).count() == 1


def test_a_large_market_shares_its_mean_for_an_hour(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(market, "LARGE", 1)
    for _ in range(2):
        make_solution()
    updating.work_off(at=NOW)
    first = Market.load()
    with django_assert_num_queries(1):
        again = Market.load()
    cache.clear()
    assert (again.mean == first.mean).all()
