"""From the draft to the award letter: two post it, one applies, two open, two judge, two decide."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from challenges.applications import keys
from challenges.evaluation import judging
from challenges.models import Challenge
from profiles.models import User
from tests.challenges.applications.making import PASSPHRASE
from tests.challenges.evaluation.making import judge
from tests.e2e.barriers import barriers
from tests.e2e.sessions import become, session_of
from tests.factories import make_challenge, make_member, make_provider, make_user
from tests.profiles.files.zoo import pdf

DAY = timedelta(days=1)
FILE = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": pdf()}


class Cast(NamedTuple):
    """The draft, and the sessions of who acts; the second person also holds a key and signs."""

    call: Challenge
    author: str
    second: str
    provider: str
    chair: str
    chair_email: str
    other_reviewer: User


@pytest.fixture(scope="module")
def cast(site, django_db_blocker) -> Cast:
    with django_db_blocker.unblock():
        call = make_challenge(key_holders=0, title="Freie Kitaplätze finden")
        call.form_questions.create(text="Was schlagen Sie vor?", max_words=50)
        call.file_slots.create(name="Zeitplan")
        author, second = make_member(call.organisation), make_member(call.organisation)
        keys.become_holder(call, author, PASSPHRASE, at=timezone.now())
        provider, chair = make_member(make_provider().organisation), make_user()
        sessions = [session_of(one) for one in (author, second, provider, chair)]
        found = Cast(call, *sessions, chair.email, make_user())
        connections.close_all()
    return found


def elsewhere(work: Callable[[], object]) -> None:
    """Do something in the database as the server would see it."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def test_from_the_draft_to_the_award_letter(site, page, cast):
    call = cast.call

    def visit(session: str, name: str, *args: object) -> None:
        become(page, site, session)
        page.goto(f"{site}{reverse(name, args=args)}")

    def move(**dates: object) -> None:
        elsewhere(lambda: Challenge.objects.filter(pk=call.pk).update(**dates))

    visit(cast.author, "calls:draft", call.pk)
    page.get_by_role("button", name="Zur Prüfung geben").click()
    visit(cast.second, "applications:keys", call.slug)
    page.get_by_label("Neue Passphrase").fill(PASSPHRASE)
    page.get_by_label("Noch einmal").fill(PASSPHRASE)
    assert barriers(page, "main") == []
    page.get_by_role("button", name="Schlüssel einrichten").click()
    page.goto(f"{site}{reverse('calls:draft', args=[call.pk])}")
    page.get_by_role("button", name="Veröffentlichen", exact=True).click()
    expect(page.get_by_text("freigegeben und veröffentlicht")).to_be_visible()

    now = timezone.now()
    move(questions_from=now - 9 * DAY, questions_until=now, applications_from=now - 9 * DAY)
    visit(cast.provider, "applications:new", call.slug)
    page.get_by_role("button", name="beginnen").click()
    page.get_by_role("link", name="Entwurf bearbeiten").click()
    assert barriers(page, "main") == []
    page.get_by_label("Was schlagen Sie vor?").fill("Eine Karte freier Plätze.")
    page.get_by_label("Einrichtung").fill("900")
    page.get_by_role("button", name="Speichern und prüfen").click()
    expect(page.get_by_text("Es fehlt eine Datei: Zeitplan")).to_be_visible()
    page.get_by_role("link", name="Hochladen").click()
    page.set_viewport_size({"width": 390, "height": 844})
    assert barriers(page, "main") == []
    page.locator("input[type=file]").set_input_files(FILE)
    page.get_by_label("verrät nicht, von wem sie ist").check()
    page.get_by_role("button", name="Hochladen, versiegeln und einreichen").click()
    expect(page.get_by_text("eingegangen und versiegelt").first).to_be_visible()
    application = page.url
    page.set_viewport_size({"width": 1280, "height": 900})

    move(questions_until=now - 2 * DAY, applications_until=now - DAY)
    for holder in (cast.author, cast.second):
        visit(holder, "applications:open", call.slug)
        page.get_by_label("Ihre Passphrase").fill(PASSPHRASE)
        assert barriers(page, "main") == []
        page.get_by_role("button", name="Mit meiner Passphrase öffnen").click()
    expect(page.get_by_text("Die Bewerbungen sind geöffnet.")).to_be_visible()

    visit(cast.author, "evaluation:overview", call.slug)
    page.get_by_label("oder E-Mail-Adresse").fill(cast.chair_email)
    page.get_by_role("button", name="Einladen").click()
    page.get_by_role("button", name="Zum Vorsitz machen").click()
    elsewhere(lambda: other_judges(cast))
    visit(cast.chair, "evaluation:sheet", call.slug)
    page.get_by_role("link", name="Interessenkonflikte erklären").click()
    page.get_by_label("befangen?").select_option("no")
    assert barriers(page, "main") == []
    page.get_by_role("button", name="Erklärung abgeben").click()
    page.get_by_role("link", name="Bewerbung A").click()
    assert barriers(page, "main") == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Zeitplan").click()
    assert download.value.suggested_filename == "bewerbung-a-zeitplan.pdf"
    page.get_by_label("Punkte (0 bis 10)").fill("7")
    page.get_by_label("Begründung").fill("Klar beschrieben.")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("button", name="Bogen abschließen").click()
    expect(page.get_by_text("lässt sich nicht mehr ändern")).to_be_visible()

    visit(cast.author, "evaluation:overview", call.slug)
    page.get_by_role("button", name="Schließen", exact=True).click()
    visit(cast.chair, "evaluation:sheet", call.slug)
    page.locator("#agree ~ ul a").click()
    assert barriers(page, "main") == []
    page.get_by_label("Punkte (0 bis 10)").fill("7")
    page.get_by_label("Begründung").fill("Das Vorgehen überzeugt.")
    page.get_by_role("button", name="Feststellen").click()
    visit(cast.author, "evaluation:propose", call.slug)
    page.get_by_label("Entscheidung").select_option(index=0)
    assert barriers(page, "main") == []
    page.get_by_label("Grund").fill("Platz 1 nach der Formel.")
    page.get_by_role("button", name="Vorschlagen").click()
    visit(cast.second, "evaluation:overview", call.slug)
    page.get_by_role("button", name="Zeichnen", exact=True).click()
    expect(page.get_by_role("link", name="als PDF")).to_be_visible()
    assert barriers(page, "main") == []

    become(page, site, cast.provider)
    page.goto(application)
    page.get_by_role("link", name="Zur Entscheidung über Ihre Bewerbung").click()
    expect(page.get_by_text("Ihre Bewerbung hat den Zuschlag.")).to_be_visible()
    expect(page.get_by_text("Das Vorgehen überzeugt.")).to_be_visible()
    assert barriers(page, "main") == []


def other_judges(cast: Cast) -> None:
    """The second reviewer does the same as the first, without the browser."""
    person = cast.other_reviewer
    call = Challenge.objects.get(pk=cast.call.pk)
    reviewer = judging.invite(call, person.email, by=person, at=timezone.now())
    judging.declare(reviewer, {}, at=timezone.now())
    judge(reviewer)
