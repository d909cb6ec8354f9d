"""What is stored is never older than what was stored, whoever comes last."""

from datetime import UTC, datetime

import pytest

from marketplace.matching import matches, passages, vectors
from marketplace.matching.models import Match, Matching, NeedVector, SolutionVector, Weights
from profiles.models import Solution
from tests.factories import make_need, make_solution

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def during(monkeypatch):
    """Let something happen while the first need of a run is ranked."""

    def happens(what):
        own = matches.rank

        def rank(*args, **kwargs):
            monkeypatch.setattr(matches, "rank", own)
            what()
            return own(*args, **kwargs)

        monkeypatch.setattr(matches, "rank", rank)

    return happens


def test_a_slow_run_leaves_what_a_later_one_has_ranked(during):
    make_solution(phase="P2")
    first, need = make_need(), make_need()

    def edit():
        need.min_phase = "P5"
        need.save()
        matches.recompute([need.pk], at=NOW)

    during(edit)
    matches.recompute([first.pk, need.pk], at=NOW)
    assert [row.violations for row in need.matches.all()] == [["phase"]]


def test_old_weights_do_not_come_back(during):
    make_solution()
    first, need = make_need(), make_need()
    weights = Weights.objects.create(reason="Probe", meaning=0, words=0, field=0, measured_at=NOW)

    def put_into_force():
        weights.activate(at=NOW)
        matches.recompute([first.pk, need.pk], at=NOW)
        scores.append(need.matches.get().score)

    scores: list[float] = []
    during(put_into_force)
    matches.recompute([first.pk, need.pk], at=NOW)
    assert [row.score for row in Match.objects.filter(need=need)] == scores


def test_a_later_run_replaces_an_earlier_one():
    need = make_need()
    matches.recompute([need.pk], at=NOW)
    make_solution()
    matches.recompute([need.pk], at=NOW)
    assert need.matches.count() == 1
    assert Matching.objects.count() == 1


def test_a_need_deleted_meanwhile_gets_no_matches(during):
    need = make_need()
    during(lambda: need.__class__.objects.filter(pk=need.pk).delete())
    matches.recompute([need.pk], at=NOW)
    assert not Matching.objects.exists()


@pytest.fixture
def while_embedding(monkeypatch):
    """Let something happen while the first texts are embedded."""

    def happens(what):
        own = vectors.OF_TEXTS["vector"]

        def embed(texts):
            monkeypatch.setitem(vectors.OF_TEXTS, "vector", own)
            what()
            return own(texts)

        monkeypatch.setitem(vectors.OF_TEXTS, "vector", embed)

    return happens


def test_the_vector_of_an_older_text_does_not_come_back(while_embedding):
    need = make_need(title="Alt")

    def edit():
        need.title = "Neu"
        need.save()
        vectors.refresh_needs([need.pk])

    while_embedding(edit)
    vectors.refresh_needs([need.pk])
    assert NeedVector.objects.get().text_hash == passages.digest(passages.of_need(need))


def test_a_text_deleted_while_it_is_embedded_gets_no_vector(while_embedding):
    gone, kept = make_solution(), make_solution()
    while_embedding(lambda: Solution.objects.filter(pk=gone.pk).delete())
    vectors.refresh_solutions([gone.pk, kept.pk])
    assert [row.solution for row in SolutionVector.objects.all()] == [kept]
