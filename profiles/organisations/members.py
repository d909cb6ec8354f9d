"""Roles, removing members, leaving."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from profiles.models import Membership
from profiles.organisations.forms import RoleForm
from profiles.organisations.outcomes import attempt


def managed(request: HttpRequest, slug: str, pk: int) -> Membership:
    rows = Membership.objects.managed_by(request.user).select_related("organisation", "user")
    return get_object_or_404(rows, organisation__slug=slug, pk=pk)


@require_POST
def member_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership = managed(request, slug, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        role = form.cleaned_data["role"]
        done = _("Die Rolle von %(person)s ist geändert.") % {"person": membership.user}
        attempt(request, lambda: membership.change_role(role), done=done)
    return redirect(membership.organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership = managed(request, slug, pk)
    if request.method == "POST":
        done = _("%(person)s gehört nicht mehr dazu.") % {"person": membership.user}
        attempt(request, membership.leave, done=done)
        return redirect("organisations:detail", slug)
    return render(request, "organisations/remove.html", {"membership": membership})


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_leave(request: HttpRequest, slug: str) -> HttpResponse:
    own = Membership.objects.of_person(request.user).select_related("organisation")
    membership = get_object_or_404(own, organisation__slug=slug)
    if request.method == "POST":
        done = _("Sie gehören nicht mehr zu: %(name)s") % {"name": membership.organisation}
        has_left = attempt(request, membership.leave, done=done)
        return redirect("organisations:list" if has_left else membership.organisation)
    return render(request, "organisations/leave.html", {"organisation": membership.organisation})
