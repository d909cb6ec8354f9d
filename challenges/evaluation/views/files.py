"""Files of applications for those who judge: without names first, all of them for the chair."""

from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from challenges.applications import files
from challenges.applications.file_views import damaged, handed_out
from challenges.evaluation import consensus, judging
from challenges.evaluation.models import Declaration


@require_safe
def blind_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Hand out what its applicant says tells no names, under a name of ours."""
    mine = Declaration.objects.scorable_by(request.user).select_related("application__challenge")
    declaration = get_object_or_404(mine, pk=pk)
    opened = judging.submissions_of(declaration.application.challenge)
    submission = get_object_or_404(opened, application=declaration.application_id)
    found = get_object_or_404(submission.files.select_related("application", "slot"), pk=file)
    about = files.described(submission, found.pk)
    if about is None or not about["hides_names"]:
        raise Http404
    ending = PurePath(about["name"]).suffix.lower()
    name = f"bewerbung-{declaration.letter.lower()}-{slugify(found.slot.name) or 'datei'}{ending}"
    response = handed_out(submission, found, name=name)
    if response is None:
        messages.error(request, damaged(found))
        return redirect("evaluation:score", pk)
    return response


@require_safe
def agree_file(request: HttpRequest, slug: str, pk: int, file: int) -> HttpResponse:
    mine = consensus.chaired_by(request.user).select_related("challenge")
    panel = get_object_or_404(mine, challenge__slug=slug)
    submission = get_object_or_404(judging.submissions_of(panel.challenge), application=pk)
    found = get_object_or_404(submission.files.select_related("application", "slot"), pk=file)
    response = handed_out(submission, found)
    if response is None:
        messages.error(request, damaged(found))
        return redirect("evaluation:agree", slug, pk)
    return response
