import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.surveys.figures import Rank, priorities, ranks, shares, spread
from challenges.surveys.protection import LEAST, merged

MARKET = Path(__file__).parents[3] / "shared" / "market" / "survey.json"


def test_shares_are_of_those_who_answered():
    found = shares(["a", "b", "c"], [["a", "b"], ["a"]])
    assert [(share.option, share.count, share.share) for share in found] == [
        ("a", 2, 1.0),
        ("b", 1, 0.5),
        ("c", 0, 0.0),
    ]


def test_nobody_answered():
    assert [share.share for share in shares(["a"], [])] == [0.0]
    assert priorities(["a"], [])[0].mean is None
    assert spread([]) is None


def test_a_priority_counts_only_those_who_gave_one():
    first, second = priorities(["a", "b"], [{"a": 5}, {"a": 3, "b": 1}])
    assert (first.count, first.mean, first.share_important) == (2, 4.0, 0.5)
    assert (second.count, second.mean, second.share_important) == (1, 1.0, 0.0)


def test_first_places_decide_between_equal_points():
    found = ranks(["a", "b", "c"], [["a", "b"], ["b"], ["c", "a"]], places=2)
    assert found == [Rank("a", 3, 1), Rank("b", 3, 1), Rank("c", 2, 1)]


def test_a_spread_shows_median_and_bounds():
    found = spread([1, 2, 9])
    assert (found.least, found.median, found.mean, found.most) == (1, 2, 4, 9)


@pytest.mark.skipif(not MARKET.exists(), reason="needs the shared survey")
def test_the_figures_of_the_demo_survey_are_those_it_states():
    survey = json.loads(MARKET.read_text())
    answers = [response["answers"] for response in survey["responses"]]
    topics = [topic["id"] for topic in survey["topics"]]
    found = priorities(topics, [row["q05"] for row in answers if "q05" in row])
    points = ranks(topics, [row["q06"] for row in answers if "q06" in row], places=3)
    by_topic = {rank.option: rank.points for rank in points}
    stated = {row["topic"]: row for row in survey["aggregate"]["priorities"]}
    for priority in found:
        row = stated[priority.option]
        assert (priority.count, round(priority.mean, 2)) == (row["n"], row["mean"])
        assert round(priority.share_important, 2) == row["share_important"]
        assert by_topic[priority.option] == row["ranking_points"]


# Protection of small groups


def test_small_groups_join_their_neighbours():
    rows = {"small": range(3), "middle": range(4), "large": range(6), "huge": range(2)}
    found = merged(rows, ["small", "middle", "large", "huge"])
    assert [(groups, len(rows)) for groups, rows in found] == [
        (["small", "middle"], 7),
        (["large", "huge"], 8),
    ]


def test_too_few_in_all_show_nothing():
    assert merged({"small": range(4)}, ["small", "large"]) == []


@given(st.lists(st.integers(0, 12), min_size=1, max_size=7))
def test_subtracting_views_never_leaves_a_small_group(sizes):
    groups = list(range(len(sizes)))
    found = merged({group: ["x"] * size for group, size in enumerate(sizes)}, groups)
    assert all(len(rows) >= LEAST for _, rows in found)
    if found:  # the whole less what is shown is nothing: there is no rest to read off
        assert sum(len(rows) for _, rows in found) == sum(sizes)
        assert [group for names, _ in found for group in names] == groups
