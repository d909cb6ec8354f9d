"""Figures of a relevance set that ships, and of the development market where it lies beside."""

import json
from pathlib import Path

import pytest

from marketplace.matching.evaluation import Figures, evaluate, score
from marketplace.matching.weights import Mix

MARKET = Path(__file__).parents[4] / "shared" / "market"
PLAIN = Path(__file__).parents[3] / "marketplace" / "matching" / "data" / "plain"
ENGLISH, PLAIN_GERMAN = ("m15", "m22"), ("m18",)


@pytest.mark.django_db
def test_needs_in_english_and_in_plain_words_find_german_solutions():
    _, run = evaluate(PLAIN, Mix())
    relevant = json.loads((PLAIN / "qrels.json").read_text(encoding="utf-8"))
    first = [relevant[need].get(run[need][0]) for need in (*ENGLISH, *PLAIN_GERMAN)]
    assert first == [3, 3, 3]


@pytest.mark.django_db
@pytest.mark.skipif(not MARKET.is_dir(), reason="the development market is not there")
def test_the_ranking_beats_each_of_its_parts_and_violates_nothing():
    figures, run = evaluate(MARKET, Mix())
    full = figures["full"]
    assert len(run) == 30
    assert full.violations_at_10 == 0
    assert full.ndcg_at_10 >= 0.9
    assert full.recall_at_5 >= 0.9
    for alone in ("words only", "meaning only", "topic profile only"):
        assert full.ndcg_at_10 > figures[alone].ndcg_at_10


def test_the_figures_are_those_of_the_first_ten():
    run = {"n1": ["a", "b", *"cdefghij", "late"], "n2": ["x"]}
    relevant = {"n1": {"a": 3}, "n2": {"y": 2}}
    broken = {"n1": {"b", "late"}, "n2": set()}
    assert score(run, relevant, broken) == Figures(0.5, 0.5, 0.5)
