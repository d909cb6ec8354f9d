from collections.abc import Iterator
from typing import Any

from django.core import paginator


class Page(paginator.Page):  # type: ignore[type-arg]
    @property
    def elided_numbers(self) -> Iterator[int | str]:
        """The page numbers to show: the ends, the neighbours, an ellipsis for what is between."""
        return self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)


class Paginator(paginator.Paginator):  # type: ignore[type-arg]
    def _get_page(self, *args: Any, **kwargs: Any) -> Page:
        return Page(*args, **kwargs)
