"""A start-up writes a solution, is asked for a change, makes it, and the market sees it."""

import re

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Page, expect

from profiles.models import Provider, Topic, User
from tests.e2e.barriers import problems
from tests.factories import make_user

PASSWORD = "nur-im-Test-7391"
WRITER, OTHER, OFFICIAL = (f"{name}@entwurf.example" for name in ("wanda", "otto", "olga"))


@pytest.fixture(scope="module")
def people(site, django_db_blocker):
    """Make them before the tests, outside of any transaction, so that the server sees them."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=hashers):
        for email in (WRITER, OTHER, OFFICIAL):
            make_user(email=email, password=PASSWORD).confirm_email()
        startup = Provider.objects.get(organisation__slug="wortkaskade-gmbh").organisation
        for email in (WRITER, OTHER):
            startup.memberships.create(user=User.objects.get(email=email), role="editor")
        agency = User.objects.get(email="land@demo.example").organisations.get()
        agency.memberships.create(user=User.objects.get(email=OFFICIAL), role="editor")
        return Topic.objects.filter(parent__isnull=False)[0].name_de


def sign_in(page: Page, email: str, address: str) -> Page:
    page.goto(address)
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    return page


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_from_the_first_word_to_the_market(
    site, people, page, narrow_page, browser, browser_context_args
):
    sign_in(page, WRITER, f"{site}/profil/anbieter/wortkaskade-gmbh/")
    click(page, "Neue Lösung schreiben")
    page.get_by_label("Titel").fill("Parkfuchs")
    page.reload()  # as after an expired session: what was typed is offered again
    click(page, "Wieder einsetzen")
    expect(page.get_by_label("Titel")).to_have_value("Parkfuchs")
    page.get_by_label("Was sie leistet").fill("Zeigt freie Parkplätze.")
    page.get_by_label("Phase").select_option("P3")
    click(page, "Speichern und weiter")

    for group in page.locator("details.choices__group").all():
        group.evaluate("node => { node.open = true }")
    page.get_by_label(people, exact=True).check()
    click(page, "Speichern und weiter")
    page.get_by_label("Lizenz", exact=True).select_option("open_source")
    page.get_by_label("Rechenzentrum in Deutschland").check()
    assert problems(page) == []
    click(page, "Speichern und weiter")
    draft = re.search(r"/profil/entwurf/\d+/", page.url)[0]

    phone = sign_in(narrow_page, OTHER, f"{site}{draft}schritt/preis/")
    assert problems(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_label("Preis ab").fill("900")
    click(phone, "Speichern und weiter")
    page.get_by_label("Preis ab").fill("1200")
    click(page, "Speichern und weiter")
    expect(page.get_by_role("heading", name="Zwei Fassungen")).to_be_visible()
    page.get_by_label("meine Eingabe").check()
    click(page, "So speichern")
    click(page, "Zur Prüfung einreichen")
    expect(page.get_by_role("heading", name="Der Entwurf wird geprüft")).to_be_visible()

    context = browser.new_context(**browser_context_args)
    official = sign_in(context.new_page(), OFFICIAL, f"{site}/profil/pruefen/")
    assert problems(official) == []
    official.get_by_role("link", name=re.compile("Parkfuchs")).click()
    check = official.url
    official.get_by_label("Begründung").fill("Bitte nennen Sie den Nutzen.")
    click(official, "Mit Begründung zurückgeben")

    page.goto(f"{site}{draft}")
    expect(page.get_by_text("Bitte nennen Sie den Nutzen.")).to_be_visible()
    page.get_by_role("link", name="Nutzen und Themen").click()
    page.get_by_label("Nutzen für Bürger:innen").fill("Weniger Suchverkehr.")
    click(page, "Speichern und Vorschau")
    expect(page.get_by_text("Weniger Suchverkehr.")).to_be_visible()
    page.goto(f"{site}{draft}")
    assert problems(page) == []
    click(page, "Zur Prüfung einreichen")

    official.goto(check)
    click(official, "Veröffentlichen")
    context.close()
    page.goto(f"{site}/loesungen/?search=Parkfuchs")
    expect(page.get_by_role("link", name="Parkfuchs", exact=True)).to_be_visible()
