"""My organisations, one organisation, founding and switching."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.models import JoinRequest, Membership, Organisation
from profiles.organisations.active import activate
from profiles.organisations.forms import OrganisationForm
from profiles.organisations.people import signed_in


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    requests = JoinRequest.objects.of_person(signed_in(request)).open().oldest_first()
    context = {"join_requests": requests.select_related("organisation")}
    return render(request, "organisations/list.html", context)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    own = Organisation.objects.of_member(user).for_rows()
    chosen = get_object_or_404(own, slug=slug)
    members = list(chosen.memberships.for_rows())
    context = {
        "organisation": chosen,
        "members": members,
        "own": next(row for row in members if row.user_id == user.pk),
        "roles": Membership.Role.choices,
        "invitations": [(row, row.state(at=now)) for row in chosen.invitations.pending()],
        "join_requests": chosen.join_requests.open().oldest_first().select_related("user"),
    }
    return render(request, "organisations/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Whoever founds an organisation is its first owner; it waits to be verified."""
    user = signed_in(request)
    if request.method == "POST":
        Organisation.objects.found_in_turn()
    form = OrganisationForm(request.POST or None, user=user)
    if form.is_valid():
        founded = form.save()
        Membership.objects.create(organisation=founded, user=user, role=Membership.Role.OWNER)
        activate(request, founded)
        messages.success(request, _("Die Organisation ist angelegt und wartet auf die Prüfung."))
        return redirect(founded)
    return render(request, "organisations/new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct the details until they are verified; after that admins change them."""
    user = signed_in(request)
    own = Organisation.objects.managed_by(user).unverified().select_for_update(of=("self",))
    chosen = get_object_or_404(own, slug=slug)
    form = OrganisationForm(request.POST or None, instance=chosen, user=user)
    if form.is_valid():
        form.save().submit()
        messages.success(request, _("Die Angaben sind gespeichert und warten auf die Prüfung."))
        return redirect(chosen)
    kept = Organisation.objects.get(pk=chosen.pk)  # the form has touched the other one
    return render(request, "organisations/edit.html", {"form": form, "organisation": kept})


@require_POST
def organisation_switch(request: HttpRequest) -> HttpResponse:
    """Work for another one of one's own organisations from now on, and stay where one is."""
    own = Organisation.objects.of_member(request.user)
    slug = request.POST.get("organisation", "").replace("\0", "")
    chosen = get_object_or_404(own, slug=slug)
    activate(request, chosen)
    there = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return redirect(there if is_here else "organisations:list")
