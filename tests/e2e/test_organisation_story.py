"""An organisation comes into being: founded, joined by invitation and by request."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from marketplace.celery import app
from tests.e2e.sessions import become, session_of
from tests.factories import make_user

FOUNDER, COLLEAGUE, THIRD = (f"{name}@muster.example" for name in ("anna", "ben", "cora"))


@pytest.fixture
def mail_is_delivered():
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture(scope="module")
def sessions(site, django_db_blocker) -> dict[str, str]:
    """Sign them in before the tests, outside of any transaction, so that the server sees it."""
    with django_db_blocker.unblock():
        return {email: session_of(make_user(email=email)) for email in (FOUNDER, COLLEAGUE, THIRD)}


@pytest.fixture
def browse(browser, browser_context_args, site, sessions):
    """Open a page for a person, in a browser without JavaScript."""
    contexts = []

    def signed_in(email: str, start: str) -> Page:
        context = browser.new_context(**browser_context_args, java_script_enabled=False)
        contexts.append(context)
        page = context.new_page()
        become(page, site, sessions[email])
        page.goto(f"{site}{start}")
        return page

    yield signed_in
    for context in contexts:
        context.close()


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_from_founding_to_three_members(browse, mail_is_delivered):
    founder = browse(FOUNDER, "/organisationen/neu/")
    founder.get_by_label("Art", exact=True).select_option("municipality")
    founder.get_by_label("Name", exact=True).fill("Kreisstadt Korbach")
    founder.get_by_label("Kommune oder Landkreis").fill("Korbach")
    founder.get_by_label("E-Mail-Domain").fill("muster.example")
    click(founder, "Organisation anlegen")
    expect(founder.get_by_text("Diese Organisation wartet auf die Prüfung.")).to_be_visible()
    here = founder.url

    founder.get_by_role("link", name="Kolleg:in einladen").click()
    founder.get_by_label("E-Mail-Adresse").fill(COLLEAGUE)
    founder.get_by_label("Rolle").select_option("viewer")
    click(founder, "Einladung senden")
    expect(founder.get_by_role("heading", name=COLLEAGUE)).to_be_visible()

    link = re.search(r"/organisationen/einladung/\S+", mail.outbox[-1].body)[0]
    colleague = browse(COLLEAGUE, link)
    click(colleague, "Einladung annehmen")
    expect(colleague).to_have_url(here)
    expect(colleague.get_by_text("Willkommen")).to_be_visible()

    founder.goto(here)
    founder.get_by_label(f"Rolle von {COLLEAGUE}").select_option("editor")
    founder.get_by_role("button", name=re.compile(f"Rolle ändern.*{COLLEAGUE}")).click()
    expect(founder.get_by_label(f"Rolle von {COLLEAGUE}")).to_have_value("editor")

    third = browse(THIRD, "/organisationen/beitreten/")
    third.get_by_role("searchbox").fill(THIRD)
    click(third, "Suchen")
    third.get_by_role("link", name=re.compile("Beitritt anfragen.*Kreisstadt Korbach")).click()
    third.get_by_label("Ihre Nachricht").fill("Ich leite das Bauamt.")
    click(third, "Anfrage senden")
    expect(third.get_by_text("Ihre Anfrage ist bei den Verantwortlichen.")).to_be_visible()

    founder.goto(here)
    founder.get_by_role("link", name=re.compile(f"Lesen und entscheiden.*{THIRD}")).click()
    expect(founder.get_by_text("Ich leite das Bauamt.")).to_be_visible()
    click(founder, "Aufnehmen")
    expect(founder.get_by_role("heading", name="3 Mitglieder")).to_be_visible()
