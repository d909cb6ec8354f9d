"""What a municipality says, by whom it counts, and what becomes of a link."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from profiles.deployments import asking, decisions
from profiles.deployments.models import ConfirmationRequest, Verdict
from profiles.deployments.trust import is_vouched_for
from profiles.models import Deployment, Membership
from tests.factories import (
    make_deployment,
    make_member,
    make_municipality,
    make_organisation,
    make_provider,
    make_request,
    make_solution,
    make_user,
)
from tests.mailbox import letters

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
State = ConfirmationRequest.State

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_organisation(
        kind="municipality", verified_at=NOW, mail_domain="musterstadt.example"
    )


@pytest.fixture
def waiting(town):
    return make_deployment(offered(), municipality=town.municipality, confirmed_at=None)


def offered():
    return make_solution(
        provider=make_provider(organisation=make_organisation(kind="provider", verified_at=NOW))
    )


def asked(deployment, address="amt@musterstadt.example"):
    return make_request(deployment, address, at=NOW)


def said(request, verdict=None, by=None):
    answer = request.answer(verdict or Verdict(), by=by, at=NOW)
    request.deployment.refresh_from_db()
    return answer


def test_an_answer_from_the_towns_own_domain_counts_at_once(waiting):
    said(asked(waiting, "Amt@MusterStadt.example"))
    assert waiting.state == Deployment.State.CONFIRMED
    assert waiting in Deployment.objects.confirmed()


def test_an_answer_from_elsewhere_is_kept_but_does_not_count(waiting):
    said(asked(waiting, "wegwerf@irgendwo.example"))
    assert waiting.state == Deployment.State.TO_CHECK
    assert list(Deployment.objects.to_check()) == [waiting]
    assert not Deployment.objects.confirmed().exists()


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"verified_at": None}, "amt@musterstadt.example"),
        ({"kind": "intermediary", "intermediary_kind": "association"}, "amt@musterstadt.example"),
        ({"mail_domain": "gmx.de"}, "amt@gmx.de"),
        ({}, "amt@musterstadt.example.com"),
        ({}, "amt@x-musterstadt.example"),
        ({}, ""),
    ],
)
def test_no_address_vouches_but_that_of_a_verified_town(fields, address):
    place = make_municipality()
    given = {"kind": "municipality", "verified_at": NOW, "mail_domain": "musterstadt.example"}
    make_organisation(**given | {"municipality": place} | fields)
    other = make_organisation()
    assert not is_vouched_for(address, place, against=other)


def test_a_member_of_the_provider_confirms_nothing_even_from_the_towns_domain(town, waiting):
    insider = make_user(email="doppelt@musterstadt.example")
    provider = waiting.solution.provider.organisation
    Membership.objects.create(organisation=provider, user=insider, role="viewer")
    said(asked(waiting, insider.email))
    assert waiting.state == Deployment.State.TO_CHECK


def test_who_belongs_to_provider_and_town_decides_nothing(town, waiting):
    both = make_member(town)
    assert waiting in Deployment.objects.decidable_by(both)
    provider = waiting.solution.provider.organisation
    Membership.objects.create(organisation=provider, user=both, role="viewer")
    assert waiting not in Deployment.objects.decidable_by(both)


def test_people_of_the_town_confirm_at_once(town, waiting):
    editor = make_member(town, "editor")
    answer = said(asked(waiting, ""), by=editor)
    assert waiting.state == Deployment.State.CONFIRMED
    assert (answer.by, answer.address) == (editor, "")


def test_consent_is_kept_with_who_gave_it_and_when(town, waiting):
    editor = make_member(town, "editor")
    said(asked(waiting), Verdict(consents=True), by=editor)
    assert (waiting.contact_consent_at, waiting.contact_consent_by) == (NOW, editor)
    decisions.consent(waiting, False, by=editor, at=NOW)
    waiting.refresh_from_db()
    assert waiting.contact_consent_at is None


def test_a_correction_confirms_and_shows_what_changed(waiting):
    waiting.phase = "P5"
    waiting.save()
    facts = {"phase": "P3", "since": date(2026, 3, 1), "result": "Zwei Tage schneller"}
    answer = said(asked(waiting), Verdict(corrections=facts))
    assert waiting.state == Deployment.State.CONFIRMED
    assert (waiting.phase, waiting.since) == ("P3", date(2026, 3, 1))
    assert answer.kind == "corrected"
    assert [(old, new) for _name, old, new in answer.changes] == [
        ("P5 Horizontale Skalierung", "P3 Pilot"),
        ("–", "1. März 2026"),
        ("–", "Zwei Tage schneller"),
    ]


def test_a_correction_that_changes_nothing_is_a_confirmation(waiting):
    facts = {"phase": waiting.phase, "since": None, "result": ""}
    assert said(asked(waiting), Verdict(corrections=facts)).kind == "confirmed"


def test_a_no_takes_the_entry_off_the_page(waiting):
    said(asked(waiting), Verdict(reason="Nie gehört"))
    assert (waiting.state, waiting.decline_reason) == (Deployment.State.DECLINED, "Nie gehört")
    assert not Deployment.objects.not_declined().exists()


def test_the_town_says_no_though_somebody_else_has_confirmed_meanwhile(town, waiting):
    request = asked(waiting)
    consent = {"contact_consent_at": NOW, "contact_consent_by": make_user()}
    Deployment.objects.update(confirmed_at=NOW, mail_confirmed_at=NOW, **consent)
    said(request, Verdict(reason="Nie gehört"))
    assert waiting.state == Deployment.State.DECLINED
    assert (waiting.contact_consent_at, waiting.contact_consent_by) == (None, None)


def test_the_town_says_yes_after_it_has_taken_a_yes_back(town, waiting):
    request = asked(waiting)
    Deployment.objects.update(confirmed_at=NOW)
    decisions.withdraw(waiting, "Irrtum", by=make_member(town), at=NOW)
    said(request, by=make_member(town))
    assert (waiting.state, waiting.decline_reason) == (Deployment.State.CONFIRMED, "")


def test_the_second_answer_changes_nothing(waiting):
    request = asked(waiting)
    assert said(request, Verdict(reason="Nein"))
    assert said(request) is None
    assert waiting.state == Deployment.State.DECLINED


def test_a_forged_link_finds_nothing(waiting):
    request = asked(waiting)
    number = str(request.pk)
    forged = [number, f"{number}:falsch", signing.Signer(salt="mail unsubscribe").sign(number)]
    forged += [request.token.replace(number, str(request.pk + 1), 1), request.token + "x"]
    assert ConfirmationRequest.objects.with_token(request.token).get() == request
    assert [t for t in forged if ConfirmationRequest.objects.with_token(t).exists()] == []


def test_a_link_holds_thirty_days(waiting):
    request = asked(waiting)
    assert request.state(at=request.expires_at - timedelta(seconds=1)) == State.OPEN
    assert request.state(at=request.expires_at) == State.EXPIRED
    assert request.expires_at == NOW + timedelta(days=30)


def test_asking_again_ends_the_earlier_link(waiting):
    first = asked(waiting)
    second = asked(waiting)
    first.refresh_from_db()
    assert (first.state(at=NOW), second.state(at=NOW)) == (State.SUPERSEDED, State.OPEN)
    assert said(first) is None
    assert waiting.state == Deployment.State.WAITING


def test_a_changed_entry_has_to_be_confirmed_again(waiting):
    said(asked(waiting), Verdict(consents=True))
    waiting.phase = "P5"
    asked(waiting)
    waiting.refresh_from_db()
    assert waiting.state == Deployment.State.WAITING
    assert waiting.contact_consent_at is None


def test_a_checked_sender_counts(waiting):
    said(asked(waiting, "amt@anderswo.example"))
    admin = make_user()
    assert decisions.accept(waiting, by=admin, at=NOW).kind == "accepted"
    waiting.refresh_from_db()
    assert waiting.state == Deployment.State.CONFIRMED
    assert decisions.accept(waiting, by=admin, at=NOW) is None


def test_a_rejected_sender_never_counts(waiting):
    said(asked(waiting, "amt@anderswo.example"), Verdict(consents=True))
    decisions.reject(waiting, "Adresse des Anbieters", by=make_user(), at=NOW)
    waiting.refresh_from_db()
    assert waiting.state == Deployment.State.DECLINED


def test_the_town_takes_its_yes_back(town, waiting):
    said(asked(waiting))
    decisions.withdraw(waiting, "Abgeschaltet", by=make_member(town), at=NOW)
    waiting.refresh_from_db()
    assert not waiting.is_confirmed
    assert [each.kind for each in waiting.answers.all()] == ["withdrawn", "confirmed"]


def test_nothing_is_confirmed_and_declined(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Deployment.objects.filter(pk=waiting.pk).update(confirmed_at=NOW, declined_at=NOW)


@pytest.mark.parametrize("deletes", [False, True])
def test_one_entry_is_asked_about_three_times_a_day(waiting, deletes):
    fields = {"solution": waiting.solution, "municipality": waiting.municipality, "phase": "P4"}

    def ask(**later: int) -> ConfirmationRequest:
        entry = Deployment.objects.filter(**fields).first() or Deployment(**fields)
        at = timezone.now() + timedelta(**later)
        rest = {"seen": entry.standing, "by": make_user(), "at": at}
        return asking.ask(entry, "amt@musterstadt.example", **rest)

    for _ in range(3):
        ask()
        if deletes:
            Deployment.objects.all().delete()
    with pytest.raises(ValidationError, match="oft genug"):
        ask()
    assert ask(days=1)
    assert len(letters()) == 4


@pytest.mark.parametrize("deletes", [False, True])
def test_a_provider_asks_so_often_a_day(settings, deletes):
    settings.DEPLOYMENT_REQUESTS_PER_DAY = 1
    fields = {"solution": offered(), "phase": "P4"}
    drafts = [Deployment(municipality=make_municipality(), **fields) for _ in range(2)]
    asking.ask(drafts[0], "a@a.example", by=make_user(), at=timezone.now())
    if deletes:
        drafts[0].delete()
    with pytest.raises(ValidationError, match="oft genug"):
        asking.ask(drafts[1], "b@b.example", by=make_user(), at=timezone.now())
    assert Deployment.objects.count() == (0 if deletes else 1)


def test_one_request_to_many_people_of_a_town_is_one(town, waiting, settings):
    settings.DEPLOYMENT_REQUESTS_PER_DAY = 2
    for _ in range(3):
        make_member(town)
    for _ in range(2):
        asking.ask(waiting, "", by=make_user(), at=timezone.now(), seen=waiting.standing)
    assert len(letters()) == 6


def test_a_double_click_enters_once(waiting):
    fields = {"solution": waiting.solution, "municipality": waiting.municipality, "phase": "P4"}
    with pytest.raises(ValidationError, match="schon eingetragen"):
        asking.ask(Deployment(**fields), "a@a.example", by=make_user(), at=NOW)


def test_colleagues_ask_only_where_somebody_agreed_and_reads(town, waiting):
    def is_askable() -> bool:
        return Deployment.objects.with_askable_flag().get(pk=waiting.pk).is_askable

    said(asked(waiting), Verdict(consents=True))
    assert not is_askable()
    make_member(town, "viewer")
    assert not is_askable()
    make_member(town, "editor")
    assert is_askable()
    waiting.revoke_consent()
    assert not is_askable()
