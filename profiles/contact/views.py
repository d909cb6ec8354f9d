"""The inbox, one thread, and what can be done with it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.contact import mails
from profiles.contact.forms import ReplyForm, ReportForm
from profiles.contact.models import Message, MessageReport, Thread
from profiles.models import Organisation
from profiles.organisations.people import signed_in

PAGE_SIZE = 30


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    rows = Thread.objects.visible_to(user).with_unread_flag(user).for_rows()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.elided_numbers = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    own = set(Organisation.objects.of_member(user).values_list("pk", flat=True))
    return render(request, "contact/inbox.html", {"page": page, "own": own})


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was written; a POST answers."""
    user, now = signed_in(request), timezone.now()
    rows = Thread.objects.visible_to(user)
    if request.method == "POST":
        rows = rows & Thread.objects.spoken_for_by(user)
    chosen = get_object_or_404(rows.for_rows().select_related("closed_by"), pk=pk)
    side = chosen.side_of(user)
    form = ReplyForm(request.POST or None)
    if side and form.is_valid():
        try:
            chosen.write(form.cleaned_data["text"], side=side, by=user, at=now)
        except ValidationError as error:
            form.add_error(None, error)
            chosen.refresh_from_db(fields=["closed_at", "closed_by"])
        else:
            messages.success(request, _("Ihre Nachricht ist gesendet."))
            return redirect(chosen)
    chosen.mark_read(user, at=now)
    own = set(Organisation.objects.of_member(user).values_list("pk", flat=True))
    is_answering = chosen.answering_id in own
    context = {
        "thread": chosen,
        "written": chosen.messages.select_related("organisation", "author"),
        "own": own,
        "other_name": chosen.asking.name if is_answering else chosen.answering_name,
        "closed_by_name": chosen.closed_by_name,
        "is_unnamed": is_answering and bool(chosen.answering_alias),
        "may_write": side is not None and chosen.closed_at is None,
        "form": form,
    }
    return render(request, "contact/thread.html", context)


@require_POST
def thread_close(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = get_object_or_404(Thread.objects.spoken_for_by(request.user).open(), pk=pk)
    if side := chosen.side_of(request.user):
        chosen.close(side=side, at=timezone.now())
        messages.success(request, _("Das Gespräch ist beendet."))
    return redirect(chosen)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def message_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the administration of a message of the other side."""
    user = signed_in(request)
    theirs = Message.objects.filter(thread__in=Thread.objects.visible_to(user))
    theirs = theirs.exclude(organisation__in=Organisation.objects.of_member(user).values("pk"))
    chosen = get_object_or_404(theirs.select_related("thread", "organisation"), pk=pk)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        fields = {"at": timezone.now(), "reason": form.cleaned_data["reason"]}
        report, is_new = MessageReport.objects.get_or_create(
            message=chosen, by=user, defaults=fields
        )
        if is_new:
            mails.reported(report)
        messages.success(request, _("Danke. Die Betreiberin sieht sich die Nachricht an."))
        return redirect(chosen.thread)
    return render(request, "contact/report.html", {"reported": chosen, "form": form})
