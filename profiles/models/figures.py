"""What is known of a solution, said in words."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from django.utils.formats import get_format
from django.utils.translation import get_language, gettext


def grouped(number: int) -> str:
    """Write it with separators of thousands."""
    return grouped_in(get_language(), number)


@lru_cache(maxsize=10_000)
def grouped_in(language: str | None, number: int) -> str:
    """Do the same in that language; a list has some three hundred numbers."""
    return f"{number:,}".replace(",", get_format("THOUSAND_SEPARATOR", language))


class Priced(Protocol):
    """A solution, or a few columns of one."""

    @property
    def price_model(self) -> str: ...
    @property
    def price_from_eur(self) -> int | None: ...


def price_in_words(offer: Priced) -> str:
    if offer.price_model == "free":
        return gettext("kostenfrei")
    if offer.price_from_eur is None:
        return gettext("auf Anfrage")
    amount = grouped(offer.price_from_eur)
    if offer.price_model == "one_off":
        return gettext("ab %(amount)s € einmalig") % {"amount": amount}
    return gettext("ab %(amount)s € je Jahr") % {"amount": amount}


def teaser(tagline: str, summary: str) -> str:
    """Return the tagline, or the first sentence of the summary."""
    return tagline or summary.partition(". ")[0].rstrip(".") + "."


def regions_in_words(states: Iterable[str]) -> str:
    return ", ".join(states) or gettext("bundesweit")


def population_in_words(least: int | None, most: int | None) -> str:
    """Return the size of the towns that an offer is for; None is no bound."""
    low, high = (bound and grouped(bound) for bound in (least, most))
    if low and high:
        return gettext("%(low)s bis %(high)s Einwohner:innen") % {"low": low, "high": high}
    if low:
        return gettext("ab %(low)s Einwohner:innen") % {"low": low}
    if high:
        return gettext("bis %(high)s Einwohner:innen") % {"high": high}
    return gettext("jede Größe")
