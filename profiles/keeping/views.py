"""What a provider keeps here: its profile, its solutions and the drafts of them."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.keeping.completeness import completeness
from profiles.keeping.forms import ProviderForm
from profiles.keeping.models import SolutionDraft
from profiles.keeping.publishing import bring_back, withdraw
from profiles.keeping.snapshots import snapshot
from profiles.models import Membership, Organisation, Provider, Solution
from profiles.organisations.people import signed_in


def own_provider(request: HttpRequest, slug: str) -> Organisation:
    """Return an organisation that offers something and that the person writes for."""
    writers = Membership.objects.deciders().of_person(request.user)
    offering = Organisation.objects.filter(kind=Organisation.Kind.PROVIDER)
    return get_object_or_404(offering.filter(memberships__in=writers), slug=slug)


@require_safe
def offers(request: HttpRequest, slug: str) -> HttpResponse:
    """List what the organisation offers, and what is still being written."""
    own = Organisation.objects.of_member(request.user).filter(kind=Organisation.Kind.PROVIDER)
    chosen = get_object_or_404(own.for_rows(), slug=slug)
    membership = chosen.memberships.get(user=signed_in(request))
    drafts = list(SolutionDraft.objects.open().filter(provider=chosen.pk).for_rows().latest_first())
    in_work = {draft.solution_id: draft for draft in drafts}
    solutions = Solution.objects.filter(provider=chosen.pk).by_title()
    context = {
        "organisation": chosen,
        "provider": Provider.objects.filter(pk=chosen.pk).first(),
        "own": membership,
        "may_write": membership.role in Membership.DECIDERS,
        "drafts": [(draft, completeness(draft.data)) for draft in drafts],
        "solutions": [(solution, in_work.get(solution.pk)) for solution in solutions],
    }
    return render(request, "keeping/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the profile; who was overtaken by a colleague sees what they wrote."""
    organisation = own_provider(request, slug)
    if request.method == "POST":  # of two who save at once the second one is told
        organisation.lock()
    kept = Provider.objects.filter(pk=organisation.pk).first()
    latest = kept.history.latest().history_id if kept and kept.history.exists() else 0
    blank = Provider(organisation=organisation, state=organisation.state)
    edited = Provider.objects.filter(pk=organisation.pk).first() or blank
    form = ProviderForm(request.POST or None, instance=edited, initial={"seen": latest})
    overtaken = form.is_valid() and (form.cleaned_data["seen"] or 0) != latest
    if form.is_valid() and not overtaken:
        form.save()
        messages.success(request, _("Das Profil ist gespeichert."))
        return redirect("keeping:list", slug)
    if overtaken:
        form.data = dict(form.data.items()) | {"seen": str(latest)}
    theirs = ProviderForm(instance=kept) if overtaken else None
    context = {"form": form, "organisation": organisation, "kept": kept, "theirs": theirs}
    return render(request, "keeping/profile.html", context)


@require_POST
def draft_new(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = own_provider(request, slug)
    provider = Provider.objects.select_related("organisation").filter(pk=organisation.pk).first()
    if provider is None:
        messages.info(request, _("Bitte füllen Sie zuerst das Profil aus."))
        return redirect("keeping:profile", slug)
    by, at = signed_in(request), timezone.now()
    draft = SolutionDraft.objects.start(provider, by=by, at=at)
    return redirect("keeping:step", draft.pk, "grunddaten")


def own_solution(request: HttpRequest, slug: str) -> Solution:
    editable = Solution.objects.editable_by(request.user)
    return get_object_or_404(editable.select_related("provider__organisation"), slug=slug)


@require_POST
def solution_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the draft of a solution, or begin one with what it says now."""
    solution = own_solution(request, slug)
    by, at = signed_in(request), timezone.now()
    draft = SolutionDraft.objects.revise(solution, snapshot(solution), by=by, at=at)
    return redirect(draft)


@require_POST
def solution_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    solution = own_solution(request, slug)
    if withdraw(solution, at=timezone.now()):
        text = _("„%(title)s“ ist vom Markt genommen. Sie können sie jederzeit wieder anbieten.")
        messages.success(request, text % {"title": solution})
    return redirect("keeping:list", solution.provider.organisation.slug)


@require_POST
def solution_bring_back(request: HttpRequest, slug: str) -> HttpResponse:
    solution = own_solution(request, slug)
    organisation = solution.provider.organisation
    if not organisation.is_verified:
        messages.error(request, _("Das geht erst, wenn die Organisation geprüft ist."))
    elif bring_back(solution, at=timezone.now()):
        messages.success(request, _("„%(title)s“ wird wieder angeboten.") % {"title": solution})
    return redirect("keeping:list", organisation.slug)


def own_draft(request: HttpRequest, pk: int) -> SolutionDraft:
    drafts = SolutionDraft.objects.editable_by(request.user).for_rows()
    draft = get_object_or_404(drafts, pk=pk)
    if draft.state == SolutionDraft.State.WITHDRAWN:
        raise Http404
    return draft
