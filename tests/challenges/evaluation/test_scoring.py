"""The arithmetic: exact, independent of the order of input, weights that stay 100."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from challenges.evaluation import scoring
from challenges.evaluation.scoring import Bid, Criterion

START = datetime(2027, 1, 11, 9, tzinfo=UTC)
QUALITY, PRICE = Criterion(1, Fraction(70)), Criterion(2, Fraction(30), is_price=True)


def bid(key, points, price, minutes=0):
    arrived_at = START + timedelta(minutes=minutes)
    return Bid(key, {1: points, 3: points}, Decimal(price), arrived_at)


@st.composite
def competitions(draw):
    """Criteria whose weights add up to 100, the last one the price; and bids with many ties."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=4)))
    weights = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    criteria = [
        Criterion(key, Fraction(weight), is_price=key == len(weights))
        for key, weight in enumerate(weights, 1)
    ]
    points = st.fixed_dictionaries({key: st.integers(0, 10) for key in range(1, len(weights))})
    offers = draw(st.lists(st.tuples(points, st.integers(0, 4), st.integers(0, 2)), max_size=6))
    bids = [
        Bid(key, scores, Decimal(price * 1000), START + timedelta(seconds=second))
        for key, (scores, price, second) in enumerate(offers)
    ]
    return bids, criteria


@settings(max_examples=60, deadline=None)
@given(competitions(), st.randoms())
def test_the_order_of_input_changes_nothing(competition, random):
    bids, criteria = competition
    shuffled, turned = bids[:], criteria[:]
    random.shuffle(shuffled)
    random.shuffle(turned)
    places = [(row.bid.key, row.total) for row in scoring.ranking(bids, criteria)]
    assert places == [(row.bid.key, row.total) for row in scoring.ranking(shuffled, turned)]
    assert set(scoring.sensitivity(bids, criteria)) == set(scoring.sensitivity(shuffled, turned))


@settings(max_examples=60, deadline=None)
@given(competitions(), st.sampled_from([10, -10, 100]))
def test_weights_stay_100_whichever_is_changed(competition, by):
    _bids, criteria = competition
    for one in criteria:
        changed = scoring.reweighted(criteria, one.key, by)
        assert sum(row.weight for row in changed) == 100
        assert all(0 <= row.weight <= 100 for row in changed)


@settings(max_examples=60, deadline=None)
@given(competitions())
def test_totals_are_within_100_and_fall_from_place_to_place(competition):
    bids, criteria = competition
    totals = [row.total for row in scoring.ranking(bids, criteria)]
    assert all(0 <= total <= 100 for total in totals)
    assert totals == sorted(totals, reverse=True)


def test_the_lowest_price_has_all_points_and_twice_of_it_half():
    places = scoring.ranking([bid(1, 5, 1000), bid(2, 5, 2000)], [QUALITY, PRICE])
    assert [row.points[2] for row in places] == [10, 5]
    assert [row.total for row in places] == [65, 50]


def test_for_nothing_is_the_lowest_price():
    places = scoring.ranking([bid(1, 5, 0), bid(2, 5, 2000)], [QUALITY, PRICE])
    assert [row.points[2] for row in places] == [10, 0]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (
            Bid(9, {1: 6, 3: 4}, Decimal(5), START),
            Bid(1, {1: 4, 3: 8}, Decimal(5), START),
            "weight",
        ),
        (bid(9, 5, 4), bid(1, 5, 5), "price"),
        (bid(9, 5, 5), bid(1, 5, 5, minutes=1), "arrival"),
    ],
)
def test_ties_are_resolved_by_weight_then_price_then_arrival(first, second, why):
    criteria = [Criterion(1, Fraction(60)), Criterion(3, Fraction(40))]
    if why == "weight":
        criteria = [Criterion(1, Fraction(2) * 100 / 3), Criterion(3, Fraction(100) / 3)]
    places = scoring.ranking([second, first], criteria)
    assert [row.bid.key for row in places] == [9, 1]
    assert places[0].total == places[1].total
    assert places[0].is_tied


def test_another_weight_that_changes_the_winner_is_told():
    cheap, good = bid(1, 5, 1000), bid(2, 8, 2000)
    criteria = [Criterion(1, Fraction(65)), Criterion(2, Fraction(35), is_price=True)]
    assert scoring.ranking([cheap, good], criteria)[0].bid == good
    winners = {(row.criterion, int(row.weight)): row.winner for row in sensitivity(cheap, good)}
    assert winners == {(1, 75): 2, (1, 55): 1, (2, 45): 1, (2, 25): 2}


def sensitivity(*bids):
    criteria = [Criterion(1, Fraction(65)), Criterion(2, Fraction(35), is_price=True)]
    return scoring.sensitivity(bids, criteria)


def test_a_distance_beyond_the_set_one_is_a_difference():
    assert scoring.differs([2, 6, 4], 3)
    assert not scoring.differs([2, 5], 3)
    assert not scoring.differs([], 3)
