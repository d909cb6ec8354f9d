"""What a hit says of the price is what its own header says."""

from datetime import date

import pytest

from marketplace.matching.engine import rank
from marketplace.matching.market import Market
from marketplace.matching.reasons import Names, reasons
from marketplace.matching.weights import Mix
from marketplace.offers.advice import ADVICE
from profiles.models.figures import price_in_words
from tests.factories import make_need, make_solution

TODAY = date(2026, 11, 22)
NOTHING = Names({}, {})


def facts(**price):
    asked = {"asked": False, "shared": [], "beside": []}
    evidence = {"all": 1, "alike": 0, "near": 0, "both": 0, "low": None, "high": None}
    return {
        "topics": asked,
        "evidence": evidence,
        "standards": {"met": [], "missing": []},
        "price": {"eur": None, "budget": None, "limit": None} | price,
        "phase": {"phase": "P4"},
        "freshness": {"days": 1},
    }


def said(**price):
    found = reasons({"meaning": 0.4, "words": 0.1}, facts(**price), NOTHING)
    return [(reason.text, reason.is_gap) for reason in found]


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ({"eur": 9000, "model": "one_off"}, ("Ab 9.000 € einmalig", False)),
        ({"eur": 9000, "model": "subscription"}, ("Ab 9.000 € je Jahr", False)),
        ({"eur": 9000}, ("Ab 9.000 € je Jahr", False)),
        (
            {"eur": 9000, "model": "one_off", "limit": 9000},
            ("Ab 9.000 € einmalig: bis zur Grenze für Direktaufträge (9.000 €)", False),
        ),
        (
            {"eur": 9000, "model": "", "limit": 5000},
            ("Ab 9.000 € je Jahr: über der Grenze für Direktaufträge (5.000 €)", True),
        ),
        ({"eur": 0, "model": "free", "limit": 5000}, ("Kostenfrei", False)),
        ({"eur": None, "model": "usage"}, ("Preis nur auf Anfrage", True)),
        ({"eur": None}, ("Preis nur auf Anfrage", True)),
    ],
)
def test_a_price_is_told_by_its_model(price, words):
    assert words in said(**price)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [None, 9000])
def test_what_is_free_costs_nothing(number):
    free = make_solution(price_model="free", price_from_eur=number)
    priced = make_solution(price_model="one_off", price_from_eur=9000)
    hits = {row.solution: row for row in rank_for(make_need(max_budget_eur=10_000))}
    assert hits[free.pk].parts["price"] > hits[priced.pk].parts["price"]
    known = hits[free.pk].facts["price"]
    assert ("Kostenfrei", False) in said(**known)
    assert not ADVICE["price"](known)
    assert price_in_words(free) == "kostenfrei"
    assert hits[priced.pk].facts["price"]["model"] == "one_off"


def rank_for(need):
    return rank(need, Market.load(), Mix(), on=TODAY).hits
