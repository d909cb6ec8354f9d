from datetime import timedelta

import pytest
from django.utils import timezone

from profiles.models import Solution, StemPostings
from profiles.models.text import Ways
from profiles.snapshot import Snapshot, current, holding, postings
from profiles.tasks import refresh_postings
from tests.factories import make_solution, make_topic
from tests.profiles.random_market import TODAY, Market

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def worth_it(monkeypatch):
    """Keep lists for a market of any size."""
    monkeypatch.setattr(postings, "WORTH", 0)


def ways(*some: str) -> Ways:
    return frozenset(tuple(way.split()) for way in some)


ASKED = [ways(word) for word in ("formular", "friedhof", "anbiet", "niemand")]
ASKED += [ways("park", "friedhof antrag"), ways("antrag anbiet", "ratsinformation", "niemand")]


def held(snapshot: Snapshot) -> list[list[list[int]]]:
    read = holding.read(ASKED, snapshot)
    return [[bits.tolist() for bits in read[ways]] for ways in ASKED]


def changed() -> list[int] | None:
    """Return the solutions of which the lists may be wrong; None: there are none to believe."""
    lists = postings.read(ASKED)
    ids = lists and postings.changed_since(lists.seen)
    return None if ids is None else sorted(ids.tolist())


@pytest.mark.parametrize("seed", range(3))
def test_after_changes_the_lists_say_what_the_documents_say(seed):
    market = Market(seed)
    postings.make()
    for _ in range(6):
        market.change()
    snapshot = current(on=TODAY)
    assert changed()
    told_by_lists = held(snapshot)
    StemPostings.objects.all().delete()
    assert changed() is None
    assert told_by_lists == held(snapshot)


def test_they_are_made_once_and_again_when_all_may_have_changed():
    topic = make_topic()
    make_solution(topics=[topic])
    assert [postings.refresh(), postings.refresh()] == [True, False]
    topic.save()
    assert changed() is None
    refresh_postings()
    assert changed() == []


def test_they_are_made_again_after_many_changes(monkeypatch):
    monkeypatch.setattr(postings, "MANY", 1)
    make_solution()
    postings.make()
    new = make_solution()
    assert changed() == [new.pk]
    make_solution()
    assert changed() is None
    assert postings.refresh()


def test_old_ones_are_made_again_and_no_longer_believed_once_the_log_may_have_forgotten():
    make_solution()
    postings.make()
    StemPostings.objects.update(made_at=timezone.now() - postings.RENEWED - timedelta(minutes=1))
    assert changed() == []
    assert postings.refresh()
    StemPostings.objects.update(made_at=timezone.now() - postings.KEPT - timedelta(minutes=1))
    assert changed() is None


def test_a_small_market_keeps_none(monkeypatch):
    make_solution()
    postings.make()
    monkeypatch.setattr(postings, "WORTH", 2)
    assert not postings.refresh()
    assert not StemPostings.objects.exists()


def test_a_draft_that_is_published_later_is_found():
    solution = make_solution(title="Radweg", published_at=None)
    postings.make()
    Solution.objects.filter(pk=solution.pk).update(published_at=timezone.now())
    [(anywhere, *_)] = current(on=TODAY).holding([ways("radweg")])
    assert anywhere.any()
