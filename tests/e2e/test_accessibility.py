"""Nothing stands in the way on any page: in both languages, light and dark, wide and narrow."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.barriers import LOOK_RULES, WORD_RULES, barriers, problems

PAGES = {
    "home": "",
    "solutions": "loesungen/",
    "solutions narrowed": "loesungen/?topic=mobilitaet_parken&municipality=Kassel&search=Parksytem",
    "solutions with errors": "loesungen/?municipality=Nirgendwo&max_price=viel",
    "solutions without hits": "loesungen/?phase=P1&licence=open_source&hosting=eu",
    "found by meaning": "suche/?search=council meetings&phase=P4",
    "solution": "loesungen/votumbra-gremium/",
    "comparison": "vergleich/?solution=votumbra-gremium&solution=dorfzirpe&search=Formular",
    "comparison with errors": "vergleich/?solution=gibt-es-nicht",
    "concept": "loesungen/dorfzirpe/",
    "provider": "anbieter/wortkaskade-gmbh/",
    "market": "markt/",
    "criteria": "kriterien/?workstream=technisch&search=Daten",
    "criterion": "kriterien/proof-of-value/",
    "network of criteria": "kriterien/netz/?criterion=proof-of-value",
    "operator models": "kriterien/betreibermodelle/",
    "good practice": "kriterien/beispiele/decidim/",
    "data": "daten/",
    "figures of challenges": "challenges/zahlen/",
    "legal notice": "seiten/impressum/",
    "accessibility statement": "seiten/barrierefreiheit/",
    "report a barrier": "barriere-melden/",
    "sign in": "konto/login/",
    "sign up": "konto/signup/",
    "sign up done": "konto/confirm-email/",
    "used-up link": "konto/confirm-email/falsch/",
    "password reset": "konto/password/reset/",
    "sent mails": "dev/mail/",
    "not found": "gibt-es-nicht/",
}


@pytest.fixture(scope="module")
def tab(browser, browser_context_args) -> Iterator[tuple[Page, list[str]]]:
    """One tab for all pages, which keeps style sheets and fonts, and what its console says."""
    context, said = browser.new_context(**browser_context_args), []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    yield page, said
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(site, tab, name):
    page, said = tab
    said.clear()
    page.goto(f"{site}/en/{PAGES[name]}")
    assert problems(page, WORD_RULES) == []
    page.goto(f"{site}/{PAGES[name]}")
    assert barriers(page) == []
    assert [text for text in said if "Content Security Policy" in text] == []


def test_with_an_error_the_sign_in_form_stays_usable(site, page):
    page.goto(f"{site}/konto/login/")
    page.locator("input[type=email]").fill("niemand@demo.example")
    page.locator("input[type=password]").fill("falsch")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator("input[type=email]").input_value() == "niemand@demo.example"
    assert problems(page) == []


def test_one_pale_text_among_many_alike_is_found(page):
    alike = "<p>Wie alle anderen</p>" * 20
    page.set_content(f"<main>{alike}<p style='color: #eee'>Blass</p>{alike}</main>")
    (found,) = problems(page, LOOK_RULES)
    assert "Blass" in found
