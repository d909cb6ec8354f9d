from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.keeping.models import SolutionDraft
from profiles.models.providers import Provider
from profiles.models.solutions import Solution
from profiles.organisations.people import signed_in
from profiles.publiccode.exporting import as_yaml
from profiles.publiccode.forms import NEW, SourceForm, TargetForm, providers_of
from profiles.publiccode.reports import Data


@login_not_required
@require_safe
def solution_publiccode(request: HttpRequest, slug: str) -> HttpResponse:
    offers = Solution.objects.published().open_source().for_page()
    solution = get_object_or_404(offers, slug=slug)
    return HttpResponse(
        as_yaml(solution),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="publiccode.yml"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publiccode_import(request: HttpRequest) -> HttpResponse:
    """Read a file, and show what it would give; nothing is kept yet."""
    if not providers_of(request.user):
        raise Http404
    form = SourceForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "publiccode/import.html", {"form": form})
    return _report(request, form, TargetForm(user=request.user))


@require_POST
def publiccode_take(request: HttpRequest) -> HttpResponse:
    """Put what was shown into the draft that the person has chosen."""
    if not providers_of(request.user):
        raise Http404
    form, target = SourceForm(request.POST), TargetForm(request.POST, user=request.user)
    if not form.is_valid():
        return render(request, "publiccode/import.html", {"form": form})
    if not target.is_valid():  # also when somebody has changed the draft meanwhile
        return _report(request, form, target)
    draft = _put(request, target.cleaned_data["target"], form.report.data, at=timezone.now())
    if draft is None:
        messages.error(request, _("Jemand hat den Entwurf inzwischen geändert. Bitte noch einmal."))
        return _report(request, form, TargetForm(user=request.user))
    messages.success(request, _("Die Angaben stehen jetzt im Entwurf. Bitte prüfen Sie sie."))
    return redirect(draft)


def _report(request: HttpRequest, form: SourceForm, target: TargetForm) -> HttpResponse:
    context = {"report": form.report, "text": form.cleaned_data["text"], "form": target}
    return render(request, "publiccode/report.html", context)


def _put(request: HttpRequest, chosen: str, data: Data, *, at: datetime) -> SolutionDraft | None:
    """Return the draft with the data in it; None if it has moved on."""
    user = signed_in(request)
    where, pk, version = chosen.split(":")
    if where == NEW:
        provider = Provider.objects.get(pk=int(pk))
        draft = SolutionDraft.objects.start(provider, by=user, at=at)
    else:
        drafts = SolutionDraft.objects.editable_by(user).in_work()
        draft = get_object_or_404(drafts, pk=int(pk))
    seen = draft.version if where == NEW else int(version)
    return draft if draft.change(data, seen=seen, by=user, at=at) else None
