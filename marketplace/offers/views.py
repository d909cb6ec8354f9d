"""For those who offer: which needs their solutions fit, and why or why not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from challenges.models import Need
from challenges.needs.queries import NeedQuerySet
from marketplace.alerts.hits import challenges_for, offers_to
from marketplace.feedback.summary import summaries_of
from marketplace.matching.market import Market
from marketplace.matching.models import Match, Outdated, Weights
from marketplace.matching.placing import place
from marketplace.matching.updating import is_outdated
from marketplace.matching.views import updated_soon
from marketplace.offers.advice import advice_of, parts_of, violations_of
from profiles.models import Membership, Organisation, Solution
from profiles.paging import Paginator

PAGE_SIZE = 20


@require_safe
def offer_needs(request: HttpRequest, slug: str) -> HttpResponse:
    own = Organisation.objects.of_member(request.user).filter(kind=Organisation.Kind.PROVIDER)
    organisation = get_object_or_404(own, slug=slug)
    solutions = Solution.objects.published().filter(provider=organisation.pk)
    rows = offers_to(organisation).select_related("solution").order_by("-score", "need", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    deciders = Membership.objects.deciders().filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": _with_needs(list(page)),
        "is_told": deciders.of_person(request.user).exists(),
        "has_solutions": solutions.exists(),
        "is_outdated": updated_soon(Outdated.objects.about(solutions).exists()),
        "challenges": challenges_for(organisation, at=timezone.now()).nearest_deadline_first(),
        "summaries": summaries_of(solutions),
    }
    return render(request, "marketplace/offers/needs.html", context)


def _with_needs(matches: list[Match]) -> list[tuple[Need, Match]]:
    """Put each need beside its match, with what tells the sender without naming it."""
    needs = Need.objects.released().for_rows().in_bulk({row.need_id for row in matches})
    return [(needs[row.need_id], row) for row in matches if row.need_id in needs]


@require_safe
def need_offers(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the provider choose which of its solutions to look at."""
    need = get_object_or_404(_others_needs(request), pk=pk)
    own = Solution.objects.published().of_member(request.user).by_title()
    context = {"need": need, "solutions": own.select_related("provider__organisation")}
    return render(request, "marketplace/offers/choose.html", context)


@require_safe
def need_place(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Why a solution stands where it stands for a need, or why it is no hit."""
    need = get_object_or_404(_others_needs(request), pk=pk)
    own = Solution.objects.published().of_member(request.user)
    solution = get_object_or_404(own.select_related("provider__organisation"), slug=slug)
    outdated = updated_soon(is_outdated(need))
    today = timezone.localdate()
    found = place(need, solution.pk, Market.load(), Weights.objects.in_force().mix, on=today)
    context = {
        "need": need,
        "solution": solution,
        "place": found,
        "points": round(100 * found.own.score),
        "top_points": round(100 * found.top_score),
        "parts": parts_of(found),
        "advice": advice_of(found),
        "violations": violations_of(need, solution, found, on=today),
        "is_outdated": outdated,
    }
    return render(request, "marketplace/offers/place.html", context)


def _others_needs(request: HttpRequest) -> NeedQuerySet:
    return Need.objects.released().open().of_others(request.user).with_sender()
