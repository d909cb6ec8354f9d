"""Open data of challenges: what is told, when, and what never is."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.calls.lifecycle import Action
from challenges.models import Addendum, Application, Challenge, Decision
from challenges.opendata.merging import compiled
from marketplace.demo import challenges as demo
from profiles import reference
from tests.challenges.opendata.making import log, make_applications, make_ended, make_told
from tests.challenges.opendata.ocds import check, published
from tests.factories import (
    make_challenge,
    make_member,
    make_organisation,
    make_provider,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
LISTS = ["api:ocds-release-list", "api:ocds-record-list"]


@pytest.fixture(autouse=True)
def no_rates(monkeypatch):
    from rest_framework.throttling import SimpleRateThrottle

    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": None, "user": None})


def releases_of(client, call):
    """Fetch the releases of one, checked; by their tags."""
    package = client.get(reverse("api:ocds-release-detail", args=[call.slug])).json()
    check(package)
    return {release["tag"][0]: release for release in package["releases"]}


def record_of(client, call):
    package = client.get(reverse("api:ocds-record-detail", args=[call.slug])).json()
    check(package)
    (record,) = package["records"]
    return record["compiledRelease"]


def test_every_challenge_of_the_demo_is_told_as_the_standard_demands(client):
    reference.load()
    for _ in range(3):
        make_provider()
    demo.load()
    for name in LISTS:
        package = client.get(reverse(name)).json()
        check(package)
    tenders = [record["compiledRelease"]["tender"] for record in package["records"]]
    told = {tender["title"] for tender in tenders}
    assert {tender["status"] for tender in tenders} == {
        "active",
        "cancelled",
        "complete",
        "unsuccessful",
    }
    hidden = Challenge.objects.filter(state__in=["draft", "in_review"])
    assert len(told) == Challenge.objects.count() - hidden.count() == 10
    for call in hidden:
        assert call.title not in told
        for name in ("api:ocds-release-detail", "api:ocds-record-detail"):
            assert client.get(reverse(name, args=[call.slug])).status_code == 404


@pytest.mark.parametrize("state", ["draft", "in_review", "cancelled"])
def test_what_was_never_published_is_not_told(client, state):
    call = make_challenge(state=state, title="Bleibt geheim")
    if state == "cancelled":
        log(call, Action.CANCEL, reason="Kein Geld")
    for name in LISTS:
        assert "geheim" not in client.get(reverse(name)).text
        assert client.get(reverse(name)).status_code == 200


def test_the_tender_says_what_the_page_says(client):
    call = make_told(
        budget_eur=9000,
        procedure_facts={
            "key": "direktauftrag",
            "ocds_method": "direct",
            "name_de": "Direktauftrag",
            "legal_basis": "§ 14 UVgO",
        },
        pitch_on=timezone.localdate() + timedelta(days=30),
        decision_on=timezone.localdate() + timedelta(days=40),
        eligible_kinds=["startup", "sme"],
    )
    call.topics.add(make_topic("bauen", cpv_codes=["48000000", "72000000"]))
    partner = make_organisation(name="Nachbarstadt")
    call.partners.add(partner)
    tender = releases_of(client, call)["tender"]
    text = tender["tender"]
    assert (text["title"], text["status"]) == (call.title, "active")
    assert text["value"] == {"amount": 9000, "currency": "EUR"}
    assert text["procurementMethod"] == "direct"
    assert text["awardCriteria"] == "ratedCriteria"
    assert text["awardCriteriaDetails"] == "Eignung: 70 %; Preis: 30 %"
    assert text["eligibilityCriteria"] == "Start-up, mittelständisches Unternehmen"
    (item,) = text["items"]
    assert item["classification"] == {"scheme": "CPV", "id": "48000000"}
    assert item["additionalClassifications"] == [{"scheme": "CPV", "id": "72000000"}]
    assert [row["id"] for row in text["milestones"]] == ["pitch", "decision"]
    assert [party["name"] for party in tender["parties"]] == [
        call.organisation.name,
        "Nachbarstadt",
    ]


def test_a_procedure_without_a_method_of_the_standard_names_none(client):
    call = make_told(procedure_facts={"key": "markterkundung", "ocds_method": ""})
    assert "procurementMethod" not in releases_of(client, call)["tender"]["tender"]


@pytest.mark.parametrize(
    ("criteria", "expected"), [({"Preis": 100}, "priceOnly"), ({"Eignung": 100}, "qualityOnly")]
)
def test_criteria_are_named_by_whether_the_price_counts(client, criteria, expected):
    call = make_told(criteria=criteria)
    assert releases_of(client, call)["tender"]["tender"]["awardCriteria"] == expected


def test_an_addendum_is_an_update_and_leaves_the_first_text_as_it_was(client):
    call = make_told()
    before = releases_of(client, call)
    later = call.applications_until + timedelta(days=7)
    by = make_member(call.organisation)
    addendum = {"by": by, "at": timezone.now()}
    Addendum.objects.add(call, "Mehr Zeit", applications_until=later, **addendum)
    after = releases_of(client, call)
    assert {tag: after[tag] for tag in before} == before
    update = after["tenderUpdate"]["tender"]
    (change,) = update["amendments"]
    assert change["description"] == "Mehr Zeit"
    assert change["amendsReleaseID"] == before["tender"]["id"]
    first, last = (part["tenderPeriod"]["endDate"] for part in (before["tender"]["tender"], update))
    assert first < last
    assert record_of(client, call)["tender"]["tenderPeriod"]["endDate"] == last


def test_a_note_without_a_new_deadline_moves_none(client):
    call = make_told()
    by = make_member(call.organisation)
    Addendum.objects.add(call, "Ein Hinweis", by=by, at=timezone.now())
    assert set(releases_of(client, call)["tenderUpdate"]["tender"]) == {"id", "amendments"}


def test_a_cancelled_one_says_why(client):
    call = make_told()
    log(call, Action.CANCEL, reason="Kein Geld")
    cancelled = releases_of(client, call)["tenderCancellation"]["tender"]
    assert cancelled["status"] == "cancelled"
    assert cancelled["amendments"][0]["rationale"] == "Kein Geld"
    assert record_of(client, call)["tender"]["status"] == "cancelled"


def test_one_without_an_award_is_unsuccessful_and_says_why(client):
    call = make_ended(action=Action.END_WITHOUT_AWARD, reason="Nichts passte")
    (award,) = releases_of(client, call)["award"]["awards"]
    assert (award["status"], award["description"]) == ("unsuccessful", "Nichts passte")
    assert record_of(client, call)["tender"]["status"] == "unsuccessful"


def decide(call, winner, *, standstill):
    now = timezone.now()
    return Decision.objects.create(
        challenge=call,
        winner=winner,
        reason="Sie löst es",
        proposed_by=make_user(),
        proposed_at=now,
        signed_by=make_user(),
        signed_at=now - timedelta(days=20),
        standstill_until=now + standstill,
    )


def test_during_the_standstill_no_winner_is_told(client):
    call = make_ended(startups=1)
    decide(call, Application.objects.get(), standstill=timedelta(days=1))
    assert "awardUpdate" not in releases_of(client, call)


def test_an_award_names_nobody_until_the_winner_may_be_known(client):
    call = make_ended(startups=2, reason="Siegerin ist die Geheim GmbH")
    applicant, other = Application.objects.all()
    awarded = releases_of(client, call)
    assert "awardUpdate" not in awarded
    text = json.dumps(awarded, ensure_ascii=False)
    assert applicant.organisation.name not in text
    assert "Geheim" not in text

    decide(call, applicant, standstill=timedelta(seconds=-1))
    told = releases_of(client, call)
    assert told["award"] == awarded["award"]
    (award,) = record_of(client, call)["awards"]
    assert award["status"] == "active"
    assert award["suppliers"][0]["name"] == applicant.organisation.name
    assert other.organisation.name not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("action", [None, Action.CANCEL, Action.END_WITHOUT_AWARD])
def test_who_applied_is_not_told_while_it_runs_nor_without_an_award(client, action):
    call = make_told()
    make_applications(call, ["startup"] * 5)
    if action:
        log(call, action, reason="Kein Geld")
    names = [row.organisation.name for row in Application.objects.all()]
    for name in [*LISTS, "api:challenge-figures"]:
        text = client.get(reverse(name)).text
        assert not any(applicant in text for applicant in names)
        assert "numberOfTenderers" not in text


@pytest.mark.parametrize(("startups", "is_opened"), [(4, True), (5, False)])
def test_few_or_sealed_applications_are_not_counted(client, startups, is_opened):
    call = make_ended(startups=startups, is_opened=is_opened)
    assert "numberOfTenderers" not in releases_of(client, call)["award"]["tender"]


def test_five_opened_applications_are_counted_after_the_award_alone(client):
    call = make_ended(startups=5)
    assert releases_of(client, call)["award"]["tender"]["numberOfTenderers"] == 5
    Challenge.objects.filter(pk=call.pk).update(state="decision")
    assert "numberOfTenderers" not in client.get(reverse(LISTS[0])).text


def test_no_person_is_told_of(client):
    call = make_told(contact="Erika Muster, erika@stadt.example")
    log(call, Action.AWARD)
    for name in LISTS:
        text = client.get(reverse(name)).text
        assert "Erika" not in text
        assert "@" not in text


def test_the_prefix_and_the_licence_are_settings(client, settings):
    settings.OCDS_PREFIX = "ocds-abc123"
    settings.OCDS_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
    call = make_told()
    assert record_of(client, call)["ocid"] == f"ocds-abc123-challenge-{call.pk}"
    assert client.get(reverse(LISTS[0])).json()["license"] == settings.OCDS_LICENCE


@pytest.mark.parametrize(("name", "kind"), list(zip(LISTS, ["releases", "records"], strict=True)))
def test_lists_come_in_pages_and_narrowed(client, name, kind):
    calls = [make_told(title=f"Vorhaben {number}") for number in range(3)]
    first = client.get(reverse(name), {"page_size": 2}).json()
    check(first)
    assert "prev" not in first["links"]
    last = client.get(first["links"]["next"]).json()
    check(last)
    assert set(last["links"]) == {"prev"}
    ocids = [row["ocid"] for package in (first, last) for row in package[kind]]
    assert {ocid.rpartition("-")[2] for ocid in ocids} == {str(call.pk) for call in calls}
    narrowed = client.get(reverse(name), {"search": "Vorhaben 1"}).json()
    assert {row["ocid"].rpartition("-")[2] for row in narrowed[kind]} == {str(calls[1].pk)}


def test_queries_do_not_grow_with_the_rows(client, django_assert_max_num_queries):
    addresses = [reverse(name) for name in [*LISTS, "api:challenge-figures", "opendata:figures"]]
    for rows in (1, 14):
        for _ in range(rows):
            make_ended(startups=1).partners.add(make_organisation())
        for address in addresses:
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200


def test_merging_keeps_the_last_value_and_rows_by_their_id():
    start = {"ocid": "o", "id": "1", "date": "2027-01-01", "tag": ["tender"]}
    first = start | {"tender": {"title": "A", "items": [{"id": "x", "n": 1}], "list": [1, 2]}}
    second = start | {
        "id": "2",
        "date": "2027-02-01",
        "tender": {"items": [{"id": "x", "n": 2}, {"id": "y"}], "list": [3]},
    }
    result = compiled([first, second])
    assert result["tender"] == {
        "title": "A",
        "items": [{"id": "x", "n": 2}, {"id": "y"}],
        "list": [3],
    }
    assert (result["id"], result["tag"]) == ("o-2027-02-01", ["compiled"])
    assert first["tender"]["items"] == [{"id": "x", "n": 1}]


def test_the_published_schema_refuses_what_is_missing_or_of_another_kind(client):
    call = make_told()
    package = client.get(reverse("api:ocds-release-detail", args=[call.slug])).json()
    release = package["releases"][0]
    assert published().is_valid(release)
    for field, value in (("tag", ["awarded"]), ("date", 7), ("initiationType", "none")):
        assert not published().is_valid(release | {field: value}), field
    assert not published().is_valid({key: release[key] for key in release if key != "ocid"})
