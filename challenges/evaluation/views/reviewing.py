"""What reviewers do: declare conflicts, read without names, score, lock; the chair agrees."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.applications.models import Application
from challenges.evaluation import blind, consensus, judging
from challenges.evaluation.forms import DeclareForm, PointsForm
from challenges.evaluation.models import Declaration, Reviewer
from profiles.organisations.people import signed_in


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """List what one judges."""
    rows = Reviewer.objects.of_person(request.user).for_rows()
    return render(request, "evaluation/list.html", {"reviews": rows.order_by("-invited_at", "-pk")})


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, slug: str) -> HttpResponse:
    """Say for each applicant whether one has a conflict: before anything of it is seen."""
    mine = Reviewer.objects.of_person(request.user).judging().filter(declarations=None)
    reviewer = get_object_or_404(mine.for_rows(), panel__challenge__slug=slug)
    names = judging.letters(reviewer.panel.challenge)
    applications = Application.objects.filter(pk__in=names).select_related("organisation")
    form = DeclareForm(
        request.POST or None, applications=applications.order_by("organisation__name", "pk")
    )
    if form.is_valid():
        judging.declare(reviewer, form.conflicts, at=timezone.now())
        messages.success(request, _("Ihre Erklärung ist gespeichert."))
        return redirect("evaluation:sheet", slug)
    context = {"challenge": reviewer.panel.challenge, "form": form}
    return render(request, "evaluation/declare.html", context)


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """What one has to do, application by application."""
    mine = Reviewer.objects.of_person(request.user).for_progress()
    reviewer = get_object_or_404(mine, panel__challenge__slug=slug)
    challenge = reviewer.panel.challenge
    done, wanted = judging.workload(reviewer)
    chairs = consensus.chaired_by(request.user).filter(pk=reviewer.panel_id).exists()
    context = {
        "challenge": challenge,
        "reviewer": reviewer,
        "is_judging": Reviewer.objects.judging().filter(pk=reviewer.pk).exists()
        and judging.submissions_of(challenge).exists(),
        "per_application": len(judging.judged_criteria(challenge)),
        "declarations": sorted(reviewer.declarations.all(), key=lambda row: row.letter),
        "done": done,
        "wanted": wanted,
        "to_agree": _to_agree(reviewer) if chairs else [],
    }
    return render(request, "evaluation/sheet.html", context)


def _to_agree(reviewer: Reviewer) -> list[tuple[Application, int]]:
    """The applications with how many criteria are agreed upon."""
    challenge = reviewer.panel.challenge
    rows = Application.objects.filter(pk__in=judging.letters(challenge))
    given = consensus.agreed(challenge)
    return [
        (row, sum(key == row.pk for key, _criterion in given))
        for row in rows.select_related("organisation").order_by("organisation__name", "pk")
    ]


@require_POST
def lock(request: HttpRequest, slug: str) -> HttpResponse:
    mine = Reviewer.objects.of_person(request.user).judging().for_progress()
    reviewer = get_object_or_404(mine, panel__challenge__slug=slug)
    try:
        judging.lock(reviewer, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("evaluation:sheet", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """Read an application without names, and give points with reasons."""
    mine = Declaration.objects.scorable_by(request.user).select_related(
        "reviewer__panel__challenge"
    )
    declaration = get_object_or_404(mine, pk=pk)
    challenge = declaration.reviewer.panel.challenge
    given = {row.criterion_id: (row.points, row.reason) for row in declaration.scores.all()}
    criteria = judging.judged_criteria(challenge)
    form = PointsForm(request.POST or None, criteria=criteria, given=given)
    if form.is_valid():
        judging.score(declaration, form.scores)
        messages.success(request, _("Gespeichert."))
        return redirect("evaluation:sheet", challenge.slug)
    submission = judging.submissions_of(challenge).get(application=declaration.application_id)
    context = {
        "challenge": challenge,
        "declaration": declaration,
        "criteria": criteria,
        "said": blind.without_names(submission.content),
        "form": form,
    }
    return render(request, "evaluation/score.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The chair sees all scores side by side, and keeps what the panel agrees upon."""
    mine = consensus.chaired_by(request.user).select_related("challenge")
    panel = get_object_or_404(mine, challenge__slug=slug)
    submission = get_object_or_404(judging.submissions_of(panel.challenge), application=pk)
    application = submission.application
    voices = consensus.voices(panel, application)
    rows = application.agreed_scores.all()
    given = {row.criterion_id: (row.points, row.reason) for row in rows}
    criteria = [row.criterion for row in voices]
    form = PointsForm(request.POST or None, criteria=criteria, given=given, is_whole=True)
    if form.is_valid():
        by, now = signed_in(request), timezone.now()
        if consensus.agree(panel, application, form.scores, by=by, at=now):
            messages.success(request, _("Gespeichert."))
        else:
            text = _("Die Bewertung ist inzwischen abgeschlossen. Es wurde nichts geändert.")
            messages.error(request, text)
        return redirect("evaluation:sheet", slug)
    context = {
        "challenge": panel.challenge,
        "panel": panel,
        "submission": submission,
        "voices": voices,
        "form": form,
    }
    return render(request, "evaluation/agree.html", context)
