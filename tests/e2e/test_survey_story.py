"""An agency asks three towns what they need, and invites providers to what came out."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from challenges.models import FieldOfAction, NeedsSurvey, Respondent
from challenges.surveys import sending
from challenges.surveys.building import add_question
from marketplace.celery import app
from marketplace.matching import matches
from profiles.models import Solution, Topic, User
from tests.e2e.barriers import barriers, overflow
from tests.e2e.test_shortlist_story import become
from tests.factories import LONG_AGO, make_member, make_question, make_survey

TITLE = "Was brauchen Sie 2027?"
TOWNS = ("Baunatal", "Kaufungen", "Vellmar")
PARKING = "Freie Parkplätze sollen auf dem Handy zu sehen sein."
SENSORS = "Sensoren sollen freie Stellplätze auf dem Handy anzeigen."
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def session(site, django_db_blocker) -> str:
    """The session of an editor of the agency, which has asked before."""
    with django_db_blocker.unblock():
        agency = User.objects.get(email="land@demo.example").organisations.get()
        earlier = make_survey(
            organisation=agency,
            title_de="Was brauchen Sie 2025?",
            opened_at=LONG_AGO,
            closes_at=LONG_AGO + timedelta(days=30),
        )
        make_question(earlier, "zustand", "single_choice", text_de="Wie weit sind Sie?")
        section = earlier.sections.create(title_de="Ihr Bedarf", position=2)
        options = [{"id": "p", "label_de": "Parken", "topic": "mobilitaet_parken"}]
        matrix = {"kind": "priority_matrix", "text_de": "Wie wichtig?", "options": options}
        add_question(section, key="themen", **matrix)
        add_question(section, key="bedarf", kind="need", text_de="Ihr Bedarf?", is_required=True)
        topic = Topic.objects.filter(key="mobilitaet_parken")
        for solution in Solution.objects.published().on_topics(topic):
            make_member(solution.provider.organisation)
        client = Client()
        client.force_login(make_member(agency, "editor"))
        connections.close_all()
        return client.cookies["sessionid"].value


@pytest.fixture
def in_the_market() -> Iterator[Callable[..., Any]]:
    """Do something where the server sees it: outside of the transaction of the test."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda work, *args: thread.submit(work, *args).result()
        thread.submit(connections.close_all).result()


@pytest.fixture
def mails(settings, site) -> Iterator[list[Any]]:
    """What was sent; the links lead to the server of the test."""
    settings.SITE_URL = site
    app.conf.task_always_eager = True
    yield mail.outbox
    app.conf.task_always_eager = False


@pytest.fixture
def another_device(browser, browser_context_args) -> Iterator[Page]:
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def link_to(name: str, mails: list[Any]) -> str:
    (found,) = (mail for mail in mails if mail.to == [f"{name.lower()}@test.example"])
    return re.search(r"http\S+/antworten/\S+", found.body)[0]


def test_from_the_first_question_to_the_invitation_of_providers(
    site, session, page, narrow_page, plain_page, another_device, mails, in_the_market
):
    become(page, site, session)
    build(page, site)
    ask(page)
    assert len(mails) == len(TOWNS)
    answer_on_two_devices(narrow_page, another_device, link_to("Baunatal", mails))
    answer_without_javascript(plain_page, link_to("Kaufungen", mails))
    del mails[:]
    in_the_market(a_week_later)
    assert [letter.to for letter in mails] == [["vellmar@test.example"]]
    understand(page, site)
    act(page, mails, in_the_market)
    in_the_market(the_end)
    publish(page, site)


def build(page: Page, site: str) -> None:
    page.goto(f"{site}{reverse('surveys:new')}")
    page.get_by_label("Titel").fill(TITLE)
    page.get_by_label("Fragen übernehmen aus").select_option("Was brauchen Sie 2025?")
    page.get_by_label("Wie viele Vollzeitstellen gibt es").check()
    click(page, "Speichern")
    up = page.get_by_role("button", name="Nach oben: Wie viele Vollzeitstellen")
    up.press("Enter")
    expect(up).to_have_count(0)
    assert barriers(page) == []
    follow(page, "Fertig")


def ask(page: Page) -> None:
    follow(page, "Titel, Einleitung, Ende, Erinnerungen")
    page.get_by_label("Antworten bis").fill(f"{timezone.now() + timedelta(days=30):%Y-%m-%dT10:00}")
    click(page, "Speichern")
    follow(page, "Befragte Kommunen")
    follow(page, "Aus CSV-Datei hinzufügen")
    lines = ["Kommune;E-Mail", *(f"{town};{town.lower()}@test.example" for town in TOWNS)]
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    page.get_by_label("CSV-Datei").set_input_files(file)
    click(page, "Speichern")
    expect(page.get_by_role("link", name="Vellmar", exact=True)).to_be_visible()
    assert barriers(page, "main") == []
    follow(page, TITLE)
    click(page, "Öffnen und einladen")
    expect(page.get_by_text("3 von 3 eingeladen")).to_be_visible()


