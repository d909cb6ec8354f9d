"""What the snapshot reads from the database, packed there into few large values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.contrib.postgres.aggregates.mixins import OrderableAggMixin
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    Aggregate,
    BigIntegerField,
    BinaryField,
    BooleanField,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from numpy.typing import NDArray

from profiles.models import Municipality, Solution
from profiles.models.terms import REFERENCES, TERMS
from profiles.models.text import PLACES, Ways, tsquery

Ids = NDArray[np.int64]
Columns = Mapping[str, NDArray[np.float64]]
"""Numbers by name; one that is missing is not a number."""
NUMBERS = ("price_from_eur", "min_population", "max_population")
UNKNOWN = -1  # how a missing number travels


class Bytes(Func):
    function = "int8send"
    output_field = BinaryField()


class Among(Func):
    """Whether a column is one of many numbers.

    They travel as one text: of parameters, each is looked at several times on its way.
    """

    arg_joiner = " = "
    template = "(%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, column: str, ids: Iterable[int]) -> None:
        numbers = Value(f"{{{','.join(map(str, ids))}}}", output_field=TextField())
        array = Cast(numbers, ArrayField(BigIntegerField()))
        super().__init__(F(column), Func(array, function="ANY"))


class Packed(OrderableAggMixin, Aggregate):
    """Whole numbers of many rows as one value: 8 bytes each, one row after the other."""

    function = "string_agg"
    template = "%(function)s(%(expressions)s, ''::bytea %(order_by)s)"
    arg_joiner = " || "
    output_field = BinaryField()

    def __init__(self, *numbers: Any, **options: Any) -> None:
        super().__init__(*(Bytes(number) for number in numbers), **options)


def unpacked(value: bytes | memoryview | None, columns: int = 1) -> Ids:
    return np.frombuffer(value or b"", dtype=">i8").astype(np.int64).reshape(-1, columns)


def ids_of(rows: QuerySet[Any], column: str = "pk") -> Ids:
    """Return one column of whole numbers; one query."""
    packed = rows.order_by().aggregate(packed=Packed(F(column)))["packed"]
    return unpacked(packed)[:, 0]


def holding(asked: Sequence[Ways], only: Ids | None = None) -> list[list[Ids]]:
    """Return for each word whose documents hold it, a list for each of `PLACES`: one query."""
    conditions = [[tsquery(ways, place) for ways in asked] for place in PLACES]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT string_agg(int8send(solution_id * 4 + (vector @@ asked.c::tsquery)::int
                                                               + (vector @@ asked.b::tsquery)::int
                                                               + (vector @@ asked.a::tsquery)::int),
                                      ''::bytea)
                    FROM profiles_searchdocument
                    WHERE vector @@ asked.anywhere::tsquery
                      AND (%(only)s::bigint[] IS NULL OR solution_id = ANY (%(only)s::bigint[])))
            FROM unnest(%(anywhere)s::text[], %(c)s::text[], %(b)s::text[], %(a)s::text[])
                WITH ORDINALITY AS asked (anywhere, c, b, a, position)
            ORDER BY position
            """,
            dict(zip(("anywhere", "c", "b", "a"), conditions, strict=True))
            | {"only": None if only is None else only.tolist()},
        )
        return [by_place(packed) for (packed,) in cursor.fetchall()]


def by_place(packed: bytes | memoryview | None) -> list[Ids]:
    """Take apart numbers of `4 * id + the last of PLACES that applies`."""
    numbers = unpacked(packed)[:, 0]
    ids, last = numbers >> 2, numbers & 3
    return [ids, *(ids[last >= place] for place in range(1, len(PLACES)))]


class Numbers(NamedTuple):
    """The published solutions: ids in both orders, and columns beside the newest first."""

    newest: Ids
    title: Ids
    columns: Columns


def numbers(only: Ids | None = None) -> Numbers:
    """Read the solutions themselves: one query."""
    known = [Coalesce(F(name), Value(UNKNOWN)) for name in NUMBERS]
    found = _only(Solution.objects.published(), "pk", only).aggregate(
        newest=Packed(F("pk"), *known, order_by=(F("published_at").desc(), F("pk").desc())),
        title=Packed(F("pk"), order_by=("sort_title", "pk")),
    )
    newest = unpacked(found["newest"], 1 + len(NUMBERS))
    values = _with_gaps(newest[:, 1:])
    columns = {name: values[:, number].copy() for number, name in enumerate(NUMBERS)}
    return Numbers(newest[:, 0], unpacked(found["title"])[:, 0], columns)


def postings(*, on: date, only: Ids | None = None) -> Mapping[str, dict[str, Ids]]:
    """Read which solutions have which term, by kind of term: one query.

    Drafts may be among them.
    """
    first, *others = (
        _only(pairs, "owner", only)
        .values(kind=Value(kind), text=Cast("term", TextField()))
        .annotate(owners=Packed(F("owner")))
        .values_list("kind", "text", "owners")
        for kind, terms in TERMS.items()
        for pairs in terms.pairs(on=on)
    )
    read: dict[str, dict[str, list[Ids]]] = {kind: defaultdict(list) for kind in TERMS}
    for kind, text, owners in first.union(*others, all=True):
        if text is not None:
            read[kind][text].append(unpacked(owners)[:, 0])
    return {
        kind: {term: np.concatenate(parts) for term, parts in found.items()}
        for kind, found in read.items()
    }


def references(*, on: date, only: Ids | None = None) -> Ids:
    """Read the references as pairs of solution and municipality: one query."""
    [pairs] = REFERENCES.pairs(on=on)
    packed = _only(pairs, "owner", only).aggregate(packed=Packed(F("owner"), F("term")))
    return unpacked(packed["packed"], 2)


def territory() -> Columns:
    """Read state and population of all municipalities, each by its id: one query."""
    columns = ("state", "population")
    known = [Coalesce(F(name), Value(UNKNOWN)) for name in columns]
    packed = Municipality.objects.order_by().aggregate(packed=Packed(F("pk"), *known))["packed"]
    rows = unpacked(packed, 1 + len(columns))
    found = {name: np.full(int(rows[:, 0].max(initial=0)) + 1, np.nan) for name in columns}
    for place, name in enumerate(columns, start=1):
        found[name][rows[:, 0]] = _with_gaps(rows[:, place])
    return found


def _with_gaps(values: Ids) -> NDArray[np.float64]:
    return np.where(values == UNKNOWN, np.nan, values)


class Place(NamedTuple):
    """A published solution, with those right before it in both orders."""

    id: int
    newer: int | None
    title_before: int | None


def places(only: Ids) -> list[Place]:
    """Read where solutions stand in both orders: one query that walks two indexes."""
    published = Solution.objects.published()
    newer = published.filter(
        Q(published_at__gt=OuterRef("published_at")) | Q(pk__gt=OuterRef("pk")),
        published_at__gte=OuterRef("published_at"),
    ).order_by("published_at", "pk")
    before = published.filter(
        Q(sort_title__lt=OuterRef("sort_title")) | Q(pk__lt=OuterRef("pk")),
        sort_title__lte=OuterRef("sort_title"),
    ).order_by("-sort_title", "-pk")
    rows = _only(published, "pk", only).values_list(
        "pk", Subquery(newer.values("pk")[:1]), Subquery(before.values("pk")[:1])
    )
    return [Place(*row) for row in rows]


def _only(rows: QuerySet[Any], column: str, ids: Ids | None) -> QuerySet[Any]:
    return rows if ids is None else rows.filter(**{f"{column}__in": ids.tolist()})
