from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from marketplace.matching.embeddings import UnavailableError
from marketplace.meaning.finding import nearest_to
from marketplace.shortlists.organisations import Shortlist
from marketplace.solutions.cards import cards_of, listed
from marketplace.solutions.chips import chips_of, without_blanks
from marketplace.solutions.views import filtered
from profiles.paging import query_of

SHOWN = 10
OF_THE_LIST = {"search", "sort", "page"}


@login_not_required
@require_safe
def found_by_meaning(request: HttpRequest) -> HttpResponse:
    """Show what comes nearest to the words searched for; the list's other filters hold."""
    filterset = filtered(request)
    text = filterset.values.get("search")
    if not text:  # none, or one that the list refuses, too
        return redirect(f"{reverse('solutions')}?{without_blanks(request.GET).urlencode()}")
    others = query_of(filterset.data, lambda name, _: name not in OF_THE_LIST)
    try:
        keys, is_available = nearest_to(text, filterset, count=SHOWN), True
    except UnavailableError:
        keys, is_available = [], False
    shortlist = Shortlist(request)
    context = {
        "filterset": filterset,
        "text": text,
        "cards": listed(cards_of(keys), shortlist),
        "count": len(keys),
        "is_available": is_available,
        "chips": [chip for chip in chips_of(filterset) if chip.name != "search"],
        "kept": [pair for pair in _pairs(request) if pair[0] not in OF_THE_LIST],
        "others": others,
        "shortlist": shortlist,
    }
    return render(request, "marketplace/meaning/found.html", context)


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values if value]
