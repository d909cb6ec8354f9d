from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from criteria.catalogue.facets import Facets
from criteria.catalogue.filters import CriterionFilter
from criteria.catalogue.models import Catalogue
from criteria.catalogue.network import Network
from criteria.catalogue.terms import Kind, Term
from criteria.models import Criterion


def _catalogue(request: HttpRequest, number: int | None) -> Catalogue | None:
    """The published version, or the one that the address names."""
    if number is None:
        return Catalogue.objects.current().first()
    return get_object_or_404(Catalogue.objects.visible_to(request.user), number=number)


@login_not_required
@require_safe
def criteria_list(request: HttpRequest, number: int | None = None) -> HttpResponse:
    catalogue = _catalogue(request, number)
    criteria = Criterion.objects.filter(catalogue=catalogue)
    facets = Facets(CriterionFilter(request.GET, queryset=criteria))
    context = {"catalogue": catalogue, "facets": facets, "form": facets.filterset.form}
    return render(request, "criteria/list.html", context)


@login_not_required
@require_safe
def criterion(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    catalogue = _catalogue(request, number)
    criteria = Criterion.objects.with_terms().with_relations()
    chosen = get_object_or_404(criteria, catalogue=catalogue, key=key)
    return render(request, "criteria/criterion.html", {"criterion": chosen})


@login_not_required
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    criteria = Criterion.objects.current().with_relations().select_related("catalogue").in_order()
    context = {"network": Network(criteria, chosen=request.GET.get("criterion", ""))}
    return render(request, "criteria/network.html", context)


@login_not_required
@require_safe
def term_list(request: HttpRequest, kind: Kind) -> HttpResponse:
    named = Term.objects.of_kind(kind).with_number_of_criteria().in_order()
    return render(request, "criteria/terms.html", {"terms": named, "kind": kind})


@login_not_required
@require_safe
def term(request: HttpRequest, kind: Kind, key: str) -> HttpResponse:
    chosen = get_object_or_404(Term, kind=kind, key=key)
    criteria = chosen.criteria.current().select_related("catalogue").in_order()
    return render(request, "criteria/term.html", {"term": chosen, "criteria": criteria})
