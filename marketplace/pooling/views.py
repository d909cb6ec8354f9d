"""Needs that several have, and needs that nothing fits."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from challenges.models import Need
from marketplace.pooling import gaps
from marketplace.pooling.twins import demand_for, twins_of
from profiles.contact.starting import COLLEAGUES, Addressee, started
from profiles.paging import Paginator

PAGE_SIZE = 20


@login_not_required
@require_safe
def need_allies(request: HttpRequest, pk: int) -> HttpResponse:
    released = Need.objects.released().open().with_sender()
    need = get_object_or_404(released, pk=pk)
    twins = twins_of(need).for_rows().newest_first()
    page = Paginator(twins, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "need": need,
        "page": page,
        "demand": demand_for(need),
        "own": _own(request),
    }
    return render(request, "marketplace/pooling/allies.html", context)


def _own(request: HttpRequest) -> set[int]:
    return set(Need.objects.of_member(request.user).values_list("pk", flat=True))


@require_http_methods(["GET", "HEAD", "POST"])
def need_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the colleagues of a named need; who stays anonymous cannot be asked."""
    named = Need.objects.released().open().filter(is_named=True)
    need = get_object_or_404(named.select_related("organisation"), pk=pk)
    addressee = Addressee(
        need.organisation,
        need.get_absolute_url(),
        _("Gemeinsam vorgehen: %s") % need.title,
        title=_("Gemeinsam vorgehen"),
        kinds=COLLEAGUES,
    )
    return started(request, addressee)


@login_not_required
@require_safe
def market_gaps(request: HttpRequest) -> HttpResponse:
    rows = gaps.gaps(Need.objects.visible_to(request.user)).for_rows().newest_first()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "own": _own(request), "fields": list(gaps.fields())}
    return render(request, "marketplace/pooling/gaps.html", context)
