"""What the municipality says, and who looks at an answer whose sender nobody knows."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from profiles.deployments import decisions, mails
from profiles.deployments.forms import ConfirmForm, CorrectForm, DeclineForm, ReasonForm
from profiles.deployments.models import ConfirmationRequest, DeploymentAnswer
from profiles.deployments.views import known_page
from profiles.models import Deployment, User
from profiles.organisations.people import signed_in

GONE = 410


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail, without an account.

    A GET decides nothing: mail scanners follow links.
    """
    found = ConfirmationRequest.objects.with_token(token).for_pages().first()
    if found is None:
        return render(request, "deployments/link_unknown.html", status=404)
    state = found.state(at=timezone.now())
    if state != ConfirmationRequest.State.OPEN:
        return told(request, found)
    return decided(request, found, by=None) or told(request, found)


def told(request: HttpRequest, asked: ConfirmationRequest) -> HttpResponse:
    """Say what became of the link; an answer that was just given is no error."""
    asked = ConfirmationRequest.objects.for_pages().get(pk=asked.pk)
    state = asked.state(at=timezone.now())
    is_fresh = request.method == "POST" and state == ConfirmationRequest.State.ANSWERED
    context = {
        "asked": asked,
        "deployment": asked.deployment,
        "state": state,
        "answer": asked.answers.first(),
    }
    return render(request, "deployments/answered.html", context, status=200 if is_fresh else GONE)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page for the municipality's people here."""
    rows = Deployment.objects.decidable_by(request.user)
    asked = ConfirmationRequest.objects.filter(deployment__in=rows).for_pages()
    found = get_object_or_404(asked, pk=pk)
    if found.answered_at or found.superseded_at:
        messages.info(request, _("Diese Anfrage ist schon erledigt. Hier steht der Stand."))
        return redirect(found.deployment)
    return decided(request, found, by=signed_in(request)) or redirect(found.deployment)


FORMS = {"confirm": ConfirmForm, "correct": CorrectForm, "decline": DeclineForm}


def decided(
    request: HttpRequest, asked: ConfirmationRequest, *, by: User | None
) -> HttpResponse | None:
    """Show the three ways to answer; nothing once one was taken, by this click or another."""
    forms = {name: _form(request, name, asked) for name in FORMS}
    chosen = forms.get(request.POST.get("decision", ""))
    if chosen is not None and chosen.is_valid():
        with transaction.atomic():
            if answer := asked.answer(chosen.verdict(), by=by, at=timezone.now()):
                mails.answered(answer)
                messages.success(request, _("Danke, Ihre Antwort ist gespeichert."))
        if not answer:
            messages.error(request, _("Das hat inzwischen jemand anderes entschieden."))
        return None
    context: dict[str, Any] = {f"{name}_form": form for name, form in forms.items()}
    context |= {"deployment": asked.deployment, "asked": asked, "by": by}
    return render(request, "deployments/decide.html", context)


def _form(request: HttpRequest, name: str, asked: ConfirmationRequest) -> Any:
    data = request.POST if request.POST.get("decision") == name else None
    if name == "correct":  # the form writes into its instance: one of its own
        own = Deployment.objects.get(pk=asked.deployment_id)
        today = timezone.localdate()
        return CorrectForm(data, instance=own, today=today, prefix=name)
    return FORMS[name](data, prefix=name)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Deployment.objects.decidable_by(request.user).not_declined()
    chosen = get_object_or_404(rows.exclude(pk__in=rows.waiting()).for_rows(), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        user, reason = signed_in(request), form.cleaned_data["reason"]
        with transaction.atomic():
            tell(request, decisions.withdraw(chosen, reason, by=user, at=timezone.now()))
        return redirect(chosen)
    return render(request, "deployments/withdraw.html", {"deployment": chosen, "form": form})


@require_POST
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Let colleagues write about it, or no longer."""
    rows = Deployment.objects.decidable_by(request.user).confirmed()
    chosen = get_object_or_404(rows, pk=pk)
    given = request.POST.get("consent") == "yes"
    decisions.consent(chosen, given, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Gespeichert."))
    return redirect(chosen)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = checkable(request, pk)
    with transaction.atomic():
        tell(request, decisions.accept(chosen, by=signed_in(request), at=timezone.now()))
    return redirect("deployments:list")


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    chosen, form = checkable(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return known_page(request, chosen, form=form)
    user, reason = signed_in(request), form.cleaned_data["reason"]
    with transaction.atomic():
        tell(request, decisions.reject(chosen, reason, by=user, at=timezone.now()))
    return redirect("deployments:list")


def checkable(request: HttpRequest, pk: int) -> Deployment:
    rows = Deployment.objects.to_check().checkable_by(request.user).for_rows()
    return get_object_or_404(rows, pk=pk)


def tell(request: HttpRequest, answer: DeploymentAnswer | None) -> None:
    """Mail the provider and confirm on the next page."""
    if answer is None:
        messages.error(request, _("Das hat inzwischen jemand anderes entschieden."))
        return
    mails.answered(answer)
    messages.success(request, _("Gespeichert. Der Anbieter bekommt Bescheid."))
