"""Queries that are put together once, which takes Django longer than PostgreSQL to answer."""

from collections.abc import Callable
from copy import copy
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
EXAMPLE = 2_100_000_000  # of a key


class Prepared(Generic[Row]):
    """A query of which a few values are told later.

    `write` makes it for examples, which must be like no other value in it. Rows are loaded as the
    queryset says, without what it would prefetch.
    """

    def __init__(self, write: Callable[..., QuerySet[Row]], **examples: Any) -> None:
        self.rows = write(**examples)
        self.compiler = self.rows.query.get_compiler(self.rows.db)
        self.sql, self.values = self.compiler.as_sql()
        self.places = {
            name: [place for place, value in enumerate(self.values) if value == example]
            for name, example in examples.items()
        }
        if not all(self.places.values()):
            raise ValueError(f"not all of {examples} are among {self.values}")

    def __call__(self, **told: Any) -> list[Row]:
        """Return the rows for these values; one query."""
        values = list(self.values)
        for name, places in self.places.items():
            for place in places:
                values[place] = told[name]
        compiler = copy(self.compiler)  # of this call alone: threads ask at the same time
        compiler.connection = connections[self.rows.db]
        compiler.as_sql = lambda *_, **__: (self.sql, tuple(values))
        query = copy(self.rows.query)
        query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(type(self.rows)(self.rows.model, query, self.rows.db))
