from django import template

from challenges.models import Need
from marketplace.pooling.twins import Demand, demand_for

register = template.Library()


@register.simple_tag
def pooled_demand(need: Need) -> Demand | None:
    """Return how many others need the same, or nothing."""
    return demand_for(need)
