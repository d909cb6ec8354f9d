"""A draft on the page that it will have, without anything being published."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from marketplace.shortlists.organisations import Shortlist
from profiles.keeping.models import SolutionDraft
from profiles.keeping.snapshots import DAYS, PLAIN
from profiles.keeping.standing import as_it_stands
from profiles.keeping.words import CHOICES
from profiles.models import (
    Deployment,
    Solution,
    Standard,
    StandardClaim,
    State,
    TechnologyTag,
    Topic,
)


@require_safe
def draft_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who write it and those who check it."""
    mine = SolutionDraft.objects.visible_to(request.user).exclude(
        state=SolutionDraft.State.WITHDRAWN
    )
    theirs = SolutionDraft.objects.waiting_for(request.user)
    drafts = SolutionDraft.objects.filter(
        Q(pk__in=mine.values("pk")) | Q(pk__in=theirs.values("pk"))
    )
    draft = get_object_or_404(drafts.for_rows(), pk=pk)
    context = {
        "draft": draft,
        "solution": as_solution(draft),
        "similar": Solution.objects.none(),
        "shortlist": Shortlist(request),
        "may_write": SolutionDraft.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "marketplace/draft_preview.html", context)


def as_solution(draft: SolutionDraft) -> Solution:
    """Return what the page shows, made of the draft; it is not to be saved."""
    known = {name: _known(name, draft.data[name]) for name in PLAIN if name in draft.data}
    known = {name: value for name, value in known.items() if value is not None}
    solution = Solution(pk=draft.solution_id or 0, provider=draft.provider, slug="entwurf", **known)
    solution.title = draft.title
    solution.updated_at = draft.edited_at or timezone.now()
    deployments = Deployment.objects.filter(solution=draft.solution_id).for_reference_list()
    _show(solution, "topics", Topic.objects.filter(key__in=draft.data.get("topics", [])))
    tags = TechnologyTag.objects.filter(key__in=draft.data.get("technology_tags", []))
    _show(solution, "technology_tags", tags)
    _show(solution, "regions", State.objects.filter(code__in=draft.data.get("regions", [])))
    _show(solution, "claims", StandardClaim.objects.none(), _claims(solution, draft))
    _show(solution, "deployments", deployments)
    solution.reference_count = sum(row.is_confirmed for row in deployments)  # type: ignore[attr-defined]
    return solution


def _known(name: str, value: Any) -> Any:
    """Leave out what is no choice (any more): an import may have brought it."""
    if name not in CHOICES:
        return value
    if isinstance(value, list):
        return [option for option in value if option in CHOICES[name]]
    return value if value in CHOICES[name] else None


def _claims(solution: Solution, draft: SolutionDraft) -> list[StandardClaim]:
    stated = {claim.get("standard"): claim for claim in as_it_stands(draft).get("claims", [])}
    made = []
    for standard in Standard.objects.filter(key__in=stated):
        claim = {key: value for key, value in stated[standard.key].items() if key != "standard"}
        claim |= {day: parse_date(claim.get(day) or "") for day in DAYS}
        made.append(StandardClaim(solution=solution, standard=standard, **claim))
    return made


def _show(
    solution: Solution, name: str, rows: QuerySet[Any], made: list[Model] | list[Any] | None = None
) -> None:
    """Let the template find these rows where it looks for those of a saved solution."""
    if made is not None:
        rows._result_cache = made
    prefetched = solution.__dict__.setdefault("_prefetched_objects_cache", {})
    prefetched[name] = rows
