"""Who may open what: every address is public or has a row here."""

import pytest
from django.urls import reverse

from tests.factories import make_member, make_organisation, make_user
from tests.profiles.contact.test_who_may import WHO_MAY as CONTACT
from tests.profiles.deployments.test_who_may import WHO_MAY as DEPLOYMENTS
from tests.profiles.files.test_who_may import WHO_MAY as FILES
from tests.profiles.keeping.test_who_may import WHO_MAY as KEEPING
from tests.profiles.organisations.test_who_may import WHO_MAY as ORGANISATIONS
from tests.test_conventions import get_resolver, url_names

PUBLIC = {
    "home",
    "solutions",
    "solutions_feed",
    "solutions_csv",
    "solutions_xlsx",
    "solution",
    "solution_publiccode",
    "comparison",
    "comparison_xlsx",
    "comparison_pdf",
    "provider",
    "municipality_options",
    "market",
    "data",
    "page",
    "accessibility_report",
    "health",
    "robots",
    "sitemap",
    "api",
    "mail_unsubscribe",
    "dev_mail",
    "dev_mail_message",
    "dev_mail_html",
}
PUBLIC_PREFIXES = ("api:", "criteria:")  # of criteria, drafts are for curators: see its tests

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
    "account_email_verification_sent",
    "account_confirm_email",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
    "socialaccount_signup",
}

# Their rows need an entry of a shortlist: tests/marketplace/test_shortlists.py has them.
ROWS_ELSEWHERE = {"shortlist_add", "shortlist_entry", "shortlist_note"}

TO_LOGIN = "to login"
# 302 for a member: to a proof of who one is, or to the page that fits.
#                                  anonymous   member   staff
WHO_MAY = {
    "admin:index":                 (TO_LOGIN,  TO_LOGIN, 200),
    "account":                     (TO_LOGIN,  200,      200),
    "account_change_password":     (TO_LOGIN,  200,      200),
    "account_email":               (TO_LOGIN,  200,      200),
    "account_reauthenticate":      (TO_LOGIN,  200,      200),
    "account_set_password":        (TO_LOGIN,  302,      302),
    "account_welcome":             (TO_LOGIN,  200,      200),
    "mfa_activate_totp":           (TO_LOGIN,  302,      302),
    "mfa_add_webauthn":            (TO_LOGIN,  302,      302),
    "mfa_deactivate_totp":         (TO_LOGIN,  404,      404),
    "mfa_download_recovery_codes": (TO_LOGIN,  404,      404),
    "mfa_edit_webauthn":           (TO_LOGIN,  302,      302),
    "mfa_generate_recovery_codes": (TO_LOGIN,  302,      302),
    "mfa_index":                   (TO_LOGIN,  200,      200),
    "mfa_list_webauthn":           (TO_LOGIN,  200,      200),
    "mfa_reauthenticate":          (TO_LOGIN,  302,      302),
    "mfa_reauthenticate_webauthn": (TO_LOGIN,  302,      302),
    "mfa_remove_webauthn":         (TO_LOGIN,  302,      302),
    "mfa_view_recovery_codes":     (TO_LOGIN,  404,      404),
    "session_end":                 (TO_LOGIN,  405,      405),
    "socialaccount_connections":   (TO_LOGIN,  200,      200),
    "socialaccount_login_error":   (TO_LOGIN,  401,      401),
    "usersessions_list":           (TO_LOGIN,  200,      200),
    "admin:profiles_mail_kinds":   (TO_LOGIN,  TO_LOGIN, 200),
    "mail_preferences":            (TO_LOGIN,  200,      200),
    "shortlist":                   (TO_LOGIN,  200,      200),
    "shortlist_xlsx":              (TO_LOGIN,  200,      404),  # staff of the market has no list
    "shortlist_pdf":               (TO_LOGIN,  200,      404),
}  # fmt: skip
OF_ONE = {"mfa_edit_webauthn", "mfa_remove_webauthn", "session_end"}


def address(name: str) -> str:
    return reverse(name, args=[1] if name in OF_ONE else [])


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
        response = client.get(address(name))
        sent_to_login = response.status_code == 302 and "login" in response["Location"]
        seen.append(TO_LOGIN if sent_to_login else response.status_code)
    assert tuple(seen) == WHO_MAY[name]


def test_every_address_is_public_or_has_a_row():
    names = {name for name in url_names(get_resolver()) if not name.startswith("admin:")}
    known = PUBLIC | OPEN_TO_SIGN_IN | ROWS_ELSEWHERE | set(WHO_MAY) | set(ORGANISATIONS)
    known |= DEPLOYMENTS | CONTACT
    known = (
        PUBLIC | OPEN_TO_SIGN_IN | ROWS_ELSEWHERE | set(WHO_MAY) | set(ORGANISATIONS) | set(KEEPING)
    )
    known |= set(FILES)
    unknown = {name for name in names - known if not name.startswith(PUBLIC_PREFIXES)}
    assert unknown == set()


def test_what_is_not_marked_public_needs_a_login(client, db):
    for name in WHO_MAY:
        assert client.get(address(name)).status_code == 302
