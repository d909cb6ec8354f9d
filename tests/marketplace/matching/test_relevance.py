import numpy as np
import pytest

from marketplace.matching.relevance import FEW, LOWEST, SPAN, calibrated

MEAN = -LOWEST / SPAN


def among(count: int, *, fitting: int) -> tuple[np.ndarray, np.ndarray]:
    """Two that score high, the others low; the first of all fit."""
    scores = np.array([0.9, 0.9] + [0.1] * (count - 2))
    return scores, np.arange(count) < fitting


@pytest.mark.parametrize("fitting", [0, 1, 2, FEW - 1])
def test_where_few_fit_they_are_told_from_all(fitting):
    scores, fits = among(40, fitting=fitting)
    assert calibrated(scores, fits).tolist() == calibrated(scores, np.ones(40, bool)).tolist()
    assert calibrated(scores, fits)[0] > 0.7


def test_where_enough_fit_they_are_told_from_each_other():
    scores, fits = among(40, fitting=FEW)
    found = calibrated(scores, fits)
    assert found[fits].mean() == pytest.approx(MEAN)
    assert 0.45 < found[0] < 0.55  # two standard deviations of ten, of which it is one


def test_what_has_no_score_yet_stands_at_the_mean():
    scores, fits = among(40, fitting=40)
    known = np.arange(40) != 7
    assert calibrated(scores, fits, known)[7] == pytest.approx(MEAN)
    assert calibrated(scores, fits, np.zeros(40, bool)).tolist() == [pytest.approx(MEAN)] * 40


def test_scores_that_are_all_alike_say_nothing():
    assert calibrated(np.full(20, 0.4), np.ones(20, bool)).tolist() == [pytest.approx(MEAN)] * 20
