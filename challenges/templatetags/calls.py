from django import template

from challenges.calls.lifecycle import State
from challenges.procurement.models import Confidence

register = template.Library()


@register.filter
def state_label(state: str) -> str:
    return str(State(state).label)


@register.filter
def confidence_label(confidence: str) -> str:
    return str(Confidence(confidence).label)
