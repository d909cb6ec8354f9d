from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from challenges.opendata.figures import figures
from challenges.surveys.protection import LEAST


@login_not_required
@require_safe
def challenge_figures(request: HttpRequest) -> HttpResponse:
    return render(request, "opendata/figures.html", {"figures": figures(), "least": LEAST})
