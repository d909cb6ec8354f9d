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
REPEATED = [
    "main article:nth-of-type(n+4)",
    "main tbody tr:nth-child(n+5)",
    "main li:nth-child(n+7)",
    "main .kern-form-check:nth-of-type(n+4)",
]
# Half of the time went into the contrast of thousand texts, most of which look like another one:
# two of each look (tag, classes and colours of the text and of all around it) are measured.
ALIKE = 2
MARK_LOOKS = """([alike, {include, exclude}]) => {
    const looks = new Map(), seen = new Map();
    const look = element => {
        if (!element) return "";
        if (!looks.has(element)) {
            const is = getComputedStyle(element);
            looks.set(element, [look(element.parentElement), element.localName,
                element.getAttribute("class"), element.disabled, is.color, is.backgroundColor,
                is.backgroundImage, is.opacity, is.visibility, is.fontSize, is.fontWeight].join());
        }
        return looks.get(element);
    };
    const speaks = element => element.matches("input, select, textarea")
        || [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    for (const element of document.querySelectorAll("body, body *")) {
        const counts = speaks(element) && element.checkVisibility()
            && element.closest(include.join()) && !element.closest(exclude.join());
        const times = counts ? seen.get(look(element)) ?? 0 : alike;
        if (counts) seen.set(look(element), times + 1);
        element.toggleAttribute("data-look", times < alike);
    }
    axe.configure({rules: [{id: "color-contrast", selector: "[data-look]"}]});
}"""
FOUND = """async ([context, rules]) => (await axe.run(context, rules)).violations.flatMap(
    found => found.nodes.map(node => `${found.id}: ${node.html.slice(0, 160)}`))"""
QUICKER = {"resultTypes": ["violations"], "selectors": False, "preload": False}


def problems(page: Page, rules: dict[str, Any] = ALL_RULES, within: str | None = None) -> list[str]:
    """Return what axe finds on the page as it is shown now, or in one part of it.

    Of a page whose head and foot others have shown, `within="main"` takes half the time.
    """
    page.wait_for_load_state()
    context = {"include": [within or "html"], "exclude": REPEATED}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(MARK_LOOKS, [ALIKE, context])
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
