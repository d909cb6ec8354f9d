"""What the page about the API tells, taken from the schema and the router."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

from marketplace.api.routing import router, single
from profiles.api import PublicViewSet


@cache
def openapi() -> dict[str, Any]:
    """Return the schema of all endpoints in English; it changes with the code alone."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    with translation.override("en"):
        return dict(generator.get_schema(request=None, public=True))  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Parameter:
    name: str
    description: str
    type: str
    """As in JSON: string, number, integer, boolean; or "date"."""
    is_repeatable: bool
    values: tuple[str, ...]

    @classmethod
    def from_schema(cls, parameter: dict[str, Any]) -> "Parameter":
        schema = parameter["schema"]
        value = schema.get("items", schema)
        return cls(
            name=parameter["name"],
            description=parameter.get("description", "").replace("`", ""),  # Markdown
            type=value.get("format") or value["type"],
            is_repeatable=schema["type"] == "array",
            values=tuple(value.get("enum", ())),
        )


@dataclass(frozen=True)
class Endpoint:
    """A kind of rows: its list with the parameters, and the address of one row.

    What is one answer without rows has neither parameters nor `row_address`.
    """

    name: str
    address: str
    description: str
    parameters: list[Parameter]
    example: str
    row_address: str
    row_example: str = ""
    """Empty as long as there are no rows."""


def endpoints() -> Iterator[Endpoint]:
    """Every endpoint, with an example that leads to a row: one query each."""
    registry = cast(list[tuple[str, type[PublicViewSet[Any]], str]], router.registry)
    for prefix, viewset, basename in registry:
        address = reverse(f"api:{basename}-list")
        operation = openapi()["paths"][address]["get"]
        key = viewset.lookup_url_kwarg or viewset.lookup_field
        yield Endpoint(
            name=prefix,
            address=address,
            description=operation["description"],
            parameters=[Parameter.from_schema(row) for row in operation["parameters"]],
            example=address + ("?" + urlencode(viewset.example) if viewset.example else ""),
            row_address=f"{address}{{{key}}}/",
            row_example=_row_example(viewset, basename),
        )
    for name in single:
        address = reverse(f"api:{name}")
        description = openapi()["paths"][address]["get"]["description"]
        yield Endpoint(name, address, description, [], example=address, row_address="")


def _row_example(viewset: type[PublicViewSet[Any]], basename: str) -> str:
    rows = viewset.queryset
    key = rows.values_list(viewset.lookup_field, flat=True).first() if rows is not None else None
    return reverse(f"api:{basename}-detail", args=[key]) if key else ""
