"""Inviting by e-mail, and accepting."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from profiles.models import Invitation, Organisation
from profiles.organisations import mails
from profiles.organisations.active import activate
from profiles.organisations.forms import InvitationForm
from profiles.organisations.outcomes import attempt
from profiles.organisations.people import signed_in

GONE = 410


def link_of(token: str) -> str:
    return reverse("organisations:invitation", args=[token])


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def invitation_new(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.managed_by(request.user), slug=slug)
    if request.method == "POST":  # of two clicks the second finds the first's invitation
        organisation.lock()
    now = timezone.now()
    draft = Invitation(organisation=organisation, invited_by=signed_in(request), created_at=now)
    form = InvitationForm(request.POST or None, instance=draft)
    if form.is_valid():
        invitation = form.save(commit=False)
        mails.invited(invitation, link_of(invitation.issue(at=now)))
        text = _("Die Einladung an %(email)s ist unterwegs.") % {"email": invitation.email}
        messages.success(request, text)
        return redirect(organisation)
    return render(
        request, "organisations/invite.html", {"form": form, "organisation": organisation}
    )


def managed(request: HttpRequest, slug: str, pk: int) -> Invitation:
    rows = Invitation.objects.managed_by(request.user).pending().select_related("organisation")
    rows = rows.select_for_update(of=("self",))
    return get_object_or_404(rows, organisation__slug=slug, pk=pk)


@require_POST
@transaction.atomic
def invitation_resend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a new link, valid for another 14 days; the old one ends."""
    invitation = managed(request, slug, pk)

    def send() -> None:
        token = invitation.issue_again(at=timezone.now())
        mails.invited(invitation, link_of(token))

    done = _("Die Einladung an %(email)s ist erneut unterwegs.") % {"email": invitation.email}
    attempt(request, send, done=done)
    return redirect(invitation.organisation)


@require_POST
@transaction.atomic
def invitation_revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    invitation = managed(request, slug, pk)
    invitation.revoke(at=timezone.now())
    text = _("Die Einladung an %(email)s ist zurückgezogen.") % {"email": invitation.email}
    messages.success(request, text)
    return redirect(invitation.organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept, or read in plain words why that is not possible."""
    user, now = signed_in(request), timezone.now()
    found = Invitation.objects.with_token(token).select_related("organisation", "invited_by")
    invited = found.first()
    if invited is None:
        return render(request, "organisations/invitation_unknown.html", status=404)
    if request.method == "POST" and invited.accept(user, at=now):
        activate(request, invited.organisation)
        messages.success(request, _("Willkommen: Sie gehören jetzt dazu."))
    invited.refresh_from_db(fields=["accepted_at", "revoked_at"])
    belongs = invited.organisation.memberships.filter(user=user).exists()
    if invited.accepted_at and invited.is_for(user) and belongs:
        return redirect(invited.organisation)
    state = invited.state(at=now)
    context = {"invitation": invited, "state": state, "is_for_me": invited.is_for(user)}
    status = 200 if state == Invitation.State.OPEN else GONE
    return render(request, "organisations/invitation.html", context, status=status)
