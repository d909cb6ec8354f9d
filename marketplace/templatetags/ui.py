"""The design system's dress for form fields."""

from functools import lru_cache

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.template import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from profiles.models.bilingual import language_of
from profiles.paging import Links, Page

register = template.Library()
register.filter("language_of", language_of)

CLASSES = {
    "checkbox": "kern-form-check__checkbox",
    "select": "kern-form-input__select",
}


@register.filter
def kind(field: BoundField) -> str:
    """Return which markup a field wants: checkbox, select or input."""
    match field.field.widget:
        case forms.CheckboxInput():
            return "checkbox"
        case forms.Select():
            return "select"
    return "input"


# What Django shows where nothing is chosen. Read aloud it is nine dashes.
DASHES = "---------"


@register.filter
def control(field: BoundField) -> SafeString:
    """Return the widget with the classes of the design system.

    Without a placeholder: it vanishes while one types, and the label says it already.
    """
    _say_that_nothing_is_chosen(field.field)
    css = CLASSES.get(kind(field), "kern-form-input__input")
    classes = f"{css} {css}--error" if field.errors else css
    return field.as_widget(attrs={"class": classes, "placeholder": False})


def _say_that_nothing_is_chosen(field: forms.Field) -> None:
    text = gettext("bitte wählen") if field.required else gettext("keine Angabe")
    match field:
        case forms.ModelChoiceField(empty_label=label):
            field.empty_label = text if label == DASHES else label
        case forms.ChoiceField(widget=forms.Select() as widget):
            widget.choices = [
                (value, text if label == DASHES else label) for value, label in widget.choices
            ]


@register.filter
def labelled(field: BoundField, error: str) -> str:
    """Return an error with the field's name before it; a question needs no colon."""
    return f"{field.label}{' ' if field.label.endswith(('?', ':')) else ': '}{error}"


@register.simple_tag(takes_context=True)
def page_links(context: RequestContext, page: Page) -> Links:
    """Return the ways from a page of a list, which keep the rest of the address."""
    return page.links(context.request.GET)


@register.simple_tag
def assets() -> SafeString:
    """Return what every page links to, which is put together once in a process."""
    return render_to_string("_assets.html") if settings.DEBUG else _assets()


@lru_cache(maxsize=1)
def _assets() -> SafeString:
    return render_to_string("_assets.html")
