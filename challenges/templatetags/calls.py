from datetime import date

from django import template

from challenges.calls.lifecycle import State
from challenges.procurement.models import Confidence

register = template.Library()


@register.filter
def state_label(state: str) -> str:
    return str(State(state).label)


@register.filter
def day(text: str) -> date:
    """Return the day that a snapshot holds as text, so that a page can write it its way."""
    return date.fromisoformat(text)


@register.filter
def confidence_label(confidence: str) -> str:
    return str(Confidence(confidence).label)
