"""The page on which a provider answers the invitation of an agency."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from challenges.surveys.acting.forms import ReplyForm
from challenges.surveys.acting.models import ProviderInvitation
from profiles.organisations.people import signed_in


@require_safe
def invitation_list(request: HttpRequest) -> HttpResponse:
    rows = ProviderInvitation.objects.visible_to(request.user)
    rows = rows.select_related("field__survey__organisation", "provider__organisation")
    context = {"invitations": rows.order_by("-invited_at", "-pk")}
    return render(request, "challenges/surveys/acting/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it, which keeps that it was opened; a POST answers it, once."""
    rows = ProviderInvitation.objects.visible_to(request.user)
    if request.method == "POST":
        rows = ProviderInvitation.objects.answerable_by(request.user)
    rows = rows.select_related("field__survey__organisation", "field__topic", "answered_by")
    found, now = get_object_or_404(rows, pk=pk), timezone.now()
    found.open(at=now)
    form = ReplyForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        is_first = found.reply(data["answer"], data["reason"], by=signed_in(request), at=now)
        sent, given = _("Ihre Antwort ist gesendet."), _("Diese Einladung ist schon beantwortet.")
        messages.success(request, sent if is_first else given)
        return redirect(found)
    context = {
        "invitation": found,
        "form": form,
        "needs": found.field.needs.released().with_sender().newest_first(),
        "may_answer": ProviderInvitation.objects.answerable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "challenges/surveys/acting/invitation.html", context)
