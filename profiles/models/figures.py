"""Prices and sizes of solutions, said in words."""

from functools import lru_cache
from typing import Protocol

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext


def grouped(number: int) -> str:
    """Write it with separators of thousands; a list says the same numbers again and again."""
    return _grouped(number, get_language())


@lru_cache(maxsize=20_000)
def _grouped(number: int, language: str | None) -> str:
    return number_format(number, force_grouping=True)


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
