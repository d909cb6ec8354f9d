"""A town rates twelve criteria, reads the result, takes the paper, and moves to a new version."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from criteria.catalogue import built_in
from criteria.models import Catalogue, Criterion
from profiles.models import Membership
from tests.e2e.barriers import barriers
from tests.factories import make_catalogue, make_member, make_organisation

BY_HAND = 3  # criteria that are rated by choosing; the rest goes the same way, but faster


@pytest.fixture(scope="module")
def session(site, django_db_blocker) -> str:
    """The session of an editor of a town, written where the server sees it."""
    with django_db_blocker.unblock():
        built_in.load(at=timezone.now())
        client = Client()
        town = make_organisation(name="Musterhausen", kind="municipality")
        client.force_login(make_member(town, Membership.Role.EDITOR))
        return client.cookies["sessionid"].value


def publish_a_new_version() -> None:
    """The criteria that begin in the pilot phase are told anew, the others are as they were."""
    old = Catalogue.objects.current().get()
    new = make_catalogue(title=old.title)
    criteria = list(Criterion.objects.of_catalogue(old))
    for criterion in criteria:
        criterion.pk, criterion.catalogue = None, new
        if criterion.phase == "P3":
            criterion.title_de += " (neu)"
    Criterion.objects.bulk_create(criteria)
    new.publish(at=timezone.now())
    connection.close()


def rate_as_the_plain_form_does(page, values: list[str]) -> None:
    """Send the other forms of the list as they stand on the page, without a script."""
    forms = page.locator(".rating__form").evaluate_all(
        "forms => forms.map(form => [form.action, Object.fromEntries(new FormData(form))])"
    )
    for (address, fields), value in list(zip(forms, values, strict=False))[BY_HAND:]:
        answer = page.request.post(
            address,
            form=fields | {"value": value},
            headers={"Referer": page.url},
            max_redirects=0,
        )
        assert answer.status == 302


def test_from_the_first_rating_to_the_council(site, page, session, django_db_blocker):
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page.goto(f"{site}/selbsteinschaetzung/")
    page.get_by_role("link", name="Neue Selbsteinschätzung").click()
    page.get_by_label("Projekt oder Lösung").fill("Parkleitsystem")
    page.get_by_label("Phase heute").select_option("P3")
    page.get_by_label("Politik").check()
    page.get_by_role("button", name="Anlegen und bewerten").click()

    page.evaluate("window.sameDocument = true")
    values = ["met", "partly", "not_met", "met"] * 3
    choices = page.locator(".rating select")
    for place, value in enumerate(values[:BY_HAND]):
        choices.nth(place).select_option(value)
        expect(page.locator("#progress")).to_contain_text(f"{place + 1} von 70")
    assert page.evaluate("window.sameDocument") is True
    rate_as_the_plain_form_does(page, values)
    page.reload()
    expect(page.locator("#progress")).to_contain_text("12 von 70")
    assert barriers(page) == []

    page.get_by_role("link", name="Ergebnis", exact=True).click()
    expect(page.get_by_role("heading", name="Was vor P4")).to_be_visible()
    assert page.locator(".roadmap__step").count() > 3
    assert barriers(page, "main") == []
    page.locator(".roadmap__title a").first.click()
    page.get_by_label("Notiz").fill("Der Ausschuss berät im Mai.")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(".shortlist-history")).to_contain_text("Der Ausschuss berät")
    assert barriers(page, "main") == []

    page.goto(page.url.partition("kriterium")[0] + "bericht/")
    page.get_by_label("Beschlussvorschlag").fill("Der Rat beschließt den Regelbetrieb.")
    page.get_by_role("button", name="Texte speichern").click()
    page.get_by_role("button", name="Link anlegen").click()
    expect(page.locator(".share-link")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Papier").click()
    paper = PdfReader(BytesIO(download.value.path().read_bytes()))
    assert paper.trailer["/Root"]["/Lang"] == "de-DE"
    assert "Der Rat beschließt den Regelbetrieb." in paper.pages[0].extract_text()
    page.locator(".share-link a").click()
    expect(page.get_by_text("Der Rat beschließt den Regelbetrieb.")).to_be_visible()

    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as outside_the_transaction:
        outside_the_transaction.submit(publish_a_new_version).result()
    page.goto(f"{site}/selbsteinschaetzung/")
    page.get_by_role("link", name="Parkleitsystem").click()
    page.get_by_role("link", name="Unterschiede ansehen").click()
    expect(page.get_by_role("heading", name="8 geänderte Kriterien")).to_be_visible()
    page.get_by_role("button", name="Jetzt übertragen").click()
    expect(page.locator("#progress")).to_contain_text("12 von 70")
    expect(page.get_by_text("bitte prüfen").first).to_be_visible()
