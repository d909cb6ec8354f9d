"""What stands in somebody's way on a page, as axe and the width of the screen tell it."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def only(*rules: str) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": rules}}


# What another colour scheme, or less width, can break on a page that was fine before.
LOOK_RULES = only("color-contrast", "target-size", "scrollable-region-focusable")
# What other words can break: a name that is missing or no longer tells one thing from another.
WORD_RULES = only(
    *("document-title", "html-has-lang", "html-lang-valid", "valid-lang", "empty-heading"),
    *("button-name", "link-name", "summary-name", "image-alt", "svg-img-alt", "role-img-alt"),
    *("label", "select-name", "input-button-name", "aria-input-field-name", "label-title-only"),
    *("empty-table-header", "landmark-unique", "form-field-multiple-labels"),
)
# Entries of a list come from one template: the first of them stand for the others.
REPEATED = {
    "exclude": [
        ["main article:nth-of-type(n+4)"],
        ["main tbody tr:nth-child(n+5)"],
        ["main li:nth-child(n+7)"],
        ["main .kern-form-check:nth-of-type(n+4)"],
    ]
}


FOUND = """async ([context, rules]) => (await axe.run(context, rules)).violations.flatMap(
    found => found.nodes.map(node => `${found.id}: ${node.html.slice(0, 160)}`))"""
QUICKER = {"resultTypes": ["violations"], "selectors": False, "preload": False}


def problems(page: Page, rules: dict[str, Any] = ALL_RULES, within: str | None = None) -> list[str]:
    """Return what axe finds on the page as it is shown now, or in one part of it.

    Of a page whose head and foot others have shown, `within="main"` takes half the time.
    """
    page.wait_for_load_state()
    context = REPEATED | ({"include": [[within]]} if within else {})
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(FOUND, [context, rules | QUICKER])
    return found


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    page.wait_for_load_state()  # a document that has only just begun has no element to measure
    return page.locator("html").evaluate("html => Math.max(0, html.scrollWidth - innerWidth)")


def barriers(page: Page, within: str | None = None) -> list[str]:
    """Return what is wrong on a wide light screen and on a dark phone; leaves the wide one."""
    found = []
    for scheme, width, rules in (("dark", 390, LOOK_RULES), ("light", 1280, ALL_RULES)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{scheme}, {problem}" for problem in problems(page, rules, within)]
        if overflow(page):
            found.append(f"wider than {width} px")
    return found
