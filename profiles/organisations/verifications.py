"""What waits to be verified, for agencies and admins."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from profiles.models import Organisation
from profiles.organisations import mails
from profiles.organisations.active import may_verify
from profiles.organisations.forms import ReasonForm
from profiles.organisations.people import signed_in

SHOWN = 50


@require_safe
def verifications(request: HttpRequest) -> HttpResponse:
    """List who has waited longest; what is decided makes room for the next."""
    if not may_verify(request):
        raise Http404
    waiting = Organisation.objects.verifiable_by(request.user).waiting()
    context = {
        "total": waiting.count(),
        "organisations": waiting.for_rows().with_member_count().waiting_longest()[:SHOWN],
    }
    return render(request, "organisations/verifications.html", context)


def checkable(request: HttpRequest, slug: str) -> Organisation:
    waiting = Organisation.objects.verifiable_by(request.user).waiting().for_rows()
    if request.method == "POST":  # of two decisions, or one and a correction, the second waits
        waiting = waiting.select_for_update(of=("self",))
    return get_object_or_404(waiting, slug=slug)


@require_safe
def verification(request: HttpRequest, slug: str) -> HttpResponse:
    return known_page(request, checkable(request, slug), ReasonForm())


def known_page(request: HttpRequest, chosen: Organisation, form: ReasonForm) -> HttpResponse:
    owners = chosen.memberships.owners().for_rows()
    context = {"organisation": chosen, "owners": owners, "form": form, "seen": seen(chosen)}
    return render(request, "organisations/verification.html", context)


def seen(chosen: Organisation) -> str:
    """What the page shows, in short: its last change, and who is responsible for it."""
    change = chosen.history.values_list("pk", flat=True).first()
    owners = chosen.memberships.owners().order_by("pk").values_list("pk", flat=True)
    return "-".join(map(str, (change, *owners)))


def _is_as_seen(request: HttpRequest, chosen: Organisation) -> bool:
    if request.POST.get("seen") == seen(chosen):
        return True
    text = _("Die Angaben haben sich inzwischen geändert. Bitte prüfen Sie sie noch einmal.")
    messages.error(request, text)
    return False


@require_POST
@transaction.atomic
def verify(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = checkable(request, slug)
    if not _is_as_seen(request, chosen):
        return redirect("organisations:verification", slug)
    chosen.verify(by=signed_in(request), at=timezone.now())
    mails.checked(chosen)
    messages.success(request, _("%(name)s gilt jetzt als geprüft.") % {"name": chosen})
    return redirect("organisations:verifications")


@require_POST
@transaction.atomic
def verification_decline(request: HttpRequest, slug: str) -> HttpResponse:
    chosen, form = checkable(request, slug), ReasonForm(request.POST)
    if not form.is_valid() or not _is_as_seen(request, chosen):
        return known_page(request, chosen, form)
    chosen.decline(form.cleaned_data["reason"], at=timezone.now())
    mails.checked(chosen)
    messages.success(request, _("%(name)s ist abgelehnt.") % {"name": chosen})
    return redirect("organisations:verifications")
