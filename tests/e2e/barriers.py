"""What stands in somebody's way on a page, as axe and the width of the screen tell it."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What another colour scheme, or less width, can break on a page that was fine before.
LOOK_RULES = {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "target-size", "scrollable-region-focusable"],
    }
}
# Colours are the slowest thing to look at, and no other language changes them.
TEXT_RULES = ALL_RULES | {"rules": {"color-contrast": {"enabled": False}}}
# Entries of a list come from one template: the first of them stand for the others.
REPEATED = {
    "exclude": [
        ["main article:nth-of-type(n+4)"],
        ["main tbody tr:nth-child(n+5)"],
        ["main li:nth-child(n+7)"],
        ["main .kern-form-check:nth-of-type(n+4)"],
    ]
}


def problems(page: Page, rules: dict[str, Any] = ALL_RULES, within: str | None = None) -> list[str]:
    """Return what axe finds on the page as it is shown now, or in one part of it.

    Of a page whose head and foot others have shown, `within="main"` takes half the time.
    """
    context = REPEATED | ({"include": [[within]]} if within else {})
    result = Axe().run(page, context, rules | {"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in result.response["violations"]
        for node in violation["nodes"]
    ]


def barriers(page: Page, within: str | None = None) -> list[str]:
    """Return what is wrong on a wide light screen and on a dark phone; leaves the wide one."""
    found = []
    for scheme, width, rules in (("dark", 390, LOOK_RULES), ("light", 1280, ALL_RULES)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{scheme}, {problem}" for problem in problems(page, rules, within)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width} px")
    return found
