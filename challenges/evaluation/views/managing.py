"""What those do who post the challenge: invite, appoint, remind, close."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from challenges.calls.lifecycle import State
from challenges.calls.models import Challenge
from challenges.evaluation import consensus, judging, mails
from challenges.evaluation.forms import InviteForm, SpreadForm
from challenges.evaluation.models import Decision, Panel, Reviewer
from profiles.models.people import AnyUser
from profiles.organisations.people import signed_in


def own(user: AnyUser) -> QuerySet[Challenge]:
    """The published ones that the person runs; a draft has nobody who judges."""
    return Challenge.objects.editable_by(user).public().select_related("organisation", "seal_key")


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the judging is; a POST invites a reviewer."""
    challenge = get_object_or_404(own(request.user), slug=slug)
    form = InviteForm(request.POST or None, challenge=challenge)
    if form.is_valid() and _invited(request, challenge, form):
        return redirect("evaluation:overview", slug)
    return render(request, "evaluation/overview.html", {"form": form} | _context(challenge))


def _invited(request: HttpRequest, challenge: Challenge, form: InviteForm) -> bool:
    by, now = signed_in(request), timezone.now()
    try:
        reviewer = judging.invite(challenge, form.address, by=by, at=now)
    except ValidationError as error:
        form.add_error("email", error)
        return False
    mails.invited(reviewer)
    messages.success(request, _("%(name)s ist eingeladen.") % {"name": reviewer.user})
    return True


def _context(challenge: Challenge) -> dict[str, object]:
    panel = Panel.objects.filter(pk=challenge.pk).select_related("challenge").first()
    reviewers = list(Reviewer.objects.filter(panel=panel).for_progress()) if panel else []
    is_judging = challenge.state == State.EVALUATION
    ranked = consensus.results(challenge)
    return {
        "challenge": challenge,
        "panel": panel,
        "spread_form": SpreadForm(instance=panel) if panel else None,
        "reviewers": [(row, *judging.workload(row)) for row in reviewers],
        "is_judging": is_judging,
        "hindrances": judging.what_hinders(panel) if panel and is_judging else [],
        "criteria": list(challenge.criteria.all()),
        "results": ranked,
        "changes": consensus.changes(challenge, ranked),
        "decision": Decision.objects.filter(pk=challenge.pk).for_page().first(),
        "may_propose": challenge.state in {State.EVALUATION, State.DECISION},
        "log": challenge.panel_log.for_page(),
    }


@require_POST
def spread(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = get_object_or_404(own(request.user), slug=slug)
    panel = get_object_or_404(Panel, pk=challenge.pk, closed_at=None)
    form = SpreadForm(request.POST, instance=panel)
    if form.is_valid():
        form.save()
        messages.success(request, _("Gespeichert."))
    else:
        messages.error(request, _("Der Abstand ist eine Zahl von 1 bis 9."))
    return redirect("evaluation:overview", slug)


@require_POST
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to those who are not done; each hears of it at most once per stage."""
    challenge = get_object_or_404(own(request.user), slug=slug)
    for reviewer in Reviewer.objects.filter(panel=challenge.pk).judging().unlocked().for_rows():
        mails.remind(reviewer)
    messages.success(request, _("Wer noch etwas zu tun hat, bekommt eine E-Mail."))
    return redirect("evaluation:overview", slug)


@require_POST
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Reviewer.objects.filter(panel__challenge__in=own(request.user).values("pk"))
    reviewer = get_object_or_404(mine.filter(panel__closed_at=None).for_rows(), pk=pk)
    try:
        judging.appoint(reviewer, by=signed_in(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("evaluation:overview", reviewer.panel.challenge.slug)


@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = get_object_or_404(own(request.user), slug=slug)
    panel = get_object_or_404(Panel, pk=challenge.pk)
    try:
        judging.close(panel, by=signed_in(request), at=timezone.now())
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    return redirect("evaluation:overview", slug)
