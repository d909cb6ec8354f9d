"""Prices and sizes of solutions, said in words."""

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext

if TYPE_CHECKING:
    from profiles.models.solutions import Solution


def price_in_words(solution: "Solution") -> str:
    if solution.price_model == solution.PriceModel.FREE:
        return gettext("kostenfrei")
    if solution.price_from_eur is None:
        return gettext("auf Anfrage")
    amount = number_format(solution.price_from_eur, force_grouping=True)
    if solution.price_model == solution.PriceModel.ONE_OFF:
        return gettext("ab %(amount)s € einmalig") % {"amount": amount}
    return gettext("ab %(amount)s € je Jahr") % {"amount": amount}


def population_in_words(least: int | None, most: int | None) -> str:
    """Return the size of the towns that an offer is for; None is no bound."""
    low, high = (bound and number_format(bound, force_grouping=True) for bound in (least, most))
    if low and high:
        return gettext("%(low)s bis %(high)s Einwohner:innen") % {"low": low, "high": high}
    if low:
        return gettext("ab %(low)s Einwohner:innen") % {"low": low}
    if high:
        return gettext("bis %(high)s Einwohner:innen") % {"high": high}
    return gettext("jede Größe")
