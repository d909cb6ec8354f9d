"""A start-up signs up, is verified, writes a solution, changes it when asked, and is published."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from marketplace.celery import app
from profiles.models import Organisation, Topic
from tests.e2e.barriers import overflow, problems
from tests.e2e.sessions import become, session_of
from tests.factories import make_member

FOUNDER, PASSWORD = "wanda@parkfuchs.example", "Rathaus-am-Fluss-7"


@pytest.fixture
def mail_is_delivered():
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture(scope="module")
def official(site, django_db_blocker) -> str:
    """The session of somebody at the state agency, written where the server sees it."""
    with django_db_blocker.unblock():
        agency = Organisation.objects.get(kind="state_agency", state__code="DE-HE")
        return session_of(make_member(agency, "editor"))


@pytest.fixture(scope="module")
def topic(site, django_db_blocker) -> str:
    with django_db_blocker.unblock():
        return Topic.objects.filter(parent__isnull=False)[0].name_de


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sign_up(page: Page, site: str) -> None:
    page.goto(f"{site}/konto/signup/")
    entered = {"first_name": "Wanda", "last_name": "Weber", "email": FOUNDER}
    for name, text in (entered | {"password1": PASSWORD, "password2": PASSWORD}).items():
        page.locator(f"input[name={name}]").fill(text)
    click(page, "Konto anlegen")
    expect(page.get_by_text("So geht es weiter")).to_be_visible()
    link = re.search(r"https?://[^/\s]+(/konto/\S+)", mail.outbox[-1].body)[1]
    page.goto(f"{site}{link}")
    click(page, "Ja, bestätigen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Willkommen")


def found(page: Page, site: str) -> None:
    page.goto(f"{site}/uebersicht/")
    assert problems(page) == []
    page.goto(f"{site}/organisationen/neu/")
    page.get_by_label("Art", exact=True).select_option("provider")
    page.get_by_label("Name", exact=True).fill("Parkfuchs GmbH")
    page.get_by_label("Bundesland").select_option(label="Hessen")
    click(page, "Organisation anlegen")
    expect(page.get_by_text("Diese Organisation wartet auf die Prüfung.")).to_be_visible()


def write(page: Page, topic: str) -> str:
    """Fill in the four steps, with a second tab that saves in between; return the address."""
    click(page, "Neue Lösung schreiben")
    page.get_by_label("Titel").fill("Parkfuchs")
    page.reload()  # as after an expired session: what was typed is offered again
    click(page, "Wieder einsetzen")
    expect(page.get_by_label("Titel")).to_have_value("Parkfuchs")
    page.get_by_label("Was sie leistet").fill("Zeigt freie Parkplätze.")
    page.get_by_label("Phase").select_option("P3")
    click(page, "Speichern und weiter")
    page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true })")
    page.get_by_label(topic, exact=True).check()
    click(page, "Speichern und weiter")
    page.get_by_label("Lizenz", exact=True).select_option("open_source")
    page.get_by_label("Rechenzentrum in Deutschland").check()
    assert problems(page, within="main") == []
    click(page, "Speichern und weiter")

    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Preis ab").fill("900")
    click(other, "Speichern und weiter")
    expect(other.get_by_role("heading", name="Was bisher da steht")).to_be_visible()
    other.close()
    page.get_by_label("Preis ab").fill("1200")
    click(page, "Speichern und weiter")
    expect(page.get_by_role("heading", name="Zwei Fassungen")).to_be_visible()
    assert problems(page, within="main") == []
    page.get_by_label("meine Eingabe").check()
    click(page, "So speichern")
    return page.url


def test_from_signing_up_to_the_market(site, page, narrow_page, official, topic, mail_is_delivered):
    sign_up(page, site)
    found(page, site)

    phone = narrow_page
    become(phone, site, official)
    phone.goto(f"{site}/organisationen/pruefen/")
    phone.get_by_role("link", name=re.compile("Ansehen und entscheiden.*Parkfuchs")).click()
    click(phone, "Als geprüft bestätigen")
    expect(phone.get_by_text("Parkfuchs GmbH gilt jetzt als geprüft.")).to_be_visible()

    page.goto(f"{site}/profil/anbieter/parkfuchs-gmbh/")
    page.get_by_role("link", name="Profil anlegen").click()
    page.get_by_label("Art des Anbieters").select_option("startup")
    click(page, "Profil speichern")
    draft = write(page, topic)
    click(page, "Zur Prüfung einreichen")
    expect(page.get_by_role("heading", name="Der Entwurf wird geprüft")).to_be_visible()

    phone.goto(f"{site}/profil/pruefen/")
    phone.get_by_role("link", name=re.compile("Parkfuchs")).click()
    check = phone.url
    assert overflow(phone) == 0
    assert problems(phone, within="main") == []
    phone.get_by_label("Begründung").fill("Bitte nennen Sie den Nutzen.")
    click(phone, "Mit Begründung zurückgeben")
    expect(phone.get_by_text("0 Entwürfe")).to_be_visible()
    assert mail.outbox[-1].to == [FOUNDER]

    page.goto(draft)
    expect(page.get_by_text("Bitte nennen Sie den Nutzen.")).to_be_visible()
    assert problems(page, within="main") == []
    page.get_by_role("link", name="Nutzen und Themen").click()
    page.get_by_label("Nutzen für Bürger:innen").fill("Weniger Suchverkehr.")
    click(page, "Speichern und Vorschau")
    expect(page.get_by_text("Weniger Suchverkehr.")).to_be_visible()
    page.goto(draft)
    click(page, "Zur Prüfung einreichen")

    phone.goto(check)
    click(phone, "Veröffentlichen")
    page.goto(f"{site}/loesungen/?search=Parkfuchs")
    expect(page.get_by_role("link", name="Parkfuchs", exact=True)).to_be_visible()
