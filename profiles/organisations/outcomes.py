"""How a page tells what came of a click."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest


def attempt(request: HttpRequest, action: Callable[[], object], *, done: str) -> bool:
    """Do it and say so, or say what stands against it; what is gone meanwhile is a 404."""
    try:
        action()
    except ObjectDoesNotExist:
        raise Http404 from None
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    messages.success(request, done)
    return True
