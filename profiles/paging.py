from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core import paginator
from django.http import QueryDict


class Link(NamedTuple):
    """A page by its number; an ellipsis has none, and the page that is shown no address."""

    number: int | None
    address: str = ""


class Links(NamedTuple):
    """The ways from a page; "" where there is none."""

    previous: str
    numbered: list[Link]
    next: str


class Page(paginator.Page):  # type: ignore[type-arg]
    def links(self, parameters: QueryDict) -> Links:
        """Return the ends, the neighbours and an ellipsis for what is between."""
        address = _addresses(parameters)
        shown = self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        return Links(
            address(self.number - 1) if self.has_previous() else "",
            [self._link(entry, address) for entry in shown],
            address(self.number + 1) if self.has_next() else "",
        )

    def _link(self, entry: int | str, address: Callable[[int], str]) -> Link:
        if not isinstance(entry, int):
            return Link(None)
        return Link(entry) if entry == self.number else Link(entry, address(entry))


def _addresses(parameters: QueryDict) -> Callable[[int], str]:
    kept = unpaged(parameters)
    before = f"?{kept}&" if kept else "?"
    return lambda number: f"{before}page={number}"


def unpaged(parameters: QueryDict) -> str:
    """Return the query string of a list, whatever its page."""
    return query_of(parameters, lambda name, _: name != "page")


def query_of(parameters: QueryDict, keep: Callable[[str, str], bool]) -> str:
    """Write those to keep, by name and value; to copy a `QueryDict` takes four times as long."""
    pairs = ((name, value) for name, values in parameters.lists() for value in values)
    return urlencode([pair for pair in pairs if keep(*pair)])


class Paginator(paginator.Paginator):  # type: ignore[type-arg]
    def _get_page(self, *args: Any, **kwargs: Any) -> Page:
        return Page(*args, **kwargs)
