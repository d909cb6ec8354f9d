from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marketplace.comparison import exports
from marketplace.comparison.choice import Choice
from profiles import tables


@login_not_required
@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    return render(request, "marketplace/comparison/page.html", {"choice": Choice(request.GET)})


@login_not_required
@require_safe
def comparison_xlsx(request: HttpRequest) -> HttpResponse:
    choice = Choice(request.GET)
    address = request.build_absolute_uri(choice.address())
    book = exports.xlsx(choice, address=address, at=timezone.localtime())
    return tables.download(book, "vergleich.xlsx")


@login_not_required
@require_safe
def comparison_pdf(request: HttpRequest) -> HttpResponse:
    choice = Choice(request.GET)
    address = request.build_absolute_uri(choice.address())
    paper = exports.pdf(choice, address=address, at=timezone.localtime())
    return tables.download(paper, "vergleich.pdf")
