from urllib.parse import urlencode

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

SHOWN = 10
OF_THE_LIST = {"search", "sort", "page"}


@login_not_required
@require_safe
def found_by_meaning(request: HttpRequest) -> HttpResponse:
    """Show what comes nearest to the words searched for; the list's other filters hold."""
    filterset = filtered(request)
    text, filled = filterset.values.get("search"), without_blanks(request.GET)
    if not text:  # none, or one that the list refuses, too
        return redirect(f"{reverse('solutions')}?{filled.urlencode()}")
    others = {name: values for name, values in filled.lists() if name not in OF_THE_LIST}
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
        "kept": others,
        "others": urlencode(others, doseq=True),
        "shortlist": shortlist,
    }
    return render(request, "marketplace/meaning/found.html", context)
