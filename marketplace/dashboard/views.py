"""What a person sees after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marketplace.dashboard.sources import changes_for, waiting_for
from marketplace.dashboard.steps import steps_of
from profiles.organisations.people import signed_in


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    context = {
        "waiting": waiting_for(user, at=timezone.now()),
        "changes": changes_for(user),
        "steps": steps_of(user),
    }
    return render(request, "marketplace/dashboard/page.html", context)
