import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from profiles.deployments import asking
from profiles.deployments.models import Verdict
from profiles.models import ConfirmationRequest, Deployment, Organisation
from tests.factories import (
    LONG_AGO,
    make_deployment,
    make_member,
    make_organisation,
    make_provider,
    make_request,
    make_solution,
)
from tests.mailbox import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def solution():
    organisation = make_organisation(kind="provider", verified_at=LONG_AGO)
    return make_solution(provider=make_provider(organisation=organisation))


@pytest.fixture
def editor(solution, client):
    user = make_member(solution.provider.organisation, "editor")
    client.force_login(user)
    return user


def enter(client, solution, town, **fields):
    data = {"municipality": town.municipality.ags, "phase": "P4", "address": "amt@a.example"}
    return client.post(reverse("deployments:new", args=[solution.slug]), data | fields)


def link_of(request) -> str:
    return reverse("deployments:confirm", args=[request.token])


def text(response) -> str:
    return response.content.decode()


def test_what_a_provider_enters_is_asked_of_the_address(client, editor, solution, town):
    enter(client, solution, town)
    deployment = Deployment.objects.get()
    assert not deployment.is_confirmed
    assert letters()[0].to == ["amt@a.example"]
    assert link_of(deployment.requests.get()) in mail.outbox[0].body


def test_without_an_address_the_people_of_the_town_are_asked(client, editor, solution, town):
    reader = make_member(town, "viewer")
    decider = make_member(town, "editor")
    enter(client, solution, town, address="")
    assert [letter.to for letter in letters()] == [[decider.email]]
    assert reader.email not in mail.outbox[0].to


def test_without_an_address_somebody_has_to_be_there(client, editor, solution, town):
    page = text(enter(client, solution, town, address="", result="Viel gespart"))
    assert "Bitte nennen Sie eine Adresse" in page
    assert "Viel gespart" in page
    assert not Deployment.objects.exists()


def test_a_provider_does_not_name_itself(client, editor, solution, town):
    assert "Adresse des Anbieters" in text(enter(client, solution, town, address=editor.email))
    assert not Deployment.objects.exists()


def test_the_same_place_is_entered_once(client, editor, solution, town):
    make_deployment(solution, municipality=town.municipality)
    assert "schon eingetragen" in text(enter(client, solution, town))


def test_tomorrow_is_not_yet_in_use(client, editor, solution, town):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "liegt in der Zukunft" in text(enter(client, solution, town, since=tomorrow))


def test_an_unverified_provider_is_told_so_and_asks_nobody(client, editor, solution, town):
    organisation = solution.provider.organisation
    organisation.verified_at = None
    organisation.save()
    assert "erst, wenn Ihre Organisation geprüft ist" in text(enter(client, solution, town))
    assert not Deployment.objects.exists()


def test_a_change_voids_the_confirmation_and_the_old_link(client, editor, solution, town):
    deployment = make_deployment(solution, municipality=town.municipality)
    first = make_request(deployment, "amt@musterstadt.example")
    change(client, deployment, seen_by(client, deployment), phase="P5")
    deployment.refresh_from_db()
    assert (deployment.phase, deployment.is_confirmed) == ("P5", False)
    page = client.get(link_of(first))
    assert page.status_code == 410
    assert "Dieser Link gilt nicht mehr" in text(page)


def seen_by(client, deployment) -> str:
    page = client.get(reverse("deployments:edit", args=[deployment.pk]))
    return re.search(r'name="seen" value="(\w+)"', text(page))[1]


def change(client, deployment, seen, **fields):
    data = {"phase": "P4", "address": "amt@musterstadt.example", "seen": seen}
    return client.post(reverse("deployments:edit", args=[deployment.pk]), data | fields)


@pytest.mark.parametrize(
    "verdict", [Verdict(reason="Nie gehört"), Verdict(corrections={"phase": "P3"})]
)
def test_a_change_of_what_the_town_has_answered_meanwhile_is_not_made_unseen(
    client, editor, solution, town, verdict
):
    deployment = make_deployment(solution, municipality=town.municipality, confirmed_at=None)
    request = make_request(deployment, "amt@musterstadt.example")
    seen = seen_by(client, deployment)
    request.answer(verdict, by=None, at=timezone.now())
    page = change(client, deployment, seen, phase="P5", result="Viel gespart")
    assert "hat sich inzwischen geändert" in text(page)
    assert "Viel gespart" in text(page)
    deployment.refresh_from_db()
    assert deployment.state != Deployment.State.WAITING
    assert deployment.phase != "P5"
    assert str(deployment.state.label) in text(page)
    again = re.search(r'name="seen" value="(\w+)"', text(page))[1]
    assert change(client, deployment, again, phase="P5").status_code == 302
    deployment.refresh_from_db()
    assert (deployment.phase, deployment.state) == ("P5", Deployment.State.WAITING)


