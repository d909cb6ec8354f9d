"""Saying that a hit does not fit, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from challenges.models import Need
from marketplace.feedback.forms import RejectionForm
from marketplace.feedback.models import Rejection
from marketplace.matching.models import Match
from profiles.organisations.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def match_reject(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    need = get_object_or_404(Need.objects.editable_by(request.user), pk=pk)
    hits = Match.objects.filter(need=need).hits().for_page()
    solution = get_object_or_404(hits.published(), solution__slug=slug).solution
    form = RejectionForm(request.POST or None)
    if form.is_valid():
        by, now = signed_in(request), timezone.now()
        Rejection.objects.reject(need, solution, **form.cleaned_data, by=by, at=now)
        messages.success(request, _("Der Treffer ist ausgeblendet."))
        return redirect("need_matches", need.pk)
    context = {"need": need, "solution": solution, "form": form}
    return render(request, "marketplace/feedback/reject.html", context)


@require_POST
def match_restore(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    needs = Need.objects.editable_by(request.user)
    hidden = Rejection.objects.filter(need__in=needs, need=pk)
    get_object_or_404(hidden, solution__slug=slug).delete()
    messages.success(request, _("Der Treffer ist wieder zu sehen."))
    return redirect("need_matches", pk)
