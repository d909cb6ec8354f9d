"""The adviser: all states and values, limits, expired and planned rules, unknown limits."""

from datetime import date

import pytest
from django.db import transaction

from challenges.procurement import loading
from challenges.procurement.adviser import advise, facts
from challenges.procurement.models import EuThreshold, Procedure, ProcurementRule
from profiles.models import State
from tests.factories import make_rules

TODAY = date(2026, 11, 22)
VALUES = (900, 1000, 5000, 10_000, 25_000, 50_000, 100_000, 100_001, 150_000, 215_999, 216_000)
D, V, B, P, F = "direct", "negotiated", "restricted", "open", "free"
KEYS = {
    "direktauftrag": D,
    "verhandlungsvergabe": V,
    "freihaendige_vergabe": V,
    "beschraenkte_ausschreibung_ohne_tw": B,
    "verhandlungsvergabe_mit_tw": "call",
    "oeffentliche_ausschreibung": P,
    "freie_verfahrenswahl": F,
    "offenes_verfahren": "EU",
}
FREE_UP_TO_EU = [D] * 7 + [V] * 3 + ["EU"]
#            900  1000 5000 10t 25t 50t 100t 100.001 150t 215.999 216t
EXPECTED = {
    "DE-BW": FREE_UP_TO_EU,
    "DE-BY": FREE_UP_TO_EU,
    "DE-BB": FREE_UP_TO_EU,
    "DE-SL": FREE_UP_TO_EU,
    "DE-ST": FREE_UP_TO_EU,
    "DE-BE": [D, D, V, V, B, B, B, P, P, P, "EU"],
    "DE-HB": [D, D, V, V, V, V, B, P, P, P, "EU"],
    "DE-HH": [D, D, D, V, V, V, V, P, P, P, "EU"],
    "DE-HE": [D, D, D, D, V, V, B, P, P, P, "EU"],
    "DE-MV": [D] * 7 + [P] * 3 + ["EU"],
    "DE-NI": [D, D, D, D, V, V, V, P, P, P, "EU"],
    "DE-NW": [F] * 10 + ["EU"],
    "DE-RP": [D, D, D, D, V, V, V, P, P, P, "EU"],
    "DE-SN": [V] * 5 + [P] * 5 + ["EU"],
    "DE-SH": [D, D, D, V, V, V, V, V, V, P, "EU"],
    "DE-TH": [D, D, D, D, D, V, V, V, V, V, "EU"],
}


@pytest.fixture(scope="module")
def all_rules(django_db_setup, django_db_blocker):
    """Those of all states, made once; all goes with the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_rules()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def rules(all_rules, db):
    """Let a test change what it likes."""


def suggested(value, code="DE-HE", on=TODAY, level="municipal"):
    state = State.objects.get(code=code) if code else None
    return advise(value, state, on=on, level=level)


def test_each_state_and_value_has_its_suggestion(rules):
    seen = {
        code: [KEYS[suggested(value, code).suggestion.procedure.key] for value in VALUES]
        for code in EXPECTED
    }
    assert seen == EXPECTED


def test_loading_twice_adds_nothing_and_keeps_what_an_admin_changed(rules):
    ProcurementRule.objects.filter(key="HE-direktauftrag-municipal-1").update(limit_eur=12_000)
    assert sum(loading.load().values()) == 0
    assert suggested(12_000).suggestion.procedure.key == "direktauftrag"


def test_the_limit_itself_is_allowed_and_the_next_euro_is_not(rules):
    assert suggested(10_000).suggestion.procedure.key == "direktauftrag"
    assert suggested(10_001).suggestion.procedure.key == "verhandlungsvergabe"


def test_the_eu_threshold_is_triggered_by_reaching_it(rules):
    assert not suggested(215_999).is_above_eu
    assert suggested(216_000).is_above_eu


def test_the_threshold_is_that_of_the_day(rules):
    assert not suggested(216_000, on=date(2025, 12, 31)).is_above_eu
    assert suggested(221_000, on=date(2025, 12, 31)).is_above_eu


def test_a_day_without_a_threshold_has_no_suggestion_but_the_procurement_office(rules):
    advice = suggested(900, on=date(2028, 1, 1))
    assert (advice.suggestion, advice.limit_is_known) == (None, False)


def test_a_planned_rule_is_never_applied(rules):
    assert ProcurementRule.objects.get(key="HE-direktauftrag-municipal-2").limit_eur == 100_000
    assert suggested(60_000).suggestion.rule.status == "in_force"
    assert suggested(60_000).suggestion.procedure.key == "beschraenkte_ausschreibung_ohne_tw"


def test_a_rule_holds_on_its_last_day_and_not_after_it(rules):
    assert suggested(90_000, "DE-BW", date(2027, 10, 1)).suggestion.rule.limit_eur == 100_000
    after = suggested(90_000, "DE-BW", date(2027, 10, 2))
    assert after.suggestion.procedure.key == "oeffentliche_ausschreibung"
    assert not after.limit_is_known


@pytest.mark.parametrize(("code", "value"), [("DE-MV", 100_001), ("DE-SN", 25_001), (None, 1001)])
def test_where_a_limit_is_not_known_it_says_so(rules, code, value):
    assert not suggested(value, code).limit_is_known
    assert suggested(900, code).limit_is_known


def test_a_limit_that_is_known_and_exceeded_is_a_public_tender(rules):
    advice = suggested(100_001, "DE-RP")
    assert advice.limit_is_known
    assert advice.suggestion.procedure.key == "oeffentliche_ausschreibung"


def test_what_is_for_start_ups_only_is_named_beside(rules):
    advice = suggested(150_000, "DE-BW", level="state")
    assert advice.suggestion.procedure.key != "direktauftrag_startup"
    assert "direktauftrag_startup" in {row.procedure.key for row in advice.alternatives}
    municipal = suggested(150_000, "DE-BW")
    assert "direktauftrag_startup" not in {row.procedure.key for row in municipal.alternatives}


def test_the_facts_stay_as_they_were_when_the_rule_changes(rules):
    procedure = Procedure.objects.get(key="direktauftrag")
    hesse = State.objects.get(code="DE-HE")
    kept = facts(procedure, 9000, hesse, on=TODAY, level="municipal")
    ProcurementRule.objects.update(source="anders")
    assert kept["rule"]["source"] != "anders"
    assert kept["threshold"]["sub_central_eur"] == 216_000
    assert EuThreshold.objects.on(TODAY).count() == 1


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("value=9000&region=DE-HE&day=2026-11-22", "Direktauftrag"),
        ("value=216000&region=DE-HE&day=2026-11-22", "ersetzt sie nicht"),
        ("value=150000&region=DE-MV&day=2026-11-22", "Fragen Sie Ihre Vergabestelle"),
        ("value=viel&region=DE-MV&day=2026-11-22", "Bitte prüfen Sie Ihre Angaben"),
        ("", "Keine Rechtsberatung"),
    ],
)
def test_the_page_shows_it(client, rules, query, text):
    assert text in client.get(f"/challenges/vergabeweg/?{query}").text