def test_a_mistake_in_a_change_does_not_count_as_having_seen_the_answer(
    client, editor, solution, town
):
    deployment = make_deployment(solution, municipality=town.municipality, confirmed_at=None)
    seen = seen_by(client, deployment)
    Deployment.objects.update(confirmed_at=LONG_AGO)
    page = change(client, deployment, seen, phase="P9")
    assert f'name="seen" value="{seen}"' in text(page)


def test_asking_again_asks_the_same_address(client, editor, solution, town):
    deployment = make_deployment(solution, municipality=town.municipality, confirmed_at=None)
    make_request(deployment, "amt@musterstadt.example")
    client.post(reverse("deployments:resend", args=[deployment.pk]))
    assert deployment.requests.count() == 2
    assert [letter.to for letter in letters()] == [["amt@musterstadt.example"]]


def test_nobody_is_asked_again_who_has_answered_while_the_click_waited(
    client, editor, solution, town
):
    deployment = make_deployment(solution, municipality=town.municipality, confirmed_at=None)
    request = make_request(deployment, "amt@musterstadt.example")
    old = Deployment.objects.for_rows().get()
    request.answer(Verdict(corrections={"phase": "P2"}), by=None, at=timezone.now())
    with pytest.raises(ValidationError, match="inzwischen geantwortet"):
        asking.ask_again(old, by=editor, at=timezone.now())
    page = client.post(reverse("deployments:resend", args=[deployment.pk]), follow=True)
    assert "Die Kommune hat inzwischen geantwortet." in text(page)
    deployment.refresh_from_db()
    assert (deployment.phase, deployment.state) == ("P2", Deployment.State.CONFIRMED)


def test_an_unverified_provider_asks_nobody_again(client, editor, solution, town):
    deployment = make_deployment(solution, municipality=town.municipality, confirmed_at=None)
    make_request(deployment, "amt@musterstadt.example")
    Organisation.objects.filter(pk=solution.provider.organisation.pk).update(verified_at=None)
    page = client.post(reverse("deployments:resend", args=[deployment.pk]), follow=True)
    assert "Ihre Organisation ist noch nicht geprüft." in text(page)
    assert not letters()


def test_asking_too_often_is_said_and_loses_nothing(client, editor, solution, town):
    with override_settings(DEPLOYMENT_REQUESTS_PER_DAY=0):
        page = text(enter(client, solution, town, result="Viel gespart"))
    assert "oft genug gefragt" in page
    assert "Viel gespart" in page


def test_a_deleted_entry_takes_its_link_along(client, editor, solution, town):
    deployment = make_deployment(solution, municipality=town.municipality, confirmed_at=None)
    link = link_of(make_request(deployment, "amt@musterstadt.example"))
    client.post(reverse("deployments:remove", args=[deployment.pk]))
    assert client.get(link).status_code == 404


def test_opening_the_link_decides_nothing(client, town):
    request = make_request(address="amt@musterstadt.example")
    page = client.get(link_of(request))
    client.head(link_of(request))
    request.deployment.refresh_from_db()
    assert request.deployment.state == Deployment.State.WAITING
    assert page["Cache-Control"].count("no-store") == 1


def test_one_click_confirms_and_the_provider_hears_of_it(client, town, solution):
    owner = make_member(solution.provider.organisation)
    deployment = make_deployment(solution, municipality=town.municipality, confirmed_at=None)
    request = make_request(deployment, "amt@musterstadt.example")
    page = client.post(link_of(request), {"decision": "confirm"})
    deployment.refresh_from_db()
    assert deployment.is_confirmed
    assert "Beantwortet: bestätigt" in text(page)
    assert [letter.to for letter in letters()] == [[owner.email]]