def answer_on_two_devices(phone: Page, desk: Page, link: str) -> None:
    phone.goto(link)
    follow(phone, "Beginnen")
    phone.get_by_label("Auswahl a").check()
    phone.get_by_label("Wie viele Vollzeitstellen").fill("2,5")
    click(phone, "Speichern und weiter")
    phone.get_by_role("radiogroup", name="Parken").get_by_label("sehr wichtig").check()
    assert overflow(phone) == 0
    assert barriers(phone) == []
    click(phone, "Speichern und später weiter")

    desk.goto(link)
    follow(desk, "Weiter antworten")
    expect(desk.get_by_label("Wie viele Vollzeitstellen")).to_have_value("2,5")
    click(desk, "Speichern und weiter")
    desk.get_by_label("In Ihren Worten").fill(PARKING)
    desk.get_by_label("öffentlich", exact=True).check()
    expect(desk.get_by_role("status")).to_contain_text("Gespeichert um")
    click(desk, "Speichern und weiter")
    assert barriers(desk, "main") == []
    click(desk, "Antworten abschicken")
    expect(desk.get_by_text("Vielen Dank! Ihre Antworten sind abgeschickt.")).to_be_visible()


def answer_without_javascript(page: Page, link: str) -> None:
    page.goto(link)
    follow(page, "Beginnen")
    page.get_by_label("Wie viele Vollzeitstellen").fill("viele")
    click(page, "Speichern und weiter")
    expect(page.get_by_role("alert")).to_contain_text("noch nicht gespeichert")
    page.get_by_label("Wie viele Vollzeitstellen").fill("1")
    click(page, "Speichern und weiter")
    page.get_by_label("In Ihren Worten").fill(SENSORS)
    click(page, "Speichern und weiter")
    click(page, "Antworten abschicken")
    expect(page.get_by_text("Vielen Dank! Ihre Antworten sind abgeschickt.")).to_be_visible()


def a_week_later() -> None:
    survey = NeedsSurvey.objects.filter(title_de=TITLE)
    survey.update(opened_at=F("opened_at") - timedelta(days=7))
    rows = Respondent.objects.filter(survey__in=survey)
    rows.update(invited_at=F("invited_at") - timedelta(days=7))
    sending.remind(at=timezone.now())


def understand(page: Page, site: str) -> None:
    page.goto(f"{site}{reverse('surveys:list')}")
    follow(page, TITLE)
    follow(page, "Ergebnisse")
    follow(page, "Ihr Bedarf")
    expect(page.get_by_text(SENSORS)).to_be_visible()
    assert barriers(page, "main") == []
    follow(page, "Bedarfe gruppieren")
    click(page, "Gruppen vorschlagen")
    expect(page.get_by_text("2 Aussagen · 2 Kommunen")).to_be_visible()
    assert barriers(page, "main") == []
    page.get_by_role("button", name=re.compile("^Handlungsfeld daraus machen")).click()
    expect(page.get_by_role("heading", name="Was der Markt bietet")).to_be_visible()


def act(page: Page, mails: list[Any], in_the_market: Callable[..., Any]) -> None:
    in_the_market(match)  # as the worker does
    page.reload()
    assert barriers(page, "main") == []
    follow(page, "Anbieter einladen")
    assert barriers(page, "main") == []
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Ihre Nachricht").fill("Zwei Städte suchen Hilfe beim Parken.")
    click(page, "Einladen")
    expect(page.get_by_role("cell", name=re.compile("^eingeladen"))).to_be_visible()
    assert "Zwei Städte suchen Hilfe beim Parken." in mails[-1].body


def match() -> None:
    field = FieldOfAction.objects.get(survey__title_de=TITLE)
    matches.recompute(list(field.needs.values_list("pk", flat=True)), at=timezone.now())


def the_end() -> None:
    ended = timezone.now() - timedelta(minutes=1)
    NeedsSurvey.objects.filter(title_de=TITLE).update(closes_at=ended)


def publish(page: Page, site: str) -> None:
    page.goto(f"{site}{reverse('surveys:list')}")
    follow(page, TITLE)
    follow(page, "Ergebnisse")
    click(page, "Ergebnisse veröffentlichen")
    page.get_by_role("link", name="Öffentliche Seite").click()
    expect(page.get_by_text(PARKING)).to_be_visible()
    assert SENSORS not in page.content()
    assert barriers(page, "main") == []
