"""Queries that are put together once, which takes Django longer than PostgreSQL to answer."""

from collections.abc import Callable
from copy import copy
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class Prepared(Generic[Row]):
    """A query in which one value changes.

    `write` makes it for a value like `example`, which no other value of the query may equal. Rows
    are loaded as the queryset says, without what it would prefetch.
    """

    def __init__(self, write: Callable[[Any], QuerySet[Row]], example: object) -> None:
        self.rows = write(example)
        self.compiler = self.rows.query.get_compiler(self.rows.db)
        self.sql, self.values = self.compiler.as_sql()
        if self.values.count(example) != 1:
            raise ValueError(f"{example!r} is not once among {self.values!r}")
        self.place = self.values.index(example)

    def __call__(self, value: object) -> list[Row]:
        """Return the rows for that value: one query."""
        values = (*self.values[: self.place], value, *self.values[self.place + 1 :])
        compiler = copy(self.compiler)  # of this call alone: threads ask at the same time
        compiler.connection = connections[self.rows.db]
        compiler.as_sql = lambda *_, **__: (self.sql, values)
        query = copy(self.rows.query)
        query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(type(self.rows)(self.rows.model, query, self.rows.db))
