"""Boxes to tick, in their groups."""

from typing import Any, NamedTuple

from django import template
from django.forms import BoundField

register = template.Library()


class Group(NamedTuple):
    name: str
    options: list[dict[str, Any]]

    @property
    def chosen(self) -> int:
        return sum(bool(option["selected"]) for option in self.options)


@register.filter
def groups(field: BoundField) -> list[Group]:
    """Return the options of a choice, as its field groups them."""
    widget: Any = field.field.widget
    chosen = [str(value) for value in field.value() or []]
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, options, _index in widget.optgroups(field.html_name, chosen, {"id": field.auto_id}):
        rows.setdefault(str(name or ""), []).extend(options)
    return [Group(name, options) for name, options in rows.items()]
