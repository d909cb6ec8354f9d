"""The facets as HTML. They have 300 checkboxes: as templates, they took most of a page's time."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.forms import BoundField, Form
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from marketplace.solutions.facets import Facet, Group, Option, facets_of
from profiles.filters import SolutionFilter
from profiles.models.figures import grouped, grouped_in

UNRELATED = {"page", "sort"}  # parameters that change no count
ALWAYS_OPEN = 3  # of the facets, the first
SWITCHES = {"standard": "evidence", "criteria_met": "confirmed"}  # they change what a facet does
NEED_A_PLACE = ("references_in_size_class", "references_in_state")


def facets_as_html(filterset: SolutionFilter) -> SafeString:
    """Return the facets, kept for the next page or order of the same list until a change."""
    chosen = [(name, values) for name, values in filterset.data.lists() if name not in UNRELATED]
    key = ("facets", get_language(), repr(sorted(chosen)))
    return filterset.snapshot.remembered(key, lambda: _facets(filterset))


def _facets(filterset: SolutionFilter) -> SafeString:
    html = (
        _facet(facet, filterset.form, is_open=facet.is_active or number < ALWAYS_OPEN)
        for number, facet in enumerate(facets_of(filterset))
    )
    return mark_safe("".join(html))  # noqa: S308  (the parts are escaped below)


def _facet(facet: Facet, form: Form, *, is_open: bool) -> str:
    name, label = escape(facet.name), escape(facet.label)
    groups = "".join(map(_group, facet.groups))
    return f"""
<details class="facet" id="facet-{name}"{" open" if is_open else ""}>
  <summary class="facet__summary"><h3 class="kern-heading-small">{label}</h3></summary>
  <fieldset class="facet__options">
    <legend class="kern-sr-only">{label}</legend>
    {_checkboxes(facet.options)}{groups}{_what_belongs_to(facet, form)}
  </fieldset>
</details>"""


def _what_belongs_to(facet: Facet, form: Form) -> str:
    if facet.name in SWITCHES:
        field = form[SWITCHES[facet.name]]
        return render_to_string("marketplace/_switch.html", {"field": field})
    if facet.name == "references" and form.errors:
        return "".join(_errors(form[name]) for name in NEED_A_PLACE)
    return ""


def _errors(field: BoundField) -> str:
    return "".join(f'<p class="kern-error">{escape(str(error))}</p>' for error in field.errors)


def _group(group: Group) -> str:
    return (
        f'<details class="facet__group" id="group-{escape(group.options[0].value)}"'
        f"{' open' if group.is_active else ''}>"
        f'<summary class="facet__group-summary">{escape(group.label)}'
        f' <span class="facet__count">({grouped(group.count)})</span></summary>'
        f"{_checkboxes(group.options)}</details>"
    )


def _checkboxes(options: Iterable[Option]) -> str:
    html, language = [], get_language()
    for option in options:
        before, between = _checkbox(option.name, option.value, option.label)
        checked, count = " checked" if option.is_active else "", grouped_in(language, option.count)
        html.append(f"{before}{checked}{between}{count})</span></label></div>")
    return "".join(html)


@lru_cache(maxsize=4_000)
def _checkbox(name: str, value: str, label: str) -> tuple[str, str]:
    """Return what stands before the state of the checkbox, and between that and its count."""
    id, name, value, label = map(escape, (f"{name}-{value}", name, value, label))
    return (
        '<div class="facet__option kern-form-check"><input class="kern-form-check__checkbox"'
        f' type="checkbox" id="{id}" name="{name}" value="{value}"',
        f'><label class="kern-label" for="{id}">{label} <span class="facet__count">(',
    )
