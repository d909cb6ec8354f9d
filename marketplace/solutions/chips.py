"""The active filters of the list, each with the address of the list without it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from profiles.filters import SolutionFilter
from profiles.models import Phase
from profiles.paging import query_of

NO_FILTERS = {"sort", "evidence", "price_on_request", "confirmed"}  # they change what others do
DEPEND_ON = {"municipality": ("references_in_size_class", "references_in_state")}


class Chip(NamedTuple):
    """`hits` counts the list without this filter; asked for only where the list is empty."""

    name: str
    label: str
    remove: str
    hits: int | None = None


def chips_of(filterset: SolutionFilter, *, with_hits: bool = False) -> list[Chip]:
    """Return a chip for each value that narrows the list.

    `with_hits` leaves out those that would not help and puts first
    what helps most.
    """
    chips = list(_chips(filterset))
    if not with_hits:
        return chips
    counted = [chip._replace(hits=_hits_without(filterset, chip)) for chip in chips]
    helpful = [chip for chip in counted if chip.hits]
    return sorted(helpful, key=lambda chip: -(chip.hits or 0))


def _chips(filterset: SolutionFilter) -> Iterator[Chip]:
    for name, value in filterset.values.items():
        is_empty = not value and not isinstance(value, Decimal)  # a price of 0 is a limit
        if name in NO_FILTERS or is_empty:
            continue
        for raw, label in _labels(filterset, name):
            yield Chip(name, label, _without(filterset.data, name, raw))


def _labels(filterset: SolutionFilter, name: str) -> list[tuple[str, str]]:
    """Return the raw values of a filter with what each means in words."""
    value, label = filterset.values[name], str(filterset.filters[name].label)
    match name:
        case "search":
            return [("", _("Suche: %(text)s") % {"text": value})]
        case "municipality":
            return [("", _("für %(name)s") % {"name": value.name})]
        case "max_price":
            limit = number_format(value, 0, force_grouping=True)
            return [("", _("bis %(limit)s Euro je Jahr") % {"limit": limit})]
        case "topic" | "standard":
            return [(row.key, row.name) for row in value]
        case "criteria_met":
            told = _("Kriterien erfüllt: %(phase)s")
            return [(phase, told % {"phase": Phase(phase).label}) for phase in value]
        case "region" | "provider_state":
            return [(state.code, f"{label}: {state.name}") for state in value]
    if value is True:
        return [("", label)]
    choices = dict(filterset.filters[name].extra["choices"])
    return [(key, str(choices[key])) for key in value]


def _without(data: QueryDict, name: str, value: str) -> str:
    """Return the query string without that value; "" stands for all values of the filter."""
    dropped = {"page", *DEPEND_ON.get(name, ())} | ({name} if not value else set())

    def stays(key: str, item: str) -> bool:
        return bool(item) and key not in dropped and (key, item) != (name, value)

    return f"?{query_of(data, stays)}"


def without_blanks(data: QueryDict) -> QueryDict:
    filled = QueryDict(mutable=True)
    for name, values in data.lists():
        if kept := [value for value in values if value]:
            filled.setlist(name, kept)
    return filled


def _hits_without(filterset: SolutionFilter, chip: Chip) -> int:
    data = QueryDict(chip.remove.removeprefix("?"))
    return SolutionFilter(data, queryset=filterset.queryset).hits().count()
