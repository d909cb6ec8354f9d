"""A hit as HTML. As a template, twenty of them took a fifth of the page."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from challenges.needs.requirements import REQUIREMENTS
from marketplace.matching.reasons import Reason


class Hit(NamedTuple):
    """A solution for a need, with what is said about the two."""

    match: int
    slug: str
    title: str
    provider: str
    price: str
    percent: int
    is_fair: bool
    violations: list[str]
    reasons: list[Reason]


class Reader(NamedTuple):
    """Who looks at the hits of which need."""

    need: int
    is_own: bool
    may_reject: bool


@lru_cache(maxsize=4)
def _words(language: str | None) -> dict[str, str]:
    """Return the words that all hits share, in that language, escaped."""
    words = {
        "points": gettext("%(points)s von 100 Punkten"),
        "reason": gettext("Dafür:"),
        "gap": gettext("Lücke:"),
        "violated": gettext("Verletzt:"),
        "ask": gettext("Anbieter fragen"),
        "reject": gettext("Passt nicht, weil …"),
    }
    requirements = {name: str(label) for name, label in REQUIREMENTS.items()}
    return {key: escape(word) for key, word in (words | requirements).items()}


def articles(
    hits: Iterable[Hit], reader: Reader, *, level: str, demanded: Mapping[str, str] | None = None
) -> list[SafeString]:
    """Return each hit with its title as a heading of that level ("h2").

    What is violated is named, with what is `demanded` there.
    """
    words = dict(_words(get_language()))
    for name, text in (demanded or {}).items():
        words[name] += f" ({escape(text)})"
    return [_article(hit, reader, level, words) for hit in hits]


def _article(hit: Hit, reader: Reader, level: str, words: dict[str, str]) -> SafeString:
    key, title, percent = hit.match, escape(hit.title), hit.percent
    address = reverse("solution", args=[hit.slug])
    points = words["points"] % {"points": percent}
    violated = ", ".join(words[name] for name in hit.violations)
    return mark_safe(  # noqa: S308  (the parts are escaped)
        f"""
<article class="match-hit" aria-labelledby="hit-{key}">
  <{level} class="kern-heading-medium" id="hit-{key}" lang="de">
    <a class="kern-link" href="{address}">{title}</a>
  </{level}>
  <p class="match-hit__by">{escape(hit.provider)} · {escape(hit.price)}</p>
  {f'<p class="match-hit__violated">{words["violated"]} {violated}</p>' if violated else ""}
  <p class="match-hit__score">
    <label for="score-{key}">{points}</label>
    <meter id="score-{key}" min="0" max="100" value="{percent}">{percent}</meter>
  </p>
  <ul class="match-hit__reasons">{"".join(_reasons(hit, words))}</ul>
  <p class="match-hit__actions">{" ".join(_actions(hit, reader, title, words))}</p>
</article>"""
    )


def _reasons(hit: Hit, words: dict[str, str]) -> Iterator[str]:
    for text, is_gap in hit.reasons:
        css, kind = ("match-gap", "gap") if is_gap else ("match-reason", "reason")
        lead = f'<span class="kern-sr-only">{words[kind]} </span>'
        yield f'<li class="{css}">{lead}{escape(text)}</li>'


def _actions(hit: Hit, reader: Reader, title: str, words: dict[str, str]) -> Iterator[str]:
    if reader.is_own:
        address = reverse("contact:solution", args=[hit.slug])
        yield _link(address, words["ask"], f": {title}")
    if reader.may_reject and not hit.violations:
        address = reverse("match_reject", args=[reader.need, hit.slug])
        yield _link(address, words["reject"], f" {title}")


def _link(address: str, words: str, of_what: str) -> str:
    more = f'<span class="kern-sr-only">{of_what}</span>'
    return f'<a class="kern-link" href="{address}">{words}{more}</a>'
