"""Who may open what: every address is public or has a row here."""

import pytest
from django.urls import reverse

from tests.factories import make_member, make_organisation, make_user
from tests.profiles.organisations.test_who_may import WHO_MAY as ORGANISATIONS
from tests.test_conventions import get_resolver, url_names

PUBLIC = {
    "home",
    "solutions",
    "solutions_feed",
    "solutions_csv",
    "solutions_xlsx",
    "solution",
    "provider",
    "municipality_options",
    "market",
    "page",
    "accessibility_report",
    "health",
    "robots",
    "sitemap",
    "api",
}
PUBLIC_PREFIXES = ("api:",)

# Accounts are allauth's own: what a stranger needs in order to sign in is open, the rest is not.
OPEN_TO_SIGN_IN = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

TO_LOGIN = "to login"
#                              anonymous   member   staff
WHO_MAY = {
    "admin:index":             (TO_LOGIN,  TO_LOGIN, 200),
    "account_change_password": (TO_LOGIN,  200,      200),
    "account_set_password":    (TO_LOGIN,  302,      302),
}  # fmt: skip


@pytest.fixture
def people(db):
    return {
        "anonymous": None,
        "member": make_member(make_organisation()),
        "staff": make_user(is_staff=True, is_superuser=True),
    }


@pytest.mark.parametrize("name", WHO_MAY)
def test_who_may(client, people, name):
    seen = []
    for person in people.values():
        client.logout()
        if person:
            person.set_password("geheim")
            person.save()
            client.force_login(person)
        response = client.get(reverse(name))
        sent_to_login = response.status_code == 302 and "login" in response["Location"]
        seen.append(TO_LOGIN if sent_to_login else response.status_code)
    assert tuple(seen) == WHO_MAY[name]


def test_every_address_is_public_or_has_a_row():
    names = {name for name in url_names(get_resolver()) if not name.startswith("admin:")}
    known = PUBLIC | OPEN_TO_SIGN_IN | set(WHO_MAY) | set(ORGANISATIONS)
    unknown = {name for name in names - known if not name.startswith(PUBLIC_PREFIXES)}
    assert unknown == set()


def test_what_is_not_marked_public_needs_a_login(client, db):
    for name in WHO_MAY:
        assert client.get(reverse(name)).status_code == 302
