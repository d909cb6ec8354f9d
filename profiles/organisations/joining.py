"""Asking to join an organisation that exists, and deciding about it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.models import JoinRequest, Organisation
from profiles.organisations import mails
from profiles.organisations.active import own_memberships
from profiles.organisations.forms import JoinRequestForm, ReasonForm, RoleForm
from profiles.organisations.people import signed_in

HITS = 20


@require_safe
def organisation_search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("search", "").strip()[:100]
    found = Organisation.objects.joinable().matching(query).with_owner_flag().for_rows()
    context = {
        "query": query,
        "hits": found.by_name()[:HITS],
        "limit": HITS,
        "own_keys": {membership.organisation_id for membership in own_memberships(request)},
    }
    return render(request, "organisations/search.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def join(request: HttpRequest, slug: str) -> HttpResponse:
    user = signed_in(request)
    others = Organisation.objects.joinable().owned().exclude(members=user)
    organisation = get_object_or_404(others.for_rows(), slug=slug)
    if request.method == "POST":  # of two clicks the second finds the first's request
        organisation.lock()
    draft = JoinRequest(organisation=organisation, user=user, created_at=timezone.now())
    form = JoinRequestForm(request.POST or None, instance=draft)
    if form.is_valid():
        mails.join_requested(form.save())
        messages.success(request, _("Ihre Anfrage ist bei den Verantwortlichen."))
        return redirect("organisations:list")
    return render(request, "organisations/join.html", {"form": form, "organisation": organisation})


@require_POST
def join_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    own = JoinRequest.objects.of_person(signed_in(request)).open()
    if get_object_or_404(own, pk=pk).withdraw(at=timezone.now()):
        messages.success(request, _("Ihre Anfrage ist zurückgezogen."))
    return redirect("organisations:list")


def managed(request: HttpRequest, slug: str, pk: int) -> JoinRequest:
    rows = JoinRequest.objects.managed_by(request.user).open()
    rows = rows.select_related("organisation", "user")
    return get_object_or_404(rows, organisation__slug=slug, pk=pk)


@require_safe
def join_request(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return decision_page(request, managed(request, slug, pk), RoleForm(), ReasonForm())


def decision_page(
    request: HttpRequest, chosen: JoinRequest, role: RoleForm, reason: ReasonForm
) -> HttpResponse:
    context = {"join_request": chosen, "role_form": role, "reason_form": reason}
    return render(request, "organisations/join_request.html", context)


@require_POST
@transaction.atomic
def join_approve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    chosen, form = managed(request, slug, pk), RoleForm(request.POST)
    if not form.is_valid():
        return decision_page(request, chosen, form, ReasonForm())
    role = form.cleaned_data["role"]
    if chosen.approve(role, by=signed_in(request), at=timezone.now()):
        mails.decided(chosen)
        messages.success(request, _("%(person)s gehört jetzt dazu.") % {"person": chosen.user})
    return redirect(chosen.organisation)


@require_POST
@transaction.atomic
def join_decline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    chosen, form = managed(request, slug, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return decision_page(request, chosen, RoleForm(), form)
    reason = form.cleaned_data["reason"]
    if chosen.decline(reason, by=signed_in(request), at=timezone.now()):
        mails.decided(chosen)
        messages.success(request, _("Die Anfrage ist abgelehnt."))
    return redirect(chosen.organisation)
