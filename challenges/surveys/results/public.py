"""What everybody sees of a survey, once the agency publishes it: page, CSV and JSON agree."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from challenges.surveys.models import NeedsSurvey
from challenges.surveys.results import publishing
from profiles.tables import as_csv


@login_not_required
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """All published results and, for people of an agency, the surveys of their own."""
    published = NeedsSurvey.objects.published().select_related("organisation")
    own = NeedsSurvey.objects.none()
    if request.user.is_authenticated:
        own = NeedsSurvey.objects.visible_to(request.user).filter(opened_at__isnull=False)
    context = {"surveys": published.newest_first(), "own": own.newest_first()}
    return render(request, "challenges/surveys/results/public_list.html", context)


@login_not_required
@require_safe
def public_results(request: HttpRequest, slug: str) -> HttpResponse:
    survey = _survey(slug)
    figures = survey.published_figures.figures
    context = {
        "survey": survey,
        "figures": figures,
        "tables": list(publishing.tables(figures)),
        "fields": list(publishing.fields(survey)),
    }
    return render(request, "challenges/surveys/results/public.html", context)


@login_not_required
@require_safe
def public_results_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    lines = as_csv(publishing.open_data(_survey(slug).published_figures.figures))
    headers = {"Content-Disposition": 'attachment; filename="ergebnisse.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def public_results_json(request: HttpRequest, slug: str) -> JsonResponse:
    survey = _survey(slug)
    about = {"title_de": survey.title_de, "title_en": survey.title_en}
    return JsonResponse(about | survey.published_figures.figures)


def _survey(slug: str) -> NeedsSurvey:
    rows = NeedsSurvey.objects.published().select_related("organisation", "published_figures")
    return get_object_or_404(rows.filter(published_figures__isnull=False), slug=slug)
