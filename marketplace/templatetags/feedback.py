from django import template
from django.utils import timezone

from challenges.models import Need
from marketplace.feedback.fitting import Fitting, fitting_for

register = template.Library()


@register.simple_tag
def fitting_solutions(need: Need) -> Fitting:
    """What meets the need today: for its own people only, to others it would tell who they are."""
    return fitting_for(need, on=timezone.localdate())
