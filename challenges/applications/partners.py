"""Consortium: asking others, and their answer."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from challenges.applications import mails
from challenges.applications.forms import PartnerForm
from challenges.applications.models import Application, Partner
from profiles.organisations.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def partner_add(request: HttpRequest, pk: int) -> HttpResponse:
    own = Application.objects.editable_by(request.user).with_draft().for_page()
    chosen = get_object_or_404(own.select_for_update(of=("self",)), pk=pk)
    form = PartnerForm(request.POST or None, application=chosen)
    if form.is_valid():
        asked = form.cleaned_data["name"]
        partner = chosen.partners.create(organisation=asked, asked_at=timezone.now())
        mails.partner_asked(partner)
        messages.success(request, _("%(name)s ist gefragt.") % {"name": asked})
        return redirect(chosen)
    return render(request, "applications/partner_add.html", {"application": chosen, "form": form})


@require_POST
def partner_remove(request: HttpRequest, pk: int) -> HttpResponse:
    own = Application.objects.editable_by(request.user).with_draft()
    partner = get_object_or_404(Partner.objects.for_rows(), pk=pk, application__in=own.values("pk"))
    partner.delete()
    return redirect(partner.application)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether one's organisation wants to be a partner."""
    asked = Partner.objects.answerable_by(request.user).for_rows()
    partner = get_object_or_404(asked, pk=pk)
    if request.method != "POST":
        return render(request, "applications/partner.html", {"partner": partner})
    field = "confirmed_at" if "confirm" in request.POST else "declined_at"
    answer = {field: timezone.now(), "answered_by": signed_in(request)}
    Partner.objects.waiting().filter(pk=pk).update(**answer)
    messages.success(request, _("Ihre Antwort ist gespeichert."))
    return redirect("applications:list")
