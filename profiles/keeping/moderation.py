"""What waits to be published, for agencies and admins."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from profiles.keeping import mails
from profiles.keeping.models import SolutionDraft
from profiles.keeping.publishing import publish
from profiles.keeping.snapshots import snapshot
from profiles.keeping.standing import as_it_stands
from profiles.keeping.steps import Whole
from profiles.keeping.words import Words
from profiles.organisations.active import may_verify
from profiles.organisations.forms import ReasonForm
from profiles.organisations.people import signed_in

SHOWN = 50


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what has waited longest; what is decided makes room for the next."""
    if not may_verify(request):
        raise Http404
    waiting = SolutionDraft.objects.waiting_for(request.user)
    context = {"total": waiting.count(), "drafts": waiting.for_rows().waiting_longest()[:SHOWN]}
    return render(request, "keeping/queue.html", context)


def checkable(request: HttpRequest, pk: int) -> SolutionDraft:
    return get_object_or_404(SolutionDraft.objects.waiting_for(request.user).for_rows(), pk=pk)


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    return check_page(request, checkable(request, pk), ReasonForm())


def check_page(request: HttpRequest, draft: SolutionDraft, form: ReasonForm) -> HttpResponse:
    published = snapshot(draft.solution) if draft.solution else {}
    context = {
        "draft": draft,
        "form": form,
        "differences": list(Words().differences(published, as_it_stands(draft))),
        "problems": Whole(draft).problems(),
    }
    return render(request, "keeping/check.html", context)


def decidable(request: HttpRequest, pk: int) -> SolutionDraft | None:
    """Return what one may decide; None if a colleague has just done it."""
    moderable = SolutionDraft.objects.moderable_by(request.user).for_rows()
    draft = get_object_or_404(moderable, pk=pk)
    if draft.is_submitted:
        return draft
    messages.info(request, _("Darüber hat schon jemand entschieden."))
    return None


def version_of(request: HttpRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else 0


@require_POST
@transaction.atomic
def check_publish(request: HttpRequest, pk: int) -> HttpResponse:
    draft = decidable(request, pk)
    if draft is None:
        return redirect("keeping:queue")
    if publish(draft, seen=version_of(request), by=signed_in(request), at=timezone.now()):
        mails.published(draft)
        messages.success(request, _published(draft))
    else:
        messages.error(request, _("Das ging nicht: Der Entwurf hat sich gerade geändert."))
    return redirect("keeping:queue")


def _published(draft: SolutionDraft) -> str:
    if draft.solution and draft.solution.withdrawn_at:
        text = _(
            "„%(title)s“ ist geprüft. Die Lösung bleibt zurückgezogen, bis ihr Anbieter sie "
            "wieder anbietet."
        )
    else:
        text = _("„%(title)s“ ist veröffentlicht.")
    return text % {"title": draft}


@require_POST
@transaction.atomic
def check_return(request: HttpRequest, pk: int) -> HttpResponse:
    draft, form = decidable(request, pk), ReasonForm(request.POST)
    if draft is None:
        return redirect("keeping:queue")
    if not form.is_valid():
        return check_page(request, draft, form)
    by, at, seen = signed_in(request), timezone.now(), version_of(request)
    if draft.request_changes(form.cleaned_data["reason"], seen=seen, by=by, at=at):
        mails.changes_requested(draft)
        messages.success(request, _("Die Bitte um Änderung ist unterwegs."))
    else:
        messages.error(request, _("Das ging nicht: Der Entwurf hat sich gerade geändert."))
    return redirect("keeping:queue")
