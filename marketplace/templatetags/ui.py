"""The design system's dress for form fields."""

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

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


@register.filter
def control(field: BoundField) -> SafeString:
    """Return the widget with the classes of the design system.

    Without a placeholder: it vanishes while one types, and the label says it already.
    """
    css = CLASSES.get(kind(field), "kern-form-input__input")
    classes = f"{css} {css}--error" if field.errors else css
    return field.as_widget(attrs={"class": classes, "placeholder": False})
