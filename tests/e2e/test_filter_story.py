"""An employee of a municipality looks for a solution: the main job of the market."""

import re
from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.barriers import overflow

HITS = re.compile(r"^\d+ Lösung(en)?$")


def count(page: Page) -> int:
    heading = page.get_by_role("heading", name=HITS)
    return int(heading.inner_text().split()[0])


def story(page: Page, site: str, *, settle) -> None:
    page.goto(f"{site}/loesungen/")
    assert count(page) == 80

    page.get_by_text("Anträge, Formulare und Förderverfahren").first.click()
    page.locator("#topic-antraege_foerderung").check()
    settle("Anträge, Formulare und Förderverfahren")
    assert count(page) == 9

    page.get_by_role("heading", name="Standard", exact=True).click()
    page.locator("#standard-dsgvo_avv").check()
    settle("AVV (Art. 28 DSGVO)")
    page.get_by_label("Für meine Kommune").fill("Baunatal")
    page.get_by_label("Für meine Kommune").press("Enter")
    settle("für Baunatal")
    expect(page.get_by_text("28.339 Einwohner:innen")).to_be_visible()

    page.get_by_label("Was suchen Sie?").fill("Formularsever")
    page.get_by_role("button", name="Suchen").click()
    settle("Suche: Formularsever")
    expect(page.get_by_text("Gesucht wurde")).to_contain_text("formularserver")
    found = count(page)
    assert 1 <= found <= 8
    there = page.url

    first = page.locator("article h3 a").first
    title = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    assert page.url == there
    assert count(page) == found
    expect(page.locator("#topic-antraege_foerderung")).to_be_checked()

    with page.expect_download() as download:
        page.get_by_role("link", name="Tabelle für Excel (XLSX)").click()
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).active
    assert sheet.max_row == found + 1
    assert title in [cell.value for cell in sheet["A"]]


def test_with_javascript_only_the_results_are_swapped(site, page):
    def settle(chip: str) -> None:
        expect(page.get_by_role("list", name="Aktive Filter")).to_contain_text(chip)

    page.goto(f"{site}/loesungen/")
    page.evaluate("window.sameDocument = true")
    page.locator("#phase-P5").check()
    settle("P5 Horizontale Skalierung")
    assert page.evaluate("window.sameDocument") is True
    expect(page).to_have_url(re.compile(r"phase=P5"))
    expect(page.locator("#phase-P5")).to_be_focused()
    story(page, site, settle=settle)


def test_without_javascript(site, plain_page):
    def settle(chip: str) -> None:
        chips = plain_page.get_by_role("list", name="Aktive Filter")
        if not (chips.count() and chip in chips.inner_text()):
            plain_page.get_by_role("button", name="Filter anwenden").click()
        expect(chips).to_contain_text(chip)

    story(plain_page, site, settle=settle)


def test_on_a_phone_the_results_come_before_the_filters(site, narrow_page):
    narrow_page.goto(f"{site}/loesungen/")
    expect(narrow_page.locator("#filters-panel")).not_to_have_attribute("open", "")
    expect(narrow_page.locator("article").first).to_be_visible()
    narrow_page.get_by_role("heading", name="Filter").click()
    narrow_page.locator("#phase-P5").check()
    expect(narrow_page.get_by_role("list", name="Aktive Filter")).to_contain_text("P5")
    assert overflow(narrow_page) == 0


def test_a_chip_takes_its_filter_away(site, page):
    page.goto(f"{site}/loesungen/?phase=P5&licence=open_source")
    page.get_by_role("link", name="Filter entfernen: Open Source").click()
    expect(page).to_have_url(f"{site}/loesungen/?phase=P5")
    assert count(page) == 26


def test_by_keyboard_alone(site, page):
    page.goto(f"{site}/loesungen/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Was suchen Sie?").focus()
    page.keyboard.type("Parkleitsystem")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Aktive Filter")).to_contain_text("Parkleitsystem")
