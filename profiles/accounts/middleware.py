from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from profiles.accounts import second_factor

# What leads to a second factor, and what has to be readable for everyone at any time.
OPEN_MEANWHILE = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_email",
    "account_confirm_email",
    "account_logout",
    "page",
    "accessibility_report",
    "health",
    "robots",
}


class SecondFactorMiddleware:
    """Close everything to those who owe a second factor, until they have set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        here = request.resolver_match.view_name if request.resolver_match else None
        if here in OPEN_MEANWHILE or not request.user.is_authenticated:
            return None
        return redirect("mfa_index") if second_factor.is_due(request.user) else None
