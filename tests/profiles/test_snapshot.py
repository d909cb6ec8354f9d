"""The snapshot answers as SQL does, whatever has happened to the market before."""

from datetime import date, timedelta
from time import monotonic

import numpy as np
import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone

from profiles.filters import SolutionFilter
from profiles.models import Municipality, Solution
from profiles.models.terms import met_kind
from profiles.snapshot import Hits, Snapshot, changes, current, market, selection
from profiles.snapshot.changes import forget, since
from profiles.snapshot.reading import ids_of
from profiles.snapshot.updating import updated
from profiles.tasks import forget_old_changes
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
from tests.profiles.random_market import TODAY, Market


def check(market: Market, snapshot: Snapshot, times: int = 6) -> None:
    for _ in range(times):
        parameters = market.filters()
        chosen = filterset(**parameters)
        chosen.snapshot = snapshot
        in_sql = list(chosen.sorted(chosen.narrowed()).values_list("pk", flat=True))
        assert [row.pk for row in chosen.qs] == in_sql, parameters
        assert chosen.qs.count() == len(in_sql), parameters
        for name in chosen.values:
            without = chosen.hits(without=name)
            assert without.count() == chosen.narrowed(without={name}).count(), parameters
            check_counts(market, chosen, name, without)


def check_counts(market: Market, chosen: object, name: str, hits: Hits) -> None:
    kinds = {"topic": market.topics, "region": market.states, "standard": market.standards}
    if name in kinds:
        kind = "standard_with_evidence" if name == "standard" and chosen.wants_evidence else name
        for row in kinds[name]:
            rows = chosen.filters[name].filter(chosen.narrowed(without={name}), [row])
            assert hits.counts(kind).get(str(row.pk), 0) == rows.count(), (name, row)
    elif name == "criteria_met":
        for value in ("P2", "P3"):
            rows = chosen.filters[name].filter(chosen.narrowed(without={name}), [value])
            kind = met_kind(chosen.wants_confirmed)
            assert hits.counts(kind).get(value, 0) == rows.count(), (name, value)
    elif name in ("phase", "hosting", "licence"):
        for value, _label in chosen.filters[name].extra["choices"]:
            rows = chosen.filters[name].filter(chosen.narrowed(without={name}), [value])
            assert hits.counts(name).get(value, 0) == rows.count(), (name, value)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2))
def test_counts_and_hits_are_those_of_sql(seed):
    market = Market(seed)
    check(market, Snapshot.read(on=TODAY, seen=""), times=8)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_after_changes_it_is_the_same_as_one_read_anew(seed):
    market = Market(seed)
    snapshot = Snapshot.read(on=TODAY, seen=since(None).seen)
    for _ in range(4):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE profiles_solutionchange")
        for _ in range(market.chance.randint(1, 4)):
            market.change()
        snapshot = updated(snapshot, since(None).ids, on=TODAY, seen="")
        anew = Snapshot.read(on=TODAY, seen="")
        assert snapshot.ids[snapshot.newest].tolist() == anew.ids[anew.newest].tolist()
        assert snapshot.ids[snapshot.title].tolist() == anew.ids[anew.title].tolist()
        assert Hits(snapshot).counts("topic") | Hits(anew).counts("topic") == Hits(snapshot).counts(
            "topic"
        )
        check(market, snapshot, times=1)


@pytest.mark.django_db
def test_a_day_ends_claims_and_begins_others():
    market, standard = Market(1), make_standard()
    make_claim(make_solution(), standard, valid_until=TODAY)
    make_claim(make_solution(), standard, valid_from=TODAY + timedelta(days=1))
    snapshot = Snapshot.read(on=TODAY, seen="")
    tomorrow = TODAY + timedelta(days=1)
    nothing = np.array([], dtype=np.int64)
    after = updated(snapshot, nothing, on=tomorrow, seen="")
    for kind in ("standard", "standard_with_evidence"):
        anew = Hits(Snapshot.read(on=tomorrow, seen="")).counts(kind)
        found = [
            {term: count for term, count in counted.items() if count}
            for counted in (Hits(after).counts(kind), anew)
        ]
        assert found[0] == found[1], market


@pytest.mark.django_db
def test_more_solutions_than_free_slots_find_room():
    make_solution()
    snapshot = Snapshot.read(on=TODAY, seen="")
    for number in range(70):
        make_solution(title=f"Neu {number % 7}")
    ids = ids_of(Solution.objects.all())
    after = updated(snapshot, ids, on=TODAY, seen="")
    assert after.ids[after.title].tolist() == list(
        Solution.objects.by_title().values_list("pk", flat=True)
    )


