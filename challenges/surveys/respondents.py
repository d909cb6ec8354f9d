"""Whom a survey asks."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.surveys import lists
from challenges.surveys.editing import form_page, own_survey
from challenges.surveys.forms import RespondentForm, TerritoryForm, UploadForm
from challenges.surveys.models import NeedsSurvey, Respondent

PAGE_SIZE = 50
SHOWN_ERRORS = 50


@require_safe
def respondents(request: HttpRequest, slug: str) -> HttpResponse:
    survey = own_survey(request, slug)
    rows = survey.respondents.with_progress()
    if search := request.GET.get("search", "").replace("\0", "").strip():
        rows = rows.filter(municipality__name__icontains=search)
    context = {
        "survey": survey,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "search": search,
        "no_address": survey.respondents.without_address().count(),
    }
    return render(request, "surveys/respondents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def territory(request: HttpRequest, slug: str) -> HttpResponse:
    survey = own_survey(request, slug)
    form = TerritoryForm(request.POST or None)
    if form.is_valid():
        places = lists.in_territory(form.cleaned_data, on=timezone.localdate())
        return _added(request, survey, lists.add(survey, places))
    return form_page(request, survey, _("Kommunen eines Gebiets hinzufügen"), form)


def _added(request: HttpRequest, survey: NeedsSurvey, count: int) -> HttpResponse:
    text = ngettext("%(count)s Kommune hinzugefügt.", "%(count)s Kommunen hinzugefügt.", count)
    messages.success(request, text % {"count": count})
    return redirect("surveys:respondents", survey.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Take over a whole file or nothing of it."""
    survey = own_survey(request, slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content = form.cleaned_data["file"].read(lists.LARGEST + 1)
        reading = lists.read(content, on=timezone.localdate())
        for error in reading.errors[:SHOWN_ERRORS]:
            form.add_error(None, error)
        if len(reading.errors) > SHOWN_ERRORS:
            form.add_error(None, _("… und weitere Fehler."))
        if not reading.errors and not form.cleaned_data["only_check"]:
            count = lists.take_over(survey, reading.lines)
            text = ngettext("Übernommen: %(count)s Zeile.", "Übernommen: %(count)s Zeilen.", count)
            messages.success(request, text % {"count": count})
            return redirect("surveys:respondents", slug)
        if not reading.errors:
            count = len(reading.lines)
            text = ngettext(
                "Alles richtig: %(count)s Zeile. Noch ist nichts übernommen.",
                "Alles richtig: %(count)s Zeilen. Noch ist nichts übernommen.",
                count,
            )
            messages.info(request, text % {"count": count})
    return form_page(request, survey, _("Kommunen aus einer Datei hinzufügen"), form)


def _one(request: HttpRequest, slug: str, pk: int) -> Respondent:
    survey = own_survey(request, slug)
    rows = survey.respondents.with_progress().select_for_update(of=("self",))
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def respondent(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    chosen = _one(request, slug, pk)
    before = chosen.email
    form = RespondentForm(request.POST or None, instance=chosen)
    if form.is_valid():
        kept = form.save(commit=False)
        if kept.email != before:  # another address has neither bounced nor been unsubscribed
            kept.bounced_at = kept.unsubscribed_at = None
        kept.save()
        messages.success(request, _("Gespeichert."))
        return redirect("surveys:respondents", slug)
    return form_page(request, chosen.survey, str(chosen.municipality), form)


@require_POST
@transaction.atomic
def renew(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End the link that is out, and send a new one with the next invitations."""
    chosen = _one(request, slug, pk)
    chosen.renew_link()
    text = _("Der alte Link gilt nicht mehr. Der neue für %(name)s: %(link)s")
    address = request.build_absolute_uri(chosen.get_absolute_url())
    messages.success(request, text % {"name": chosen.municipality, "link": address})
    return redirect("surveys:respondents", slug)


@require_POST
@transaction.atomic
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take somebody off the list who was not written to, or close their way in; and back."""
    chosen = _one(request, slug, pk)
    if not chosen.invited_at and not hasattr(chosen, "response"):
        chosen.delete()
        messages.success(request, _("Von der Liste genommen: %s.") % chosen.municipality)
    else:
        chosen.revoked_at = None if chosen.revoked_at else timezone.now()
        chosen.save(update_fields=["revoked_at"])
        messages.success(request, _("Der Zugang ist geändert: %s.") % chosen.municipality)
    return redirect("surveys:respondents", slug)
