"""What the frame of every page shows: navigation, the other language, the demo banner."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse, translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from challenges.calls.urls import urlpatterns as calls_urls
from criteria.catalogue.urls import urlpatterns as criteria_urls


class Entry(NamedTuple):
    """A page of the navigation; `rooms` are the views at which it is the current one."""

    url_name: str
    label: str | Promise
    rooms: frozenset[str]


CRITERIA = frozenset(f"criteria:{url.name}" for url in criteria_urls)
CALLS = frozenset(f"calls:{url.name}" for url in calls_urls)
NAVIGATION = (
    Entry(
        "solutions", _("Lösungen"), frozenset({"solutions", "solution", "provider", "comparison"})
    ),
    Entry("needs:list", _("Bedarfe"), frozenset({"needs:list", "needs:detail", "needs:edit"})),
    Entry("calls:list", _("Challenges"), CALLS),
    Entry("criteria:list", _("Kriterien"), CRITERIA),
    Entry("market", _("Markt im Überblick"), frozenset({"market", "market_gaps"})),
    Entry("data", _("Daten und API"), frozenset({"data", "api"})),
)


class Link(NamedTuple):
    url: str
    label: str
    state: str  # the value of aria-current: "page", "true" for a page below it, or nothing


class Language(NamedTuple):
    code: str
    name: str
    url: str


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo": settings.DEMO,
        "navigation": _navigation(_room(request), get_language(), get_script_prefix()),
        "languages": _languages(request),
        "site_url": settings.SITE_URL,
    }


def _room(request: HttpRequest) -> str | None:
    return request.resolver_match.view_name if request.resolver_match else None


@lru_cache(maxsize=500)
def _navigation(here: str | None, language: str | None, prefix: str) -> list[Link]:
    """Return the links as they are seen from a view, which are the same for everybody."""
    return [_link(entry, here) for entry in NAVIGATION]


def _link(entry: Entry, here: str | None) -> Link:
    state = "page" if here == entry.url_name else "true" if here in entry.rooms else ""
    return Link(reverse(entry.url_name), str(entry.label), state)


def _languages(request: HttpRequest) -> list[Language]:
    """The page in each language; empty where it exists in one only."""
    here = request.get_full_path()
    shown = get_language()
    addresses = {
        code: here if code == shown else translate_url(here, code)
        for code, _name in settings.LANGUAGES
    }
    if len(set(addresses.values())) == 1:
        return []
    return [Language(code, name, addresses[code]) for code, name in settings.LANGUAGES]
