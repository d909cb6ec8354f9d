"""The pages on which a provider's people keep the files of a solution."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.files.forms import (
    AltTextForm,
    DocumentForm,
    EvidenceForm,
    MoveForm,
    ScreenshotForm,
)
from profiles.files.models import MOST_OF_A_KIND, SolutionFile, StoredFile
from profiles.files.storing import kept
from profiles.models.solutions import Solution
from profiles.models.standards import StandardClaim
from profiles.organisations.outcomes import attempt
from profiles.organisations.people import signed_in
from profiles.publiccode.exporting import missing_for_export

ADDING: dict[str, type[forms.Form]] = {"bild": ScreenshotForm, "dokument": DocumentForm}
KINDS = {"bild": StoredFile.Kind.SCREENSHOT, "dokument": StoredFile.Kind.DOCUMENT}


def editable(request: HttpRequest, slug: str) -> Solution:
    rows = Solution.objects.editable_by(request.user).select_related("provider__organisation")
    return get_object_or_404(rows, slug=slug)


@require_safe
def solution_files(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Solution.objects.editable_by(request.user).for_page().with_files()
    solution = get_object_or_404(rows, slug=slug)
    context = {
        "solution": solution,
        "pictures": [entry for entry in solution.files.all() if entry.kind == "screenshot"],
        "documents": [entry for entry in solution.files.all() if entry.kind == "document"],
        "claims": solution.claims.backable().select_related("standard", "evidence_file"),
        "most": MOST_OF_A_KIND,
        "missing_for_export": missing_for_export(solution),
    }
    return render(request, "files/solution.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def solution_file_new(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    solution = editable(request, slug)
    form = ADDING[kind](request.POST or None, request.FILES or None)
    if form.is_valid() and _add(request, solution, KINDS[kind], form):
        messages.success(request, _("Die Datei ist gespeichert und auf der Seite zu sehen."))
        return redirect("solution_files", slug)
    return render(request, "files/new.html", {"solution": solution, "form": form, "kind": kind})


def _add(request: HttpRequest, solution: Solution, kind: str, form: forms.Form) -> bool:
    uploading = kept(
        form.cleaned_data["file"],
        organisation=solution.provider.organisation,
        kind=kind,
        is_public=True,
        by=signed_in(request),
        at=timezone.now(),
    )
    try:
        with uploading as file:
            SolutionFile.append(solution, file, form.cleaned_data.get("alt_text", ""))
    except ValidationError as error:
        form.add_error("file", error)
        return False
    return True


def own_file(request: HttpRequest, slug: str, pk: int) -> SolutionFile:
    rows = SolutionFile.objects.editable_by(request.user).select_related("solution", "file")
    return get_object_or_404(rows, solution__slug=slug, pk=pk)


@require_POST
def solution_file_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    entry, form = own_file(request, slug, pk), MoveForm(request.POST)
    if form.is_valid():
        attempt(request, lambda: entry.move(form.cleaned_data["by"]), done=_("Verschoben."))
    return redirect("solution_files", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def solution_file_alt(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    entry = own_file(request, slug, pk)
    form = AltTextForm(request.POST or None, instance=entry)
    if form.is_valid():
        form.save()
        messages.success(request, _("Die Beschreibung ist gespeichert."))
        return redirect("solution_files", slug)
    context: dict[str, Any] = {"solution": entry.solution, "form": form, "file": entry.file}
    return render(request, "files/alt_text.html", context)


@require_POST
def solution_file_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    entry = own_file(request, slug, pk)
    attempt(request, entry.remove, done=_("%(file)s ist entfernt.") % {"file": entry.file})
    return redirect("solution_files", slug)


def own_claim(request: HttpRequest, slug: str, pk: int) -> StandardClaim:
    rows = StandardClaim.objects.backable().select_related("standard", "evidence_file")
    return get_object_or_404(rows, solution=editable(request, slug), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def claim_evidence(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put a paper behind a claim; an earlier one goes."""
    claim, solution = own_claim(request, slug, pk), editable(request, slug)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        uploading = kept(
            form.cleaned_data["file"],
            organisation=solution.provider.organisation,
            kind=StoredFile.Kind.EVIDENCE,
            by=signed_in(request),
            at=timezone.now(),
        )
        with uploading as file:
            claim.replace_evidence(file)
        messages.success(request, _("Der Nachweis ist gespeichert."))
        return redirect("solution_files", slug)
    context = {"solution": solution, "claim": claim, "form": form}
    return render(request, "files/evidence.html", context)


@require_POST
def claim_evidence_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    claim = own_claim(request, slug, pk)
    if claim.evidence_file:
        done = _("%(file)s ist entfernt.") % {"file": claim.evidence_file}
        claim.replace_evidence(None)
        messages.success(request, done)
    return redirect("solution_files", slug)
