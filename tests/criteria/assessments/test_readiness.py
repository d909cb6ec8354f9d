from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.assessments.readiness import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    UNKNOWN,
    Readiness,
)

VALUES = [MET, PARTLY, NOT_MET, UNKNOWN, NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ([], "–"),
        ([NOT_APPLICABLE], "–"),
        ([UNKNOWN], "0–100 %"),
        ([NOT_MET], "0 %"),
        ([PARTLY], "50 %"),
        ([MET], "100 %"),
        ([MET, NOT_APPLICABLE], "100 %"),
        ([MET, UNKNOWN], "50–100 %"),
        ([MET, PARTLY, NOT_MET], "50 %"),
        ([MET, MET, NOT_MET], "66 %"),
    ],
)
def test_readiness_is_a_range(values, label):
    assert Readiness.of(values).label == label


def test_a_hundred_means_everything():
    assert Readiness.of([MET] * 199 + [PARTLY]).sure_percent == 99
    assert Readiness.of([MET] * 199 + [PARTLY]).is_complete is False
    assert Readiness.of([MET] * 2 + [NOT_APPLICABLE]).is_complete


def test_nothing_at_all_is_no_success():
    assert Readiness.of([]).is_complete is False
    assert Readiness.of([NOT_APPLICABLE]).is_complete is False


def test_what_is_unknown_counts_as_not_yet_rated():
    assert Readiness.of([MET, UNKNOWN, NOT_APPLICABLE]).rated == 2


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(VALUES)))
def test_the_sure_part_is_never_above_the_possible_one(values):
    readiness = Readiness.of(values)
    if readiness.sure is not None and readiness.possible is not None:
        assert 0 <= readiness.sure <= readiness.possible <= 1


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(VALUES)), st.sampled_from([MET, PARTLY, NOT_MET]))
def test_finding_out_what_was_unknown_stays_within_the_range(values, truth):
    before = Readiness.of([*values, UNKNOWN])
    after = Readiness.of([*values, truth])
    assert (before.sure or Fraction(0)) <= (after.sure or 0)
    assert (after.possible or 0) <= (before.possible or 0)
