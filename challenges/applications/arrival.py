"""When a request began to arrive: what decides whether an application is in time.

The server calls the middleware once the head of a request is there; the rest of it is read when a
view asks for it. So somebody who sends in time is in time, however long the line takes.
"""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _


class ArrivalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)


def arrived_at(request: HttpRequest) -> datetime:
    moment: datetime = request.arrived_at  # type: ignore[attr-defined]
    return moment


class LateError(ValidationError):
    """It came after the deadline, or the challenge takes nothing any more."""

    def __init__(self) -> None:
        super().__init__(_("Die Frist ist abgelaufen. Es wurde nichts geändert."), "late")
