"""The figures on the development market, where it lies beside the project."""

from pathlib import Path

import pytest

from marketplace.matching.evaluation import Figures, evaluate, score
from marketplace.matching.weights import Mix

MARKET = Path(__file__).parents[4] / "shared" / "market"


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
