"""A municipality confirms its deployment from the mail; a colleague elsewhere asks about it."""

import re
from typing import NamedTuple

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from profiles.models import Deployment, Municipality, Organisation, Solution
from tests.e2e.barriers import overflow, problems
from tests.e2e.sessions import become, session_of
from tests.factories import LONG_AGO, make_member, make_organisation, make_user


class Story(NamedTuple):
    token: str
    answerer: str
    asker: str


@pytest.fixture(scope="module")
def story(site, django_db_blocker) -> Story:
    """Make it before the test, outside of any transaction, so that the server sees it."""
    with django_db_blocker.unblock():
        town = make_organisation(
            kind="municipality",
            name="Stadt Kassel",
            verified_at=LONG_AGO,
            municipality=Municipality.objects.get(name="Kassel"),
            mail_domain="kassel-test.example",
        )
        solution = Solution.objects.get(slug="dunkelzeile")
        deployment = Deployment.objects.create(
            solution=solution, municipality=town.municipality, phase="P4"
        )
        request = deployment.ask("amt@kassel-test.example", by=make_user(), at=timezone.now())
        neighbour = Organisation.objects.get(name="Vellmar")
        return Story(
            request.token,
            session_of(make_member(town, "editor")),
            session_of(make_member(neighbour, "editor")),
        )


def test_from_the_mail_to_a_colleagues_answer(site, page, narrow_page, story):
    page.goto(f"{site}/einsaetze/bestaetigen/{story.token}/")
    assert problems(page) == []
    page.get_by_label("Kolleg:innen aus anderen").first.check()
    page.get_by_role("button", name="Einsatz bestätigen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("bestätigt")

    become(page, site, story.asker)
    page.goto(f"{site}/loesungen/dunkelzeile/")
    page.get_by_role("link", name=re.compile("Kolleg:innen fragen.*Kassel")).click()
    assert problems(page, within="main") == []
    page.get_by_label("Ihre Nachricht").fill("Wie lange hat die Einführung gedauert?")
    page.get_by_role("button", name="Nachricht senden").click()
    expect(page.get_by_text("Ihre Nachricht ist gesendet.")).to_be_visible()

    phone = narrow_page
    become(phone, site, story.answerer)
    phone.goto(f"{site}/uebersicht/")
    phone.get_by_role("link", name="Gespräch mit ungelesenen Nachrichten").click()
    phone.get_by_role("link", name=re.compile("Dunkelzeile")).click()
    assert overflow(phone) == 0
    assert problems(phone, within="main") == []
    phone.get_by_label("Ihre Antwort").fill("Drei Wochen.")
    phone.get_by_role("button", name="Antwort senden").click()
    expect(phone.get_by_text("Drei Wochen.")).to_be_visible()
