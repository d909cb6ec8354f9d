"""The decision of two persons, the letters, and the record."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.applications.models import Application
from challenges.calls.lifecycle import ENDS, State
from challenges.calls.models import Challenge
from challenges.evaluation import consensus, deciding, letters, record
from challenges.evaluation.forms import ProposeForm, ReasonForm
from challenges.evaluation.models import Decision
from challenges.evaluation.views.managing import own
from profiles.organisations.people import signed_in
from profiles.tables import download


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    judged = own(request.user).filter(state__in=[State.EVALUATION, State.DECISION])
    challenge = get_object_or_404(judged.filter(decision=None), slug=slug)
    ranked = consensus.results(challenge)
    first = ranked[0].submission.application if ranked else None
    form = ProposeForm(request.POST or None, first=first)
    if form.is_valid():
        data = form.cleaned_data
        try:
            deciding.propose(
                challenge,
                winner=form.winner,
                reason=data["reason"],
                standstill_until=data["standstill_until"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Vorgeschlagen. Jetzt zeichnet eine zweite Person."))
            return redirect("evaluation:overview", slug)
    return render(request, "evaluation/propose.html", {"challenge": challenge, "form": form})


@require_POST
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    waiting = Decision.objects.signable_by(request.user).select_related("challenge", "winner")
    decision = get_object_or_404(waiting, challenge__slug=slug)
    by, seen = signed_in(request), request.POST.get("seen", "")
    try:
        is_signed = deciding.sign(decision, by=by, at=timezone.now(), seen=seen)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        if is_signed:
            text = _("Gezeichnet. Alle, die sich beworben haben, bekommen Nachricht.")
            messages.success(request, text)
    return redirect("evaluation:overview", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: HttpRequest, slug: str) -> HttpResponse:
    waiting = Decision.objects.signable_by(request.user).select_related("challenge", "winner")
    decision = get_object_or_404(waiting, challenge__slug=slug)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        deciding.dismiss(decision, reason, by=signed_in(request), at=timezone.now())
        return redirect("evaluation:overview", slug)
    return render(
        request, "evaluation/dismiss.html", {"challenge": decision.challenge, "form": form}
    )


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """What an applicant is told of the decision, by the key of the application."""
    mine = Application.objects.editable_by(request.user).decided()
    application = get_object_or_404(mine.for_page(), pk=pk)
    decision = Decision.objects.for_page().get(pk=application.challenge_id)
    context = {"letter": letters.letter(decision, application, at=timezone.now())}
    return render(request, "evaluation/letter.html", context)


def _recorded(request: HttpRequest, slug: str) -> Challenge:
    """Return what has a record: before the decision, it would tell reviewers of each other."""
    found: Challenge = get_object_or_404(
        own(request.user).filter(state__in=[State.DECISION, *ENDS]), slug=slug
    )
    return found


@require_safe
def record_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = _recorded(request, slug)
    return download(record.pdf(challenge, at=timezone.now()), f"vergabevermerk-{slug}.pdf")


@require_safe
def record_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = _recorded(request, slug)
    return download(record.xlsx(challenge, at=timezone.now()), f"vergabevermerk-{slug}.xlsx")
