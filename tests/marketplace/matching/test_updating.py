"""Which needs hear of what has changed, and what a fault leaves undone."""

from datetime import UTC, datetime

import pytest

from marketplace.matching import tasks, updating
from marketplace.matching.embeddings import UnavailableError
from marketplace.matching.models import Outdated
from tests.factories import make_need, make_solution

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def needs():
    """A draft, an open and an ended need, each matched before anything was on offer."""
    drafted, running = make_need(state="draft"), make_need()
    ended = make_need(state="withdrawn", ended_at=NOW)
    updating.work_off(at=NOW)
    return [drafted, running, ended]


@pytest.mark.parametrize("few", [updating.FEW_NEEDS, 0])
def test_drafts_and_open_needs_hear_of_a_new_solution(needs, few, monkeypatch):
    monkeypatch.setattr(updating, "FEW_NEEDS", few)
    make_solution()
    updating.work_off(at=NOW)
    assert [need.matches.count() for need in needs] == [1, 1, 0]


def test_drafts_and_open_needs_are_matched_nightly(needs, monkeypatch):
    make_solution()
    monkeypatch.setattr(tasks.match_needs, "delay", tasks.match_needs)
    tasks.match_all()
    assert [need.matches.count() for need in needs] == [1, 1, 0]


def test_what_comes_after_its_end_makes_no_need_outdated(needs):
    make_solution()
    assert [updating.is_outdated(need) for need in needs] == [True, True, False]
    needs[-1].reopen()
    assert updating.is_outdated(needs[-1])


def test_a_server_that_is_away_keeps_no_need_from_being_matched(settings, monkeypatch):
    make_solution()
    updating.work_off(at=NOW)
    settings.EMBEDDINGS_URL = "http://127.0.0.1:9"
    monkeypatch.setattr(updating, "AT_ONCE", 1)
    needs = [make_need(), make_need()]
    with pytest.raises(UnavailableError):
        updating.work_off(at=NOW)
    assert [need.matches.count() for need in needs] == [1, 1]
    assert Outdated.objects.count() == 2  # for when it is back
