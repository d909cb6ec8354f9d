"""Files: added by applicants, removed, and handed out once the application is open."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.applications import content, drafts, files
from challenges.applications.arrival import arrived_at
from challenges.applications.forms import FileForm
from challenges.applications.models import Application, FileSlot, SealedFile, Submission
from challenges.applications.views import number_of, show, submitted
from challenges.calls.models import Challenge
from profiles.files.serving import FOR_ONE, HEADERS
from profiles.organisations.people import signed_in


def own_slot(request: HttpRequest, pk: int, slot: int) -> tuple[Application, FileSlot]:
    own = Application.objects.editable_by(request.user).with_draft().for_page()
    chosen = get_object_or_404(own, pk=pk)
    return chosen, get_object_or_404(FileSlot, pk=slot, challenge=chosen.challenge_id)


@require_http_methods(["GET", "HEAD", "POST"])
def file_add(request: HttpRequest, pk: int, slot: int) -> HttpResponse:
    """Add or replace a file; who began to send it in time may hand everything in with it."""
    chosen, wanted = own_slot(request, pk, slot)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            files.put(
                chosen,
                wanted,
                form.cleaned_data["file"],
                hides_names=form.cleaned_data["hides_names"],
                by=signed_in(request),
                arrived_at=arrived_at(request),
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if "submit" in request.POST:
                return submitted(request, chosen, seen=number_of(request.POST.get("version")) + 1)
            messages.success(request, _("Die Datei ist versiegelt."))
            return redirect(chosen)
    others = content.missing(chosen, drafts.read(chosen), without=wanted)
    is_open = Challenge.objects.open(at=timezone.now()).filter(pk=chosen.challenge_id).exists()
    context = {
        "application": chosen,
        "slot": wanted,
        "form": form,
        "may_submit": is_open and not others,
    }
    return render(request, "applications/file.html", context)


@require_POST
def file_remove(request: HttpRequest, pk: int, slot: int) -> HttpResponse:
    chosen, wanted = own_slot(request, pk, slot)
    user, came, now = signed_in(request), arrived_at(request), timezone.now()
    try:
        files.remove(chosen, wanted, by=user, arrived_at=came, at=now)
    except ValidationError as error:
        return show(request, chosen, status=409, errors=error.messages)
    return redirect(chosen)


@require_safe
def opened_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Hand out a file of an opened application to those who read it."""
    rows = Submission.objects.readable_by(request.user)
    submission = get_object_or_404(
        rows.filter(application__challenge__seal_key__opened_at__isnull=False), pk=pk
    )
    found = get_object_or_404(submission.files.select_related("application", "slot"), pk=file)
    response = handed_out(submission, found)
    if response is None:
        messages.error(request, damaged(found))
        return redirect("applications:opened", pk)
    return response


def damaged(file: SealedFile) -> str:
    return _("Die Datei „%(name)s“ lässt sich nicht öffnen: Ihre Bytes wurden verändert.") % {
        "name": file.slot.name
    }


def handed_out(submission: Submission, file: SealedFile, *, name: str = "") -> HttpResponse | None:
    """Return a download that nothing runs in, or None where the file is damaged."""
    about = files.described(submission, file.pk)
    if about is None:
        return None
    try:
        whole = files.content_of(file, about)
    except files.DamagedError:
        return None
    headers = HEADERS | {
        "Cache-Control": FOR_ONE,
        "Content-Disposition": content_disposition_header(True, name or about["name"]) or "",
    }
    return HttpResponse(whole, content_type=about["type"], headers=headers)
