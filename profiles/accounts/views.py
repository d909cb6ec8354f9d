from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.socialaccount.adapter import get_adapter as social_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from profiles.accounts import second_factor


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    user = request.user
    own = {
        "has_second_factor": user.is_authenticated and second_factor.has_one(user),
        "providers": social_adapter().list_providers(request),
    }
    return render(request, "account/account.html", own)


@login_required
@require_safe
def account_welcome(request: HttpRequest) -> HttpResponse:
    return render(request, "account/welcome.html")


@login_required
@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    others = UserSession.objects.filter(user=request.user).exclude(
        session_key=request.session.session_key
    )
    get_object_or_404(others, pk=pk).end()
    messages.success(request, _("Das Gerät ist abgemeldet."))
    return redirect("usersessions_list")


class SecondFactorView(IndexView):
    """allauth's list of the person's factors, which says also whether one is owed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own = {
            "is_due": second_factor.is_due(user),
            "is_required": second_factor.is_required(user),
            "is_enforced": settings.REQUIRE_MFA,
        }
        return {**super().get_context_data(**kwargs), **own}