@pytest.mark.django_db(transaction=True)
def test_a_change_shows_at_the_next_look_and_costs_one_query_where_there_is_none(
    django_assert_num_queries,
):
    solution = make_solution()
    assert len(current(on=TODAY)) == 1
    with django_assert_num_queries(1):
        first = current(on=TODAY)
    solution.published_at = None
    solution.save()
    assert len(current(on=TODAY)) == 0
    assert len(first) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_there():
    make_solution()
    current(on=TODAY)
    with transaction.atomic():
        make_solution()
        assert len(current(on=TODAY)) == 2
        transaction.set_rollback(True)
    assert len(current(on=TODAY)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_ends_late_is_not_missed():
    """The one that began first commits last: its number is below what has been seen."""
    slow = connection.copy()
    first, second = make_solution(), make_solution()
    with slow.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE profiles_solution SET published_at = NULL WHERE id = %s", [first.pk])
        second.save()
        assert len(current(on=TODAY)) == 2
        cursor.execute("COMMIT")
    slow.close()
    assert len(current(on=TODAY)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_process_that_has_not_looked_for_long_reads_anew(monkeypatch):
    make_solution()
    current(on=TODAY)
    make_solution()
    forget(before=timezone.now() + timedelta(days=1))
    assert len(current(on=TODAY)) == 1
    later = monotonic() + changes.KEPT.total_seconds()
    monkeypatch.setitem(current.__globals__, "monotonic", lambda: later)
    assert len(current(on=TODAY)) == 2


@pytest.mark.django_db(transaction=True)
def test_the_words_of_facets_are_read_again_when_they_change():
    assert current(on=TODAY).vocabulary.topics == []
    topic = make_topic()
    assert current(on=TODAY).vocabulary.topics == [topic]


@pytest.mark.django_db(transaction=True)
def test_a_municipality_that_moves_takes_its_references_along():
    here, there = make_state("DE-HE"), make_state("DE-NI")
    place, other = make_municipality(state=here), make_municipality(state=there)
    make_deployment(make_solution(), municipality=place)
    assert Hits(current(on=TODAY)).referenced_in_state_of(place).count() == 1
    Municipality.objects.filter(pk=place.pk).update(state=there)
    assert Hits(current(on=TODAY)).referenced_in_state_of(other).count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_noted_of_a_solution_is_kept_until_it_changes():
    changed, same = make_solution(), make_solution()
    made = []

    def make(missing: list[int]) -> list[tuple[int, str]]:
        made.append(missing)
        return [(id, f"text of {id}") for id in missing]

    ids = [same.pk, changed.pk]
    for _ in range(2):
        texts = current(on=TODAY).noted("text", ids, make)
        assert texts == [f"text of {id}" for id in ids]
    changed.save()
    current(on=TODAY).noted("text", ids, make)
    assert made == [ids, [changed.pk]]


@pytest.mark.django_db(transaction=True)
def test_a_search_asked_again_costs_two_queries_and_knows_new_words(django_assert_num_queries):
    def titles() -> list[str]:
        asked = SolutionFilter(
            QueryDict("search=Ratsinformaton"), queryset=Solution.objects.published()
        )
        return [solution.title for solution in asked.qs]

    make_solution(title="Ratsinformation")
    assert titles() == ["Ratsinformation"]
    with django_assert_num_queries(2):  # what has changed, and the rows of the page
        assert titles() == ["Ratsinformation"]
    make_solution(title="Ratsinformaton")
    assert titles() == ["Ratsinformaton"]


def holders(word: str) -> set[int]:
    snapshot = current(on=TODAY)
    [(anywhere, *_)] = snapshot.holding([frozenset([(word,)])])
    return set(Hits(snapshot, anywhere).ids().tolist())


@pytest.mark.django_db(transaction=True)
def test_a_word_once_asked_for_is_known_after_changes_without_reading_the_others_again(
    django_assert_num_queries,
):
    gaining, losing, leaving = make_solution(), make_solution(title="Radweg"), make_solution()
    assert holders("radweg") == {losing.pk}
    for solution, title in ((gaining, "Radweg"), (losing, "Fußweg")):
        solution.title = title
        solution.save()
    entering = [make_solution(title="Radweg Nord").pk for _ in range(70)]  # more than fit in a word
    leaving.delete()
    assert holders("radweg") == {gaining.pk, *entering}
    with django_assert_num_queries(1):  # what has changed?
        assert holders("radweg") == {gaining.pk, *entering}


@pytest.mark.django_db(transaction=True)
def test_more_words_than_are_kept_are_asked_for_again(monkeypatch):
    monkeypatch.setattr(market, "HELD", 1)
    path, lane = make_solution(title="Radweg").pk, make_solution(title="Fahrspur").pk
    for _ in range(2):
        assert (holders("radweg"), holders("fahrspur")) == ({path}, {lane})
    assert len(current(on=TODAY).held) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["newest", "title", "references", "relevance"])
def test_a_page_is_a_part_of_the_whole_list(monkeypatch, sort):
    monkeypatch.setattr(selection, "BLOCK", 2)
    for number in range(9):
        title, summary = f"Nr. {number * 4 % 9}", "Ein Radweg."
        if number % 2:
            title, summary = f"{title} Radweg", "Kurz."
        phase = "P3" if number % 3 else "P4"
        make_solution(title=title, summary=summary, phase=phase)
    parameters = QueryDict(f"phase=P3&sort={sort}&search=Radweg")
    asked = SolutionFilter(parameters, queryset=Solution.objects.all())
    whole = list(asked.qs)
    assert len(whole) == 6
    for size in (1, 4, 6, 7):
        pages = [asked.qs[start : start + size] for start in range(0, 6, size)]
        assert [row for page in pages for row in page] == whole


@pytest.mark.django_db
def test_it_knows_its_own_day_only():
    snapshot = Snapshot.read(on=date(2026, 1, 1), seen="")
    with pytest.raises(ValueError, match="not of"):
        Hits(snapshot).claiming_on(TODAY, [], with_evidence=False)


@pytest.mark.django_db
def test_a_place_of_unknown_size_narrows_by_state_alone():
    place = make_municipality(population=None)
    make_solution(min_population=10)
    assert Hits(Snapshot.read(on=TODAY, seen="")).suited_to(place).count() == 1
    assert Municipality.objects.in_size_class_of(place).count() == 0


@pytest.mark.django_db
def test_the_sweep_forgets_changes_that_every_process_has_seen():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE profiles_solutionchange")
        for number, age in enumerate((changes.KEPT * 1.01, changes.KEPT * 0.99)):
            cursor.execute(
                "INSERT INTO profiles_solutionchange (solution_id, at) VALUES (%s, %s)",
                [number, timezone.now() - age],
            )
        forget_old_changes()
        cursor.execute("SELECT solution_id FROM profiles_solutionchange")
        assert cursor.fetchall() == [(1,)]
