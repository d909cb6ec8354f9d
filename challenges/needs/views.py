"""Reading needs: the list and the page of one."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from challenges.needs.changes import changes_of
from challenges.needs.filters import NeedFilter
from challenges.needs.models import Need
from challenges.needs.requirements import as_filters
from profiles.organisations.active import own_memberships
from profiles.paging import Paginator

PAGE_SIZE = 20
OTHERS = "others"  # in the address


@login_not_required
@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    own = Need.objects.of_member(request.user)
    others = Need.objects.visible_to(request.user).of_others(request.user)
    is_own = bool(own_memberships(request)) and request.GET.get("whose") != OTHERS
    rows = own.most_urgent_first() if is_own else others.newest_first()
    filterset = NeedFilter(_filled(request.GET), queryset=rows.for_rows())
    page = Paginator(filterset.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filterset": filterset,
        "page": page,
        "is_own": is_own,
        "is_narrowed": any(request.GET.getlist(name) for name in filterset.filters),
        "late": set(own.overdue(on=timezone.localdate()).values_list("pk", flat=True)),
        "may_write": Need.may_be_written_by(request.user),
    }
    return render(request, "challenges/needs/list.html", context)


def _filled(data: QueryDict) -> QueryDict:
    """What the form sends without its empty fields: "any" is no value of theirs."""
    filled = data.copy()
    for name, values in data.lists():
        filled.setlist(name, [value for value in values if value])
    return filled


@login_not_required
@require_safe
def need(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Need.objects.visible_to(request.user).for_page()
    found = get_object_or_404(visible, pk=pk)
    is_own = Need.objects.of_member(request.user).filter(pk=pk).exists()
    context = {
        "need": found,
        "is_own": is_own,
        "may_edit": Need.objects.editable_by(request.user).filter(pk=pk).exists(),
        "threads": found.threads.visible_to(request.user).for_rows(),
        "takes_messages": not is_own and Need.objects.answerable().filter(pk=pk).exists(),
        "is_late": is_own and found.is_overdue(on=timezone.localdate()),
        **(_inside(found) if is_own else {}),
    }
    return render(request, "challenges/needs/detail.html", context)


def _inside(found: Need) -> dict[str, Any]:
    """What only its own people see: it would tell others who they are."""
    return {"changes": changes_of(found), "filters": as_filters(found)}
