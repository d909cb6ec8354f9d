"""Who may open what: every address is public or has a row in the table of a feature.

The tables are collected from the tests of the features, see tests/who_may.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.cookies import SimpleCookie
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.test import Client
from django.urls import reverse

from marketplace import urls
from profiles.models import Organisation, User
from tests.factories import make_organisation
from tests.test_conventions import get_resolver, url_names
from tests.who_may import GET, LOGIN, POST, Table

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
    "surveys:public_list",
    "opendata:figures",
    "market_gaps",
    "need_allies",
    "ranking_rule",
    "found_by_meaning",
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

# 302 once signed in: to a proof of who one is, or to the page that fits.
#                                  method  anonymous stranger viewer editor owner
#                                          agency of the state, agency elsewhere, admin
ROWS = {
    "admin:index":                 (GET, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, 200),
    "account":                     (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "account_change_password":     (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "account_email":               (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "account_reauthenticate":      (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "account_set_password":        (GET, LOGIN, 302, 302, 302, 302, 302, 302, 302),
    "account_welcome":             (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "mfa_activate_totp":           (GET, LOGIN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_add_webauthn":            (GET, LOGIN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_deactivate_totp":         (GET, LOGIN, 404, 404, 404, 404, 404, 404, 404),
    "mfa_download_recovery_codes": (GET, LOGIN, 404, 404, 404, 404, 404, 404, 404),
    "mfa_edit_webauthn":           (GET, LOGIN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_generate_recovery_codes": (GET, LOGIN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_index":                   (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "mfa_list_webauthn":           (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "mfa_reauthenticate":          (GET, LOGIN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_reauthenticate_webauthn": (GET, LOGIN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_remove_webauthn":         (GET, LOGIN, 302, 302, 302, 302, 302, 302, 302),
    "mfa_view_recovery_codes":     (GET, LOGIN, 404, 404, 404, 404, 404, 404, 404),
    "session_end":                 (GET, LOGIN, 405, 405, 405, 405, 405, 405, 405),
    "socialaccount_connections":   (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "socialaccount_login_error":   (GET, LOGIN, 401, 401, 401, 401, 401, 401, 401),
    "usersessions_list":           (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "admin:profiles_mail_kinds":   (GET, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, 200),
    "mail_preferences":            (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "dashboard":                   (GET, LOGIN, 200, 200, 200, 200, 200, 200, 200),
}  # fmt: skip
OF_ONE = {"mfa_edit_webauthn", "mfa_remove_webauthn", "session_end"}


def address_of(name: str, organisation: Organisation) -> str:
    return reverse(name, args=[1] if name in OF_ONE else [])


def modules() -> Iterator[ModuleType]:
    """Those in which the features keep their tables."""
    here = Path(__file__).parent
    for path in sorted(here.rglob("*who_may.py")):
        if path.parent != here:
            yield import_module(".".join(path.relative_to(here.parent).with_suffix("").parts))


OWN = Table(ROWS, address_of, make_organisation)
TABLES = dict.fromkeys(ROWS, OWN)
BY_LINK: set[str] = set()  # open to whoever has the link of a mail, which its tests are about
for module in modules():
    TABLES |= dict.fromkeys(module.WHO_MAY.rows, module.WHO_MAY)
    BY_LINK |= getattr(module, "BY_LINK", set())


@contextmanager
def undone() -> Iterator[None]:
    """Let each role find what the others found: what is sent is not there any more."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visits(django_db_setup, django_db_blocker):
    """The subject of each table and the session of each role; all goes with the module."""
    with django_db_blocker.unblock(), undone():
        made = {}
        for table in {id(table): table for table in TABLES.values()}.values():
            subject = table.subject()
            people = {role: make(subject) for role, make in table.people.items()}
            made[id(table)] = subject, {role: sign_in(person) for role, person in people.items()}
        yield made


def sign_in(person: User | None) -> dict[str, str]:
    """Return the cookies of somebody who has just signed in."""
    if person is None:
        return {}
    person.password = "usable"  # without one, allauth asks for it first
    person.save()
    client = Client()
    client.force_login(person)
    return {settings.SESSION_COOKIE_NAME: client.session.session_key}


@pytest.fixture
def refused_without_a_page(monkeypatch):
    """Half of the answers are refusals; how their page looks is told elsewhere."""
    bare = {"handler404": HttpResponseNotFound, "handler403": HttpResponseForbidden}
    for name, answer in bare.items():
        monkeypatch.setattr(urls, name, lambda *_, answer=answer, **__: answer(), raising=False)


@pytest.mark.django_db
@pytest.mark.parametrize("name", TABLES)
def test_who_may(client, visits, refused_without_a_page, name):
    table = TABLES[name]
    subject, cookies = visits[id(table)]
    method, *expected = table.rows[name]
    address = table.address(name, subject)
    form = table.form(subject) if method == POST else None
    seen = []
    for role in cookies:
        client.cookies = SimpleCookie(cookies[role])
        with undone() if method == POST else nullcontext():
            response = getattr(client, method)(address, form)
        to_login = response.status_code == 302 and "/login/" in response["Location"]
        seen.append(LOGIN if to_login else response.status_code)
    assert dict(zip(cookies, seen, strict=True)) == dict(zip(cookies, expected, strict=True))


def test_every_address_is_public_or_has_a_row():
    names = {name for name in url_names(get_resolver()) if not name.startswith("admin:")}
    known = PUBLIC | OPEN_TO_SIGN_IN | BY_LINK | set(TABLES)
    unknown = {name for name in names - known if not name.startswith(PUBLIC_PREFIXES)}
    assert unknown == set()


def test_every_row_is_about_an_address():
    names = {name.partition(",")[0] for name in TABLES}
    assert names - url_names(get_resolver()) == set()
