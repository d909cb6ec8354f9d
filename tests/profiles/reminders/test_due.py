from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from profiles.deployments.models import Verdict
from profiles.models import Mail, Provider
from profiles.reminders.due import remind, remind_of_claims
from tests.factories import (
    make_claim,
    make_deployment,
    make_member,
    make_organisation,
    make_provider,
    make_request,
    make_solution,
    make_standard,
)

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def solution():
    solution = make_solution(
        provider=make_provider(organisation=make_organisation(kind="provider")),
        published_at=NOW - 10 * DAY,
    )
    make_member(solution.provider.organisation, "editor")
    make_member(solution.provider.organisation, "viewer")
    return solution


def sent(kind: str) -> list[Mail]:
    return list(Mail.objects.filter(kind=kind).order_by("pk"))


@pytest.mark.parametrize(
    ("days", "mails"),
    [
        (61, 0),
        (60, 1),
        (54, 1),
        (53, 0),
        (15, 0),
        (14, 1),
        (8, 1),
        (7, 0),
        (0, 0),
        (-1, 1),
        (-8, 0),
    ],
)
def test_a_claim_reminds_60_and_14_days_ahead_and_when_it_is_over(solution, days, mails):
    make_claim(solution, make_standard(), valid_until=TODAY + days * DAY)
    remind_of_claims(on=TODAY)
    assert len(sent("claim_expires")) == mails


def test_a_claim_reminds_three_times_in_all(solution):
    make_claim(solution, make_standard(), valid_until=TODAY + 60 * DAY)
    for day in range(0, 75, 3):
        remind_of_claims(on=TODAY + day * DAY)
    assert len(sent("claim_expires")) == 3


def test_what_is_planned_or_unpublished_reminds_nobody(solution):
    make_claim(solution, make_standard(), valid_until=TODAY + 14 * DAY, status="planned")
    draft = make_solution(provider=solution.provider, published_at=None)
    make_claim(draft, make_standard(), valid_until=TODAY + 14 * DAY)
    remind_of_claims(on=TODAY)
    assert sent("claim_expires") == []


def test_a_profile_is_stale_half_a_year_after_the_last_check(solution):
    provider = solution.provider
    provider.confirm_details(at=NOW - 182 * DAY + timedelta(seconds=1))
    solution.published_at = NOW - 400 * DAY
    solution.save()
    assert not Provider.objects.stale(at=NOW).exists()
    assert list(Provider.objects.stale(at=NOW + timedelta(seconds=1))) == [provider]


def test_a_stale_profile_is_asked_about_once_for_each_check(solution):
    later = NOW + 200 * DAY
    remind(at=later)
    remind(at=later + 30 * DAY)
    assert len(sent("profile_stale")) == 1
    solution.provider.confirm_details(at=later + 31 * DAY)
    remind(at=later + 231 * DAY)
    assert len(sent("profile_stale")) == 2


def test_one_click_says_that_all_is_current(client, solution):
    provider = solution.provider
    client.force_login(provider.organisation.memberships.get(role="editor").user)
    address = reverse("provider_check", args=[provider.organisation.slug])
    assert address in client.get(provider.get_absolute_url()).content.decode()
    assert client.post(address).status_code == 302
    provider.refresh_from_db()
    assert provider.checked_at
    assert "Angaben geprüft am" in client.get(solution.get_absolute_url()).content.decode()


def test_an_unanswered_request_reminds_the_town_once(solution):
    deployment = make_deployment(solution, confirmed_at=None)
    request = make_request(deployment, "amt@a.example", at=NOW - 14 * DAY)
    remind(at=NOW - timedelta(seconds=1))
    assert sent("deployment_reminder") == []
    remind(at=NOW)
    remind(at=NOW + DAY)
    (mail,) = sent("deployment_reminder")
    assert (mail.address, request.token in mail.context["link"]) == ("amt@a.example", True)


def test_nobody_is_reminded_after_a_no_nor_of_a_link_that_is_over(solution):
    declined = make_request(make_deployment(solution, confirmed_at=None), "a@a.example", at=NOW)
    declined.answer(Verdict(reason="Nein"), by=None, at=NOW)
    make_request(make_deployment(make_solution(), confirmed_at=None), "b@b.example", at=NOW)
    remind(at=NOW + 30 * DAY)
    assert sent("deployment_reminder") == []
