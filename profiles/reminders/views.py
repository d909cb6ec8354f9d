from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from profiles.models import Provider


@require_http_methods(["GET", "HEAD", "POST"])
def provider_check(request: HttpRequest, slug: str) -> HttpResponse:
    """What the public reads of a provider, and one click that says it still holds."""
    own = Provider.objects.maintained_by(request.user).select_related("organisation", "state")
    provider = get_object_or_404(own, organisation__slug=slug)
    if request.method == "POST":
        provider.confirm_details(at=timezone.now())
        messages.success(request, _("Danke. Auf der Seite steht jetzt das Datum von heute."))
        return redirect("provider_check", slug)
    solutions = provider.solutions.published().by_title().prefetch_related("claims__standard")
    context = {"provider": provider, "solutions": solutions}
    return render(request, "reminders/provider_check.html", context)
