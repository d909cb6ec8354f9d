"""Statements in groups: proposed by meaning, decided by people of the agency."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.models import NeedsSurvey
from marketplace.grouping import fields, tasks
from marketplace.grouping.forms import NEW, GroupForm, MergeForm, MoveForm, ProposeForm, targets
from marketplace.grouping.models import NeedGroup, Proposal, Statement
from marketplace.queue import queued
from profiles.paging import Paginator

PAGE_SIZE = 50
TYPICAL = 3


def _survey(request: HttpRequest, slug: str) -> NeedsSurvey:
    return get_object_or_404(NeedsSurvey.objects.editable_by(request.user), slug=slug)


def _group(request: HttpRequest, pk: int) -> NeedGroup:
    rows = NeedGroup.objects.editable_by(request.user).for_page().select_related("survey", "field")
    return get_object_or_404(rows, pk=pk)


@require_safe
def grouping(request: HttpRequest, slug: str) -> HttpResponse:
    survey = _survey(request, slug)
    groups = list(NeedGroup.objects.filter(survey=survey).for_page())
    typical = _typical(groups)
    context = {
        "survey": survey,
        "proposal": Proposal.objects.filter(survey=survey).first(),
        "groups": [(group, typical[group.pk]) for group in groups],
        "ungrouped": Statement.objects.of_survey(survey).ungrouped().count(),
        "form": ProposeForm(survey=survey),
    }
    return render(request, "marketplace/grouping/overview.html", context)


def _typical(groups: list[NeedGroup]) -> dict[int | None, list[Statement]]:
    """The first statements of each group; one query for all groups."""
    found: dict[int | None, list[Statement]] = {group.pk: [] for group in groups}
    rows = Statement.objects.filter(group__in=groups).for_rows().first_of_groups(TYPICAL)
    for row in rows:
        found[row.group_id].append(row)
    return found


@require_POST
def grouping_propose(request: HttpRequest, slug: str) -> HttpResponse:
    survey = _survey(request, slug)
    form = ProposeForm(request.POST, survey=survey)
    if form.is_valid():
        state = {"question": form.cleaned_data["question"], "asked_at": timezone.now()}
        proposal, _is_new = Proposal.objects.update_or_create(
            survey=survey, defaults=state | {"done_at": None, "is_failed": False}
        )
        transaction.on_commit(lambda: _ask(proposal), robust=True)
    return redirect("grouping:overview", slug)


def _ask(proposal: Proposal) -> None:
    if not queued(tasks.propose_groups, proposal.pk):
        proposal.finish(at=timezone.now(), is_failed=True)


@require_safe
def ungrouped(request: HttpRequest, slug: str) -> HttpResponse:
    survey = _survey(request, slug)
    rows = Statement.objects.of_survey(survey).ungrouped().for_rows()
    context = {
        "survey": survey,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "move_form": MoveForm(survey=survey),
    }
    return render(request, "marketplace/grouping/ungrouped.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a group; a POST renames it."""
    found = _group(request, pk)
    form = GroupForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Gespeichert."))
        return redirect("grouping:group", pk)
    rows = found.statements.for_rows()
    survey = found.survey
    context = {
        "group": found,
        "survey": survey,
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "move_form": MoveForm(survey=survey, but=found),
        "merge_form": MergeForm(survey=survey, but=found),
        "has_others": bool(targets(survey, but=found)),
    }
    return render(request, "marketplace/grouping/group.html", context)


@require_POST
def statements_move(request: HttpRequest, slug: str) -> HttpResponse:
    """Move what was ticked; statements of a field of action stay."""
    survey = _survey(request, slug)
    form = MoveForm(request.POST, survey=survey, but=NeedGroup())
    keys = [key for key in request.POST.getlist("statement") if key.isdecimal()]
    movable = Statement.objects.of_survey(survey).filter(group__field=None, pk__in=keys)
    if not form.is_valid() or not movable.exists():
        messages.error(request, _("Bitte wählen Sie mindestens eine Aussage und ein Ziel."))
        return redirect("grouping:overview", slug)
    target = form.cleaned_data["target"]
    to = NeedGroup.objects.filter(survey=survey, pk=target).first() if target.isdecimal() else None
    if target == NEW:
        to = NeedGroup.objects.add(survey, _("Neue Gruppe"))
    movable.order_by().move(movable.values_list("pk", flat=True), to)
    return redirect(to) if to else redirect("grouping:overview", slug)


@require_POST
def group_merge(request: HttpRequest, pk: int) -> HttpResponse:
    found = _group(request, pk)
    form = MergeForm(request.POST, survey=found.survey, but=found)
    if found.field_id is None and form.is_valid():
        found.take_in(NeedGroup.objects.get(pk=form.cleaned_data["other"], survey=found.survey))
        messages.success(request, _("Die Gruppen sind zusammengeführt."))
    return redirect("grouping:group", pk)


@require_POST
def group_shift(request: HttpRequest, pk: int) -> HttpResponse:
    found = _group(request, pk)
    found.shift(-1 if request.POST.get("to") == "up" else 1)
    return redirect("grouping:overview", found.survey.slug)


@require_POST
def group_field(request: HttpRequest, pk: int) -> HttpResponse:
    found = _group(request, pk)
    field = fields.make_field(found, at=timezone.now())
    if field is None:
        field = NeedGroup.objects.select_related("field").get(pk=pk).field
    return redirect("fields:field", field.pk) if field else redirect("grouping:group", pk)
