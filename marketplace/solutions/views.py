from collections.abc import Iterable, Iterator
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from criteria.models import Assessment
from marketplace.shortlists.organisations import Shortlist
from marketplace.solutions import exports
from marketplace.solutions.cards import Cards, cards_of, listed
from marketplace.solutions.chips import chips_of, without_blanks
from marketplace.solutions.facet_html import facets_as_html
from profiles import tables
from profiles.contact.answer_time import answer_time
from profiles.filter_fields import MunicipalityField
from profiles.filters import SolutionFilter
from profiles.models import Municipality, Provider, Solution
from profiles.models.solution_queries import SolutionQuerySet
from profiles.paging import Paginator, unpaged

PAGE_SIZE = 20
SIMILAR = 3
SUGGESTIONS = 20


def filtered(request: HttpRequest) -> SolutionFilter:
    return SolutionFilter(request.GET, queryset=_for_cards())


@cache
def _for_cards() -> SolutionQuerySet:
    """Put the query together once: that takes longer than to run it."""
    return Solution.objects.published().for_cards()


@login_not_required
@require_safe
def solutions(request: HttpRequest) -> HttpResponse:
    filled = without_blanks(request.GET)
    if filled != request.GET:  # a form sends its empty fields too; nobody wants them in an address
        return redirect(f"{request.path}?{filled.urlencode()}")
    filterset = filtered(request)
    page = Paginator(Cards.of(filterset.qs), PAGE_SIZE).get_page(request.GET.get("page"))
    shortlist = Shortlist(request)
    context = {
        "filterset": filterset,
        "page": page,
        "cards": listed(page, shortlist),
        "facets": facets_as_html(filterset),
        "chips": chips_of(filterset),
        "own_places": own_places(request),
        "shortlist": shortlist,
        "ways_out": [] if page else chips_of(filterset, with_hits=True),
        "query": unpaged(request.GET),
    }
    return render(request, "marketplace/solutions.html", context)


def own_places(request: HttpRequest) -> Iterable[Municipality]:
    """The municipalities for which the person searches; strangers cost no query."""
    return Municipality.objects.of_member(request.user) if request.user.is_authenticated else ()


@login_not_required
@require_safe
def solutions_csv(request: HttpRequest) -> StreamingHttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="loesungen.csv"'}
    lines = tables.as_csv(_table(request))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def solutions_xlsx(request: HttpRequest) -> HttpResponse:
    book = tables.as_xlsx(_table(request), _("Lösungen"), columns=len(exports.COLUMNS))
    return tables.download(book, "loesungen.xlsx")


def _table(request: HttpRequest) -> Iterator[list[tables.Cell]]:
    hits = filtered(request).qs
    return exports.rows(hits, base=request.build_absolute_uri("/").rstrip("/"))


@login_not_required
@require_safe
def solution(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Solution.objects.visible_to(request.user).for_page().with_files()
    chosen = get_object_or_404(visible, slug=slug)
    similar = Solution.objects.published().similar_to(chosen).values_list("pk", flat=True)
    context = {
        "solution": chosen,
        "similar": cards_of(similar[:SIMILAR]),
        "shortlist": Shortlist(request),
        "answer_time": answer_time(chosen.provider.organisation, at=timezone.now()),
        "pictures": [entry for entry in chosen.files.all() if entry.kind == "screenshot"],
        "documents": [entry for entry in chosen.files.all() if entry.kind == "document"],
        "may_edit": may_edit(request, chosen),
        "assessment": Assessment.objects.published().of_solution(chosen).with_readiness().first(),
    }
    return render(request, "marketplace/solution.html", context)


def may_edit(request: HttpRequest, chosen: Solution) -> bool:
    """Whether the person keeps this page; strangers cost no query."""
    mine = Solution.objects.editable_by(request.user).filter(pk=chosen.pk)
    return request.user.is_authenticated and mine.exists()


@login_not_required
@require_safe
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    found = Provider.objects.published().select_related("organisation", "state")
    chosen = get_object_or_404(found, organisation__slug=slug)
    offers = chosen.solutions.published().by_title().values_list("pk", flat=True)
    context = {
        "provider": chosen,
        "cards": cards_of(offers),
        "may_maintain": Provider.objects.maintained_by(request.user).filter(pk=chosen.pk).exists(),
        "answer_time": answer_time(chosen.organisation, at=timezone.now()),
    }
    return render(request, "marketplace/provider.html", context)


@login_not_required
@require_safe
def municipality_options(request: HttpRequest) -> HttpResponse:
    """Offer places while a name is typed; the form works without it."""
    places = MunicipalityField.places(request.GET.get("municipality", ""))[:SUGGESTIONS]
    return render(request, "marketplace/_municipality_options.html", {"places": places})
