"""A person from a state agency signs up a second factor, with and without JavaScript."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from marketplace.demo import accounts
from tests.e2e.barriers import barriers

AGENT = "land@demo.example"
PATHS = ["", "willkommen/", "email/", "password/change/", "reauthenticate/", "sessions/"]
PATHS += ["2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "3rdparty/"]


def sign_in(page: Page, site: str, email: str = AGENT) -> None:
    page.goto(f"{site}/konto/login/")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(accounts.password())
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url(lambda url: "/konto/login" not in url)


def prove(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Bitte weisen Sie sich noch einmal aus"
    )
    page.locator("input[type=password]").fill(accounts.password())
    page.get_by_role("button", name="Bestätigen").click()


def code(page: Page) -> str:
    secret = page.locator(".account__secret").inner_text()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def in_earnest(settings):
    settings.REQUIRE_MFA = True


def test_an_app_is_set_up_without_javascript(site, plain_page, in_earnest):
    page = plain_page
    sign_in(page, site)
    expect(page.get_by_text("bleiben alle anderen Seiten geschlossen")).to_be_visible()
    page.get_by_role("link", name="App einrichten").click()
    prove(page)
    expect(page.get_by_role("img", name="QR-Code")).to_be_visible()
    page.get_by_label("Authentifizierungscode").fill(code(page))
    page.get_by_role("button", name="App aktivieren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wiederherstellungscodes")
    expect(page.locator(".account__codes li")).to_have_count(10)
    page.goto(f"{site}/konto/")
    expect(page.get_by_text("Eingerichtet. Ein gestohlenes Passwort")).to_be_visible()

    page.goto(f"{site}/konto/2fa/")
    page.get_by_role("link", name="App entfernen").click()
    page.get_by_role("button", name="App entfernen").click()
    expect(page.get_by_text("Die Authenticator-App ist entfernt.")).to_be_visible()
    expect(page.get_by_text("bleiben alle anderen Seiten geschlossen")).to_be_visible()


def test_a_passkey_is_added_and_signs_in(site, page, in_earnest):
    site = site.replace("127.0.0.1", "localhost")  # browsers give no passkeys to numbers
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    sign_in(page, site)
    page.get_by_role("link", name="Schlüssel hinzufügen").click()
    prove(page)
    page.get_by_label("Anmeldung ohne Passwort").check()
    page.get_by_role("button", name="Schlüssel hinzufügen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wiederherstellungscodes")

    page.goto(f"{site}/konto/logout/")
    page.locator("main").get_by_role("button", name="Abmelden").click()
    page.goto(f"{site}/konto/login/?next=/konto/2fa/webauthn/")
    page.get_by_role("button", name="Mit einem Passkey anmelden").click()
    page.wait_for_url(f"{site}/konto/2fa/webauthn/")
    expect(page.get_by_text("zuletzt benutzt am")).to_be_visible()

    page.get_by_role("link", name="Entfernen").click()
    prove(page)
    page.get_by_role("button", name="Schlüssel entfernen").click()
    expect(page.get_by_text("Der Schlüssel ist entfernt.")).to_be_visible()
    assert [text for text in messages if "Content Security Policy" in text] == []


def test_axe_finds_nothing_on_the_pages_of_an_account(site, page):
    found = {}
    sign_in(page, site, "kommune@demo.example")
    page.goto(f"{site}/konto/2fa/totp/activate/")
    prove(page)
    for path in PATHS:
        page.goto(f"{site}/konto/{path}")
        found[path] = barriers(page, "main" if found else None)
    assert {where: what for where, what in found.items() if what} == {}
