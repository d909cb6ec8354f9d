"""Two colleagues keep solutions in mind, rule one out, compare, and take it to the file."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from profiles.models import Membership
from tests.e2e.barriers import barriers, overflow, problems
from tests.e2e.sessions import become, session_of
from tests.factories import make_member, make_organisation


@pytest.fixture(scope="module")
def sessions(site, django_db_blocker) -> list[str]:
    """The sessions of two editors of one municipality, written where the server sees them."""
    keys = []
    with django_db_blocker.unblock():
        organisation = make_organisation(name="Musterstadt")
        for _ in range(2):
            keys.append(session_of(make_member(organisation, Membership.Role.EDITOR)))
    return keys


def downloaded(page: Page, name: str) -> BytesIO:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return BytesIO(download.value.path().read_bytes())


def test_from_the_list_to_the_file(site, page, sessions):
    editor, colleague = sessions
    become(page, site, editor)
    page.goto(f"{site}/merkliste/")
    assert barriers(page) == []
    page.goto(f"{site}/loesungen/")
    page.evaluate("window.sameDocument = true")
    page.get_by_role("button", name=re.compile("^Merken")).first.click()
    expect(page.get_by_role("link", name="Auf der Merkliste")).to_have_count(1)
    assert page.evaluate("window.sameDocument") is True
    assert page.url == f"{site}/loesungen/"
    page.goto(f"{site}/loesungen/votumbra-gremium/")
    page.get_by_role("button", name=re.compile("^Merken")).click()
    expect(page.locator(".solution-actions").get_by_text("Auf der Merkliste")).to_be_visible()
    assert problems(page, within=".solution-actions") == []

    become(page, site, colleague)
    page.goto(f"{site}/merkliste/")
    assert barriers(page, "main") == []
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_role("article").first.get_by_role("link").click()
    page.get_by_label("Neue Notiz").fill("Am Montag angerufen")
    page.get_by_role("button", name="Notiz hinzufügen").click()
    expect(page.get_by_text("Am Montag angerufen")).to_be_visible()
    page.get_by_role("combobox", name="Stand").select_option("out")
    page.get_by_role("button", name="Stand speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte nennen Sie den Grund")
    assert barriers(page, "main") == []
    page.get_by_role("textbox", name="Grund").fill("keine Schnittstelle")
    page.get_by_role("button", name="Stand speichern").click()
    expect(page.locator(".page-head")).to_contain_text("weil: keine Schnittstelle")

    page.goto(f"{site}/merkliste/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    sheet = load_workbook(downloaded(page, "Tabelle für Excel")).worksheets[0]
    assert "keine Schnittstelle" in [cell.value for cell in sheet["D"]]
    page.get_by_role("button", name="Ausgewählte vergleichen").click()
    expect(page.locator(".comparison-table thead th")).to_have_count(3)
    rows = page.locator(".comparison-table tbody tr")
    everything = rows.count()
    page.get_by_label("nur Unterschiede").check()
    expect(rows).not_to_have_count(everything)
    paper = PdfReader(downloaded(page, "Papier"))
    assert paper.trailer["/Root"]["/Lang"] == "de-DE"


def test_without_javascript_a_solution_is_kept_too(site, plain_page, sessions):
    become(plain_page, site, sessions[0])
    plain_page.goto(f"{site}/loesungen/?search=Dorfzirpe")
    plain_page.get_by_role("button", name=re.compile("^Merken")).first.click()
    expect(plain_page.get_by_role("status").first).to_contain_text("steht auf der Merkliste")


def test_on_a_phone_the_facts_stay_while_the_table_scrolls(site, narrow_page):
    narrow_page.goto(f"{site}/vergleich/?solution=votumbra-gremium&solution=dorfzirpe")
    region = narrow_page.locator(".comparison__scroll")
    fact = region.locator("tbody th").first
    before = fact.bounding_box()["x"]
    region.evaluate("element => element.scrollTo(300, 0)")
    assert region.evaluate("element => element.scrollLeft") > 0
    assert abs(fact.bounding_box()["x"] - before) < 1
    assert overflow(narrow_page) == 0
