"""Where deployments stand, and what a provider enters of them."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.deployments import asking
from profiles.deployments.forms import DeploymentForm, ReasonForm
from profiles.models import Deployment, Organisation, Solution
from profiles.organisations.outcomes import attempt
from profiles.organisations.people import signed_in


@require_safe
def deployments(request: HttpRequest) -> HttpResponse:
    """What my solutions are used for, who names my municipality, whose sender waits for me."""
    user, rows = request.user, Deployment.objects.for_rows()
    context = {
        "solutions": Solution.objects.editable_by(user).by_title(),
        "offered": rows.offered_by(user),
        "places": Organisation.objects.of_places().of_member(user),
        "naming": rows.naming(user),
        "to_check": rows.to_check().checkable_by(user),
    }
    return render(request, "deployments/list.html", context)


@require_safe
def deployment(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = get_object_or_404(Deployment.objects.visible_to(request.user).for_rows(), pk=pk)
    return known_page(request, chosen)


def known_page(
    request: HttpRequest, chosen: Deployment, *, form: ReasonForm | None = None
) -> HttpResponse:
    rows = Deployment.objects.filter(pk=chosen.pk)
    context = {
        "deployment": chosen,
        "answers": chosen.answers.newest_first().select_related("by"),
        "last_request": chosen.requests.select_related("asked_by").first(),
        "open_request": chosen.requests.open().first(),
        "may_edit": rows.editable_by(request.user).exists(),
        "is_ours": rows.naming(request.user).exists(),
        "may_decide": rows.decidable_by(request.user).exists(),
        "may_check": rows.to_check().checkable_by(request.user).exists(),
        "form": form or ReasonForm(),
        "now": timezone.now(),
    }
    return render(request, "deployments/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deployment_new(request: HttpRequest, slug: str) -> HttpResponse:
    own = (
        Solution.objects.editable_by(request.user)
        .by_title()
        .select_related("provider__organisation")
    )
    solution = get_object_or_404(own, slug=slug)
    return entered(request, Deployment(solution=solution, phase=solution.phase))


@require_http_methods(["GET", "HEAD", "POST"])
def deployment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an entry; what was confirmed is to be confirmed again."""
    own = Deployment.objects.editable_by(request.user).for_rows()
    return entered(request, get_object_or_404(own, pk=pk))


def entered(request: HttpRequest, draft: Deployment) -> HttpResponse:
    """Save what the form says and ask the municipality, or say what stands against it."""
    now, provider = timezone.now(), draft.solution.provider.organisation
    last = draft.requests.first() if draft.pk else None
    seen = request.POST.get("seen", "") if request.method == "POST" else draft.standing
    current = None
    form = DeploymentForm(
        request.POST or None,
        instance=draft,
        today=timezone.localdate(now),
        initial={"address": last.address if last else ""},
    )
    if provider.is_verified and form.is_valid():
        try:
            address, by = form.cleaned_data["address"], signed_in(request)
            asking.ask(draft, address, by=by, at=now, seen=seen)
        except ValidationError as refused:
            form.add_error(None, refused)
            if form.has_error(NON_FIELD_ERRORS, asking.CHANGED):
                current = Deployment.objects.for_rows().get(pk=draft.pk)
                seen = current.standing
        else:
            messages.success(request, _("Gespeichert. Die Kommune ist um Bestätigung gebeten."))
            return redirect(draft)
    context = {
        "form": form,
        "deployment": draft,
        "provider": provider,
        "seen": seen,
        "current": current,
    }
    return render(request, "deployments/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deployment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    own = Deployment.objects.editable_by(request.user).for_rows()
    chosen = get_object_or_404(own, pk=pk)
    if request.method == "POST":
        chosen.delete()
        messages.success(request, _("Der Einsatz ist gelöscht."))
        return redirect("deployments:list")
    return render(request, "deployments/remove.html", {"deployment": chosen})


@require_POST
def deployment_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the same address once more; the link of the first mail ends."""
    own = Deployment.objects.editable_by(request.user).for_rows()
    chosen, user, now = get_object_or_404(own, pk=pk), signed_in(request), timezone.now()
    done = _("Die Kommune ist erneut um Bestätigung gebeten.")
    attempt(request, lambda: asking.ask_again(chosen, by=user, at=now), done=done)
    return redirect(chosen)
