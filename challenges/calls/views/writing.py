"""Writing a challenge: beginning it, its steps, and what is still missing."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from challenges.calls import lifecycle, steps
from challenges.calls.begin import StartForm
from challenges.calls.models import Challenge
from challenges.calls.nature import Nature, nature_of
from challenges.calls.people import posting_for
from challenges.calls.starting import start
from challenges.procurement.adviser import Advice, advise
from challenges.procurement.models import ProcurementRule
from profiles.organisations.people import signed_in

CONFLICT = 409


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """List what one's own organisations post, alone or with others."""
    mine = Challenge.objects.of_member(request.user).with_state_at(timezone.now())
    context = {
        "challenges": mine.for_rows().nearest_deadline_first(),
        "editable": set(Challenge.objects.editable_by(request.user).values_list("pk", flat=True)),
        "posts": posting_for(request.user).exists(),
    }
    return render(request, "calls/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft; `?need=` names needs that it pools, `?copy=` a challenge to begin from."""
    if not posting_for(request.user).exists():
        messages.info(request, _("Eine Challenge schreiben Sie für eine geprüfte Organisation."))
        return redirect("organisations:list")
    form = StartForm(request.POST or None, user=signed_in(request), asked=request.GET)
    if form.is_valid():
        data = form.cleaned_data
        draft = start(data["title"], data["organisation"], form.given(), at=timezone.now())
        return redirect("calls:step", draft.pk, steps.STEPS[0].slug)
    return render(request, "calls/new.html", {"form": form})


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is missing, who has to act next, and what can be done now."""
    found = get_object_or_404(Challenge.objects.visible_to(request.user).for_page(), pk=pk)
    missing = found.missing(at=timezone.now()) if found.state in lifecycle.HIDDEN else []
    context = {
        "challenge": found,
        "steps": steps.STEPS,
        "missing": [(steps.step_of(field), field, text) for field, text in missing],
        "log": found.log.select_related("by"),
        "submitted": found.last_submission(),
        "may_edit": Challenge.objects.editable_by(request.user).filter(pk=pk).exists(),
        "counts_price": any(row.is_price for row in found.criteria.all()),
        "applies_elsewhere": nature_of(found) == Nature.ABOVE,
        "is_opened": Challenge.objects.opened().filter(pk=pk).exists(),
    }
    return render(request, "calls/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Write a step; who was overtaken by a colleague is told, and loses nothing."""
    found, wanted = _draft(request, pk), steps.step_named(slug)
    if wanted is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    page = steps.Page(wanted, found, signed_in(request), sent)
    if sent is not None and sent.get("version") != str(found.version):
        kept = steps.Page(wanted, _draft(request, pk), signed_in(request))
        return _show(request, page, theirs=kept, status=CONFLICT)
    if sent is None or not page.is_valid():
        return _show(request, page)
    page.save()
    messages.success(request, _("Gespeichert."), extra_tags="saved")
    return redirect(_next(found, wanted, sent.get("go", "")))


def _next(found: Challenge, step: steps.Step, wish: str) -> str:
    if wish == "preview":
        return found.get_absolute_url()
    following = step if wish == "stay" else steps.after(step)
    if following is None:
        return reverse("calls:draft", args=[found.pk])
    return reverse("calls:step", args=[found.pk, following.slug])


def _draft(request: HttpRequest, pk: int) -> Challenge:
    """Return it for writing; until the transaction ends nobody else changes it."""
    drafts = Challenge.objects.editable_by(request.user).drafts().select_for_update(of=("self",))
    found: Challenge = get_object_or_404(drafts.select_related("organisation"), pk=pk)
    return found


def _show(
    request: HttpRequest, page: steps.Page, *, theirs: steps.Page | None = None, status: int = 200
) -> HttpResponse:
    kept = Challenge.objects.get(pk=page.challenge.pk)  # the form has touched the other one
    context: dict[str, Any] = {
        "challenge": kept,
        "page": page,
        "theirs": theirs,
        "steps": steps.STEPS,
        "advice": _advice(kept) if page.step.slug == "vergabeweg" else None,
    }
    return render(request, "calls/step.html", context, status=status)


def _advice(found: Challenge) -> Advice | None:
    if found.budget_eur is None:
        return None
    level = ProcurementRule.level_of(found.organisation)
    seat, today = found.organisation.seat, timezone.localdate()
    return advise(found.budget_eur, seat, on=today, level=level)
