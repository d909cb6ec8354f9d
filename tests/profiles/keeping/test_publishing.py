"""From the draft to the market: what is written, what is compared, what is missing."""

from datetime import date

import pytest
from django.utils import timezone

from profiles.keeping.completeness import completeness
from profiles.keeping.merging import merge
from profiles.keeping.publishing import publish
from profiles.keeping.snapshots import snapshot
from profiles.keeping.steps import STEP_OF, Whole
from profiles.keeping.words import Words
from profiles.models import Solution, SolutionDraft
from tests.factories import (
    LONG_AGO,
    draft_data,
    make_claim,
    make_draft,
    make_solution,
    make_standard,
    make_state,
    make_tag,
    make_topic,
    make_user,
    make_verified_provider,
)

NOW = timezone.now()
CLAIM = {
    "standard": "bsi",
    "status": "evidence_uploaded",
    "version_or_level": "C5",
    "scope": "Betrieb",
    "issuer": "Prüfstelle",
    "certificate_no": "1",
    "evidence_url": "https://muster.example/nachweis",
    "valid_from": "2026-01-01",
    "valid_until": "2027-01-01",
}


def put_out(data, **fields) -> bool:
    draft = make_draft(state="submitted", data=data, **fields)
    return publish(draft, seen=1, by=make_user(), at=NOW)


@pytest.mark.django_db
def test_publishing_writes_fields_topics_and_claims():
    make_standard("bsi")
    data = draft_data(
        technology_tags=[make_tag("ki").key],
        regions=[make_state().code],
        claims=[CLAIM],
        price_model="subscription",
        price_from_eur=0,
        seeks_pilot=True,
        pilot_offer="Ein Jahr frei",
    )
    assert put_out(data)
    solution = Solution.objects.published().get()
    assert snapshot(solution) | data == snapshot(solution)
    assert solution.claims.get().valid_until == date(2027, 1, 1)
    assert solution.published_at == NOW


@pytest.mark.django_db
def test_an_edited_solution_keeps_address_and_day():
    solution = make_solution(provider=make_verified_provider(), topics=[make_topic()])
    data = snapshot(solution) | {"title": "Neuer Name"}
    assert put_out(data, provider=solution.provider, solution=solution)
    written = Solution.objects.get()
    assert (written.slug, written.published_at) == (solution.slug, LONG_AGO)
    assert written.title == "Neuer Name"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"topics": []},
        {"topics": ["gibt-es-nicht"]},
        {"phase": "P9"},
        {"hosting": ["mond"]},
        {"min_population": 5, "max_population": 4},
        {"pilot_offer": "Frei"},
        {"price_model": "free", "price_from_eur": 9000},
        {"claims": [{"standard": "gibt-es-nicht", "status": "planned"}]},
        {"claims": [CLAIM | {"status": "verified"}]},
        {"claims": [CLAIM | {"evidence_url": ""}]},
        {"claims": [CLAIM, CLAIM]},
    ],
)
def test_what_is_not_whole_is_not_published(wrong):
    make_standard("bsi")
    data = draft_data() | wrong
    assert Whole(SolutionDraft(data=data)).problems()
    assert not put_out(data)
    assert not Solution.objects.exists()


@pytest.mark.django_db
def test_what_nobody_filled_in_is_named_in_a_list_as_missing():
    whole = Whole(SolutionDraft(data=draft_data() | {"title": ""}))
    assert [(str(found.label), found.text) for found in whole.problems()] == [
        ("Titel", "fehlt noch")
    ]


@pytest.mark.django_db
def test_the_draft_of_an_organisation_that_lost_its_verification_is_not_published():
    draft = make_draft(state="submitted")
    draft.provider.organisation.decline("Anders", at=NOW)
    assert not publish(draft, seen=1, by=make_user(), at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "status", "checked"),
    [({}, "verified", True), ({"scope": "Alles"}, "evidence_uploaded", False)],
)
def test_a_checked_claim_stays_checked_only_as_it_is(change, status, checked):
    solution = make_solution(provider=make_verified_provider(), topics=[make_topic()])
    fields = {name: value for name, value in CLAIM.items() if name != "standard"}
    make_claim(
        solution, make_standard("bsi"), **fields | {"status": "verified", "verified_at": LONG_AGO}
    )
    data = snapshot(Solution.objects.get())
    data["claims"][0] |= change
    assert put_out(data, provider=solution.provider, solution=solution)
    claim = solution.claims.get()
    assert (claim.status, claim.verified_at is not None) == (status, checked)


@pytest.mark.django_db
def test_what_a_withdrawn_solution_says_may_change_while_it_stays_away():
    provider = make_verified_provider()
    solution = make_solution(
        provider=provider, topics=[make_topic()], published_at=None, withdrawn_at=LONG_AGO
    )
    data = snapshot(solution) | {"title": "Neu"}
    assert put_out(data, provider=provider, solution=solution)
    assert not Solution.objects.published().exists()


@pytest.mark.django_db
def test_differences_are_told_in_words():
    topic = make_topic(name_de="Parken")
    before = {"price_from_eur": 1000, "regions": [], "phase": "P3"}
    after = {"price_from_eur": None, "phase": "P3", "topics": [topic.key], "seeks_pilot": False}
    rows = [(row.field, row.before, row.after) for row in Words().differences(before, after)]
    assert rows == [("topics", "", "Parken"), ("price_from_eur", "1.000", "")]


@pytest.mark.django_db
def test_choices_in_another_order_are_no_difference():
    before = {"hosting": ["germany", "eu"], "operator_models": ["provider", "own"]}
    after = {name: values[::-1] for name, values in before.items()}
    assert not list(Words().differences(before, after))
    assert list(Words().differences(before, after | {"hosting": ["eu"]}))


@pytest.mark.django_db
def test_days_of_a_claim_are_told_as_days_of_the_language():
    make_standard("bsi")
    assert "gültig ab 01.01.2026, gültig bis 01.01.2027" in Words().of("claims", [CLAIM])


def test_completeness_counts_answers_not_their_length():
    short, long = {"title": "A"}, {"title": "A" * 150}
    assert completeness(short).reached == completeness(long).reached == 1


def test_what_does_not_apply_is_not_missing():
    fields = {point.field for point in completeness({"price_model": "free"}).missing}
    assert not fields & {"price_from_eur", "pilot_offer"}


def test_each_missing_point_is_on_a_step():
    assert {point.field for point in completeness({}).missing} <= set(STEP_OF)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "expected"),
    [
        ({"a": "1"}, {"a": "1"}, {"a": "2"}, ({"a": "2"}, [], [])),
        ({"a": "1"}, {"a": "2"}, {"a": "1"}, ({}, ["a"], [])),
        ({"a": "1"}, {"a": "2"}, {"a": "3"}, ({}, [], ["a"])),
        ({"a": "1"}, {"a": "2"}, {"a": "2"}, ({}, [], [])),
        ({}, {"a": "2"}, {"a": ""}, ({}, ["a"], [])),
        ({}, {}, {"a": 0}, ({"a": 0}, [], [])),
    ],
)
def test_only_what_both_have_changed_is_a_conflict(base, theirs, mine, expected):
    assert tuple(merge(base, theirs, mine)) == expected