def test_a_used_link_shows_what_was_decided(client):
    request = make_request(address="amt@musterstadt.example")
    client.post(link_of(request), {"decision": "decline", "decline-reason": "Nie gehört"})
    page = client.post(link_of(request), {"decision": "confirm"})
    assert "Nie gehört" in text(page)
    assert "Beantwortet: abgelehnt" in text(client.get(link_of(request)))
    request.deployment.refresh_from_db()
    assert request.deployment.is_declined


def test_a_no_without_a_reason_is_asked_for_one(client):
    request = make_request(address="amt@musterstadt.example")
    page = client.post(link_of(request), {"decision": "decline", "decline-reason": ""})
    assert "Hier fehlt noch eine Angabe" in text(page)
    assert not ConfirmationRequest.objects.get().answered_at


def test_a_correction_is_mailed_and_shown_to_the_provider(client, editor, solution, town):
    deployment = make_deployment(
        solution, municipality=town.municipality, confirmed_at=None, phase="P5"
    )
    request = make_request(deployment, "amt@musterstadt.example")
    data = {"decision": "correct", "correct-phase": "P3", "correct-result": "Läuft an"}
    client.post(link_of(request), data)
    assert "P5 Horizontale Skalierung → P3 Pilot" in letters()[0].body
    page = text(client.get(deployment.get_absolute_url()))
    assert "Die Kommune hat berichtigt" in page
    assert "P3 Pilot" in page


def test_an_expired_link_decides_nothing(client):
    request = make_request(address="a@a.example", at=timezone.now() - timedelta(days=30))
    page = client.post(link_of(request), {"decision": "confirm"})
    assert page.status_code == 410
    assert "abgelaufen" in text(page)
    assert not ConfirmationRequest.objects.get().answered_at


def test_people_of_the_town_answer_after_the_link_has_expired(client, town, solution):
    deployment = make_deployment(solution, municipality=town.municipality, confirmed_at=None)
    request = make_request(deployment, "a@a.example", at=timezone.now() - timedelta(days=40))
    client.force_login(make_member(town))
    address = reverse("deployments:decide", args=[request.pk])
    client.post(address, {"decision": "confirm", "confirm-consents": "on"})
    deployment.refresh_from_db()
    assert deployment.is_confirmed
    assert deployment.contact_consent_at
    assert client.get(address).status_code == 302


def test_the_town_reads_what_is_said_of_it_and_withdraws(client, town, solution):
    deployment = make_deployment(solution, municipality=town.municipality)
    client.force_login(make_member(town, "editor"))
    assert solution.title in text(client.get(reverse("deployments:list")))
    address = reverse("deployments:withdraw", args=[deployment.pk])
    client.post(address, {"reason": "Abgeschaltet"})
    deployment.refresh_from_db()
    assert deployment.is_declined
    assert client.get(address).status_code == 404


def test_an_unchecked_answer_waits_for_an_agency(client, town, solution):
    deployment = make_deployment(
        solution,
        municipality=town.municipality,
        confirmed_at=None,
        mail_confirmed_at=LONG_AGO,
    )
    page = text(client.get(solution.get_absolute_url()))
    assert "bestätigt per E-Mail, Organisation nicht geprüft" in page
    assert deployment not in Deployment.objects.confirmed()


def test_a_declined_one_is_not_on_the_page_of_the_solution(client, town, solution):
    declined = {"confirmed_at": None, "declined_at": LONG_AGO, "decline_reason": "Nein"}
    make_deployment(solution, municipality=town.municipality, **declined)
    assert town.municipality.name not in text(client.get(solution.get_absolute_url()))


@pytest.mark.parametrize(("confirmed_at", "is_open"), [(None, True), (LONG_AGO, False)])
def test_what_counts_already_does_not_wait_for_an_answer(
    client, editor, solution, confirmed_at, is_open
):
    deployment = make_deployment(solution, confirmed_at=confirmed_at)
    page = text(client.get(deployment.get_absolute_url()))
    assert ("Die Kommune hat noch nicht geantwortet." in page) == is_open


@pytest.mark.parametrize("rows", [1, 15])
def test_the_list_needs_the_same_queries_whatever_its_length(
    client, editor, solution, django_assert_max_num_queries, rows
):
    for _ in range(rows):
        make_deployment(solution)
    with django_assert_max_num_queries(16):
        client.get(reverse("deployments:list"))
