"""What a municipality reads when it is asked: by a link, or in its account."""

import pytest
from django.urls import reverse

from profiles.deployments import mails
from tests.factories import (
    make_deployment,
    make_member,
    make_request,
    make_solution,
)
from tests.mailbox import letters

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ask", [mails.asked, mails.asked_again])
def test_only_who_is_asked_by_a_link_is_told_to_need_no_account(town, ask):
    deployment = make_deployment(make_solution(), municipality=town.municipality, confirmed_at=None)
    request = make_request(deployment, "amt@a.example")
    make_member(town, "editor")
    ask(request)
    request.address = ""
    ask(request)
    by_link, by_account = letters()
    for part in (by_link.body, by_link.alternatives[0].content):
        assert reverse("deployments:confirm", args=[request.token]) in part
        assert "Konto an" not in part
    for part in (by_account.body, by_account.alternatives[0].content):
        assert reverse("deployments:decide", args=[request.pk]) in part
        assert "Melden Sie sich hier mit Ihrem Konto an" in part
        assert "ohne dass Sie ein Konto brauchen" not in part
        assert "Link" not in part


def test_a_link_that_may_be_passed_on_is_not_said_to_be_for_one_person(town):
    deployment = make_deployment(make_solution(), municipality=town.municipality, confirmed_at=None)
    mails.asked(make_request(deployment, "amt@a.example"))
    [letter] = letters()
    assert "nur für Sie" not in letter.body
    assert "nur an die zuständige Person" in letter.body
