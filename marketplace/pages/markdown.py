import re
from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

ADDRESS = re.compile(r"https?://|mailto:|tel:|[/#]|[^:]*$")

HEADINGS = {2: "kern-heading-large", 3: "kern-heading-medium", 4: "kern-heading-small"}
CLASSES = {
    "link_open": "kern-link",
    "table_open": "kern-table",
    "thead_open": "kern-table__head",
    "tbody_open": "kern-table__body",
    "tr_open": "kern-table__row",
    "th_open": "kern-table__header",
    "td_open": "kern-table__cell",
}


class Parser(MarkdownIt):
    """No HTML, no pictures, which could come from other servers; a line break is one."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": True})
        self.enable("table").disable("image")
        self.add_render_rule("table_open", _table_open)
        self.add_render_rule("table_close", _table_close)

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the parser's name for it)
        """Let what is no address of a page, of mail or of a telephone stay text."""
        return bool(ADDRESS.match(url))


def _table_open(
    self: RendererHTML, tokens: Sequence[Token], number: int, options: OptionsDict, env: EnvType
) -> str:
    """Let a wide table scroll within the page, with the keyboard too."""
    frame = format_html(
        '<div class="kern-table-responsive" role="group" aria-label="{}" tabindex="0">',
        gettext("Tabelle"),
    )
    return frame + self.renderToken(tokens, number, options, env)


def _table_close(
    self: RendererHTML, tokens: Sequence[Token], number: int, options: OptionsDict, env: EnvType
) -> str:
    return self.renderToken(tokens, number, options, env) + "</div>\n"


PARSER = Parser()


def render(text: str) -> SafeString:
    """Return `text` as HTML whose highest heading is an h2: the title of the page is the h1."""
    tokens = PARSER.parse(text)
    _shift_headings([token for token in tokens if token.type.startswith("heading_")])
    for token in tokens:
        for part in (token, *(token.children or ())):
            _dress(part)
    html = str(PARSER.renderer.render(tokens, PARSER.options, {}))
    # Safe: the parser escapes all text and passes no HTML of the author through.
    return mark_safe(html)  # noqa: S308


def _shift_headings(headings: Sequence[Token]) -> None:
    shift = 2 - min((_level(token) for token in headings), default=2)
    for token in headings:
        token.tag = f"h{min(_level(token) + shift, 6)}"


def _level(heading: Token) -> int:
    return int(heading.tag[1])


def _dress(token: Token) -> None:
    """Give an element the class of the design system."""
    if token.type == "heading_open":
        token.attrSet("class", HEADINGS.get(_level(token), "kern-heading-small"))
    elif token.type in CLASSES:
        token.attrSet("class", CLASSES[token.type])
