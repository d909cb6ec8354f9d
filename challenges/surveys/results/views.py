"""The results of a survey, for the agency that asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from challenges.surveys.models import FieldOfAction, NeedsSurvey
from challenges.surveys.results import exports, publishing, rate
from challenges.surveys.results.groups import By
from challenges.surveys.results.keeping import kept
from challenges.surveys.results.overview import Chosen, choices, overview
from profiles import tables


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    survey = _survey(request, slug)
    sections = list(survey.sections.all())
    wanted = request.GET.get("section", "")
    first = sections[0] if sections else None
    section = next((row for row in sections if str(row.pk) == wanted), first)
    chosen = Chosen.read(request.GET.get("group", ""))
    earlier = NeedsSurvey.objects.visible_to(request.user).filter(copies=survey).first()
    by, about = _by(request), f"{section and section.pk}:{chosen}"
    context = {
        "survey": survey,
        "sections": sections,
        "section": section,
        "chosen": str(chosen),
        "choices": kept("choices", lambda: choices(survey), survey),
        "earlier": earlier,
        "overview": kept(
            f"overview:{about}",
            lambda: overview(survey, section, chosen=chosen, earlier=earlier),
            survey,
            earlier,
        ),
        "by": by,
        "kinds": By,
        "rates": rate.rates(survey, by),
        "fields": FieldOfAction.objects.filter(survey=survey)
        .with_municipality_count()
        .select_related("topic")
        .order_by("position", "pk"),
        "may_edit": NeedsSurvey.objects.editable_by(request.user).filter(pk=survey.pk).exists(),
        "is_closed": NeedsSurvey.objects.closed(at=timezone.now()).filter(pk=survey.pk).exists(),
    }
    return render(request, "challenges/surveys/results/results.html", context)


def _by(request: HttpRequest) -> str:
    by = request.GET.get("by", "")
    return by if by in By.values else By.DISTRICT


def _survey(request: HttpRequest, slug: str) -> NeedsSurvey:
    visible = NeedsSurvey.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(visible, slug=slug)


@require_safe
def results_rate_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    lines = tables.as_csv(rate.table(_survey(request, slug), _by(request)))
    headers = {"Content-Disposition": 'attachment; filename="ruecklauf.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def results_rate_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    table = rate.table(_survey(request, slug), _by(request))
    book = tables.as_xlsx(table, _("Rücklauf"), columns=6)
    return tables.download(book, "ruecklauf.xlsx")


@require_safe
def results_answers_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    return tables.download(exports.xlsx(_survey(request, slug)), "antworten.xlsx")


@require_safe
def results_report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    paper = exports.pdf(_survey(request, slug), at=timezone.now())
    return tables.download(paper, "bericht.pdf")


@require_POST
def results_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Only what is closed: figures of two moments, subtracted, would tell who came between."""
    now = timezone.now()
    own = NeedsSurvey.objects.editable_by(request.user).closed(at=now)
    survey = get_object_or_404(own.filter(results_published_at=None), slug=slug)
    publishing.publish(survey, at=now)
    messages.success(request, _("Die Ergebnisse sind veröffentlicht."))
    return redirect("surveys:results", slug)


@require_POST
def results_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    own = NeedsSurvey.objects.editable_by(request.user).published()
    publishing.withdraw(get_object_or_404(own, slug=slug))
    messages.success(request, _("Die öffentliche Seite ist zurückgezogen."))
    return redirect("surveys:results", slug)
