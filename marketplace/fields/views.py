"""A field of action: its needs, who can serve them, and what is done about it."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.calls.starting import from_field, start
from challenges.calls.steps import STEPS
from challenges.models import Challenge, FieldOfAction, Need, ProviderInvitation
from challenges.surveys.acting import tasks
from marketplace.fields.coverage import ENOUGH, coverage
from marketplace.fields.forms import FieldForm, InviteForm, OutcomeForm
from marketplace.fields.priority import priority_of
from marketplace.queue import queued
from profiles.organisations.people import signed_in


def _field(request: HttpRequest, pk: int) -> FieldOfAction:
    rows = FieldOfAction.objects.editable_by(request.user)
    return get_object_or_404(rows.select_related("survey__organisation", "topic"), pk=pk)


@require_safe
def field(request: HttpRequest, pk: int) -> HttpResponse:
    rows = FieldOfAction.objects.visible_to(request.user).with_municipality_count()
    found = get_object_or_404(rows.select_related("survey__organisation", "topic"), pk=pk)
    visible = Need.objects.visible_to(request.user).filter(fields_of_action=found)
    calls = Challenge.objects.of_member(request.user).filter(needs__fields_of_action=found)
    context = {
        "field": found,
        "coverage": coverage(found),
        "enough": ENOUGH,
        "priority": priority_of(found),
        "invitations": found.invitations.for_rows(),
        "readable": set(visible.order_by().values_list("pk", flat=True)),
        "late": set(found.needs.overdue(on=timezone.localdate()).values_list("pk", flat=True)),
        "calls": calls.with_state_at(timezone.now()).order_by("-created_at", "-pk").distinct(),
        "may_edit": FieldOfAction.objects.editable_by(request.user).filter(pk=pk).exists(),
        "may_delete": FieldOfAction.objects.deletable().filter(pk=pk).exists(),
    }
    return render(request, "marketplace/fields/field.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def field_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _field(request, pk)
    form = FieldForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Gespeichert."))
        return redirect("fields:field", pk)
    return render(request, "marketplace/fields/edit.html", {"field": found, "form": form})


@require_POST
def field_shift(request: HttpRequest, pk: int) -> HttpResponse:
    found = _field(request, pk)
    found.shift(-1 if request.POST.get("to") == "up" else 1)
    return redirect("surveys:results", found.survey.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def field_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose among the providers that fit, and write to them."""
    found = _field(request, pk)
    invited = set(found.invitations.values_list("provider", flat=True))
    fitting = coverage(found).candidates
    reachable = [one for one in fitting if one.can_be_reached and one.provider.pk not in invited]
    form = InviteForm(request.POST or None, providers=[one.provider for one in reachable])
    if form.is_valid():
        count = ProviderInvitation.objects.invite(
            found,
            form.chosen,
            message=form.cleaned_data["message"],
            by=signed_in(request),
            at=timezone.now(),
        )
        text = ngettext(
            "%(count)s Anbieter ist eingeladen.", "%(count)s Anbieter sind eingeladen.", count
        )
        messages.success(request, text % {"count": count})
        return redirect("fields:field", pk)
    chosen = set(request.POST.getlist("providers"))
    context = {
        "field": found,
        "form": form,
        "candidates": [(one, str(one.provider.pk) in chosen) for one in reachable],
        "unreachable": [one for one in fitting if not one.can_be_reached],
        "invited_count": len(invited),
    }
    return render(request, "marketplace/fields/invite.html", context)


@require_POST
def field_challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a challenge with what is known; a second click leads to the same draft."""
    found = _field(request, pk)
    given, agency = from_field(found), found.survey.organisation
    draft = start(found.title, agency, given, at=timezone.now())
    messages.success(request, _("Der Entwurf enthält, was über das Handlungsfeld bekannt ist."))
    return redirect("calls:step", draft.pk, STEPS[0].slug)


@require_http_methods(["GET", "HEAD", "POST"])
def field_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask on GET. Its needs stay, and its group can become a field again."""
    rows = FieldOfAction.objects.editable_by(request.user).deletable()
    found = get_object_or_404(rows.select_related("survey"), pk=pk)
    if request.method == "POST":
        if found.discard():
            messages.success(request, _("Das Handlungsfeld „%s“ ist gelöscht.") % found.title)
            return redirect("surveys:results", found.survey.slug)
        return redirect("fields:field", pk)
    return render(request, "marketplace/fields/delete.html", {"field": found})


@require_http_methods(["GET", "HEAD", "POST"])
def field_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of it: once, so a second click changes nothing."""
    found = _field(request, pk)
    form = OutcomeForm(request.POST or None)
    if found.outcome_at is None and form.is_valid():
        waiting = FieldOfAction.objects.filter(pk=pk, outcome_at=None)
        waiting.update(outcome=form.cleaned_data["outcome"], outcome_at=timezone.now())
        # Without a broker the sweep does.
        transaction.on_commit(partial(queued, tasks.tell_outcomes), robust=True)
        messages.success(request, _("Die Kommunen bekommen Ihre Nachricht."))
    if found.outcome_at or form.is_valid():
        return redirect("fields:field", pk)
    return render(request, "marketplace/fields/outcome.html", {"field": found, "form": form})
