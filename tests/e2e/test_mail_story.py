"""Somebody reports a barrier, reads the confirmation, and wants no more of them."""

import pytest
from playwright.sync_api import Page, expect

from marketplace.demo import accounts
from profiles.mail.tasks import deliver_due
from tests.e2e.barriers import overflow, problems


@pytest.fixture
def outbox(settings, tmp_path, site):
    """A folder for the mails of this story; their links lead to the server of the test."""
    settings.EMAIL_BACKEND = "profiles.mail.outbox.Outbox"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.SITE_URL = site


def report(page: Page, site: str) -> None:
    page.goto(f"{site}/barriere-melden/")
    page.get_by_label("Was hat Sie gehindert?").fill("Der Knopf hat keinen Namen.")
    page.get_by_label("E-Mail-Adresse für die Antwort").fill("leserin@test.example")
    page.get_by_role("button", name="Meldung absenden").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Danke")
    deliver_due()


def test_a_confirmation_is_read_and_unsubscribed_from(site, page, outbox):
    report(page, site)
    page.get_by_role("link", name="Gesendete Mails ansehen").click()
    assert problems(page, within="main") == []
    page.get_by_role("link", name="Ihre Meldung einer Barriere ist eingegangen").click()
    expect(page.get_by_text("an leserin@test.example").first).to_be_visible()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading")).to_have_text("Ihre Meldung einer Barriere ist eingegangen")
    assert problems(page, within="main") == []

    page.locator("pre a", has_text="abbestellen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Möchten Sie diese Mails abbestellen?"
    )
    assert problems(page, within="main") == []
    page.get_by_role("button", name="Abbestellen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Abbestellt")
    assert problems(page, within="main") == []

    report(page, site)
    page.goto(f"{site}/dev/mail/")
    expect(page.get_by_role("link", name="Ihre Meldung einer Barriere")).to_have_count(1)


def test_a_person_chooses_which_mails_come(site, narrow_page):
    narrow_page.goto(f"{site}/konto/mail/")
    narrow_page.locator("input[type=email]").fill("kommune@demo.example")
    narrow_page.locator("input[type=password]").fill(accounts.password())
    narrow_page.locator("main form button[type=submit]").click()
    expect(narrow_page.get_by_role("heading", level=1)).to_have_text("E-Mails einstellen")
    assert problems(narrow_page, within="main") == []
    box = narrow_page.get_by_label("Eingang einer gemeldeten Barriere")
    expect(box).to_be_checked()
    box.uncheck()
    narrow_page.get_by_role("button", name="Auswahl speichern").click()
    expect(narrow_page.get_by_text("Ihre Auswahl ist gespeichert")).to_be_visible()
    expect(box).not_to_be_checked()
    assert overflow(narrow_page) == 0
