"""Answering: by a personal link without an account, or through the account of the municipality."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.surveys import answers, on_the_way
from challenges.surveys.copies import copy_of
from challenges.surveys.models import (
    Answer,
    NeedsSurvey,
    Question,
    Respondent,
    Response,
    Section,
)
from challenges.surveys.models.responses import is_empty
from challenges.surveys.submitting import submit
from profiles.models import User

BY_ACCOUNT = "konto-"
GONE = 410


class LinkGoneError(Exception):
    """The link is not or no longer one."""


def respondent_of(request: HttpRequest, key: str, *, at: datetime) -> Respondent:
    """Whose form it is: the key is a signed link, or names a respondent of one's own place."""
    rows = Respondent.objects.select_related("survey__organisation", "municipality__state")
    if key.startswith(BY_ACCOUNT):
        own = rows.of_member(request.user).filter(survey__opened_at__isnull=False, revoked_at=None)
        return get_object_or_404(own, pk=answers.number(key.removeprefix(BY_ACCOUNT)))
    found = rows.with_token(key, at=at).first()
    if found is None:
        raise LinkGoneError
    return found


def page(view: Any) -> Any:
    """Let a view have the respondent; who comes by a dead link reads what to do."""

    @login_not_required
    @never_cache
    def with_respondent(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
        at = timezone.now()
        try:
            respondent = respondent_of(request, key, at=at)
        except LinkGoneError:
            return render(request, "surveys/link_gone.html", status=GONE)
        found: HttpResponse = view(request, respondent, key, at=at, **kwargs)
        found["X-Robots-Tag"] = "noindex"
        return found

    return with_respondent


def frame(respondent: Respondent, key: str, *, at: datetime) -> dict[str, Any]:
    """What all pages of the form show."""
    survey = respondent.survey
    response = Response.objects.filter(respondent=respondent).first()
    questions = survey.questions.asked().with_wording().in_order()
    given = answers.given_answers(response)
    asked = questions.put_to({name: answers.answer_value(given, name) for name in given})
    sections = [row for row in survey.sections.all() if answers.asked_in(row, asked)]
    return {
        "survey": survey,
        "respondent": respondent,
        "response": response,
        "key": key,
        "is_open": survey.takes_answers(at=at),
        "asked": asked,
        "given": given,
        "sections": sections,
    }


@page
@require_safe
def answer(request: HttpRequest, respondent: Respondent, key: str, *, at: datetime) -> HttpResponse:
    context = frame(respondent, key, at=at)
    if context["response"] and context["response"].submitted_at:
        return redirect("surveys:answer_review", key)
    return render(request, "surveys/answer.html", context)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_section(
    request: HttpRequest, respondent: Respondent, key: str, *, at: datetime, number: int
) -> HttpResponse:
    """A page of questions; each "Weiter" keeps what is sound."""
    context = frame(respondent, key, at=at)
    if not 1 <= number <= len(context["sections"]):
        raise Http404
    response: Response | None = context["response"]
    if not context["is_open"] or (response and response.submitted_at):
        return _too_late(request, key)
    section: Section = context["sections"][number - 1]
    outcome = answers.Outcome()
    if request.method == "POST":
        response = begun(respondent, at=at)
        outcome = answers.save(response, section, request.POST, at=at)
        if outcome.is_too_late:
            return _too_late(request, key)
        if outcome.is_done:
            return redirect(*_onward(request, key, section, respondent, at=at))
        context |= frame(respondent, key, at=at)
    return section_page(request, context, section, outcome, at=at)


def _too_late(request: HttpRequest, key: str) -> HttpResponse:
    messages.info(request, _("Die Antworten lassen sich gerade nicht ändern."))
    return redirect("surveys:answer_review", key)


def begun(respondent: Respondent, *, at: datetime) -> Response:
    defaults = {"started_at": at}
    return Response.objects.get_or_create(respondent=respondent, defaults=defaults)[0]


def section_page(
    request: HttpRequest,
    context: dict[str, Any],
    section: Section,
    outcome: answers.Outcome,
    *,
    at: datetime,
) -> HttpResponse:
    form = answers.SectionForm(answers.asked_in(section, context["asked"]), context["given"])
    position = context["sections"].index(section) + 1 if section in context["sections"] else 1
    context |= {
        "section": section,
        "number": position,
        "questions": form.shown(outcome, request.POST),
        "outcome": outcome,
        "page_name": on_the_way.name_of_page(request.POST),
        "at": at,
    }
    return render(request, "surveys/answer_section.html", context, status=_status(outcome))


def _status(outcome: answers.Outcome) -> int:
    return 409 if outcome.conflicts else 200


def _onward(
    request: HttpRequest, key: str, section: Section, respondent: Respondent, *, at: datetime
) -> tuple[Any, ...]:
    """The next page; which ones there are may have changed by what was just answered."""
    sections = frame(respondent, key, at=at)["sections"]
    positions = {row.pk: place for place, row in enumerate(sections, start=1)}
    following = positions.get(section.pk, 0) + 1
    if request.POST.get("go") == "later":
        messages.success(
            request, _("Gespeichert. Mit demselben Link geht es weiter, auch auf anderen Geräten.")
        )
        return ("surveys:answer", key)
    if request.POST.get("go") == "review" or following > len(sections):
        return ("surveys:answer_review", key)
    return ("surveys:answer_section", key, following)


@page
@require_safe
def answer_review(
    request: HttpRequest, respondent: Respondent, key: str, *, at: datetime
) -> HttpResponse:
    """All answers, what is missing, and handing in."""
    context = frame(respondent, key, at=at)
    context["rows"] = review_rows(context)
    context["missing"] = [row for _, rows in context["rows"] for row in rows if row["is_missing"]]
    return render(request, "surveys/answer_review.html", context)


def review_rows(context: dict[str, Any]) -> list[tuple[Section, list[dict[str, Any]]]]:
    return [
        (
            section,
            [
                _review_row(question, context["given"], number)
                for question in answers.asked_in(section, context["asked"])
            ],
        )
        for number, section in enumerate(context["sections"], start=1)
    ]


def _review_row(question: Question, given: dict[str, Answer], number: int) -> dict[str, Any]:
    assert question.wording  # noqa: S101  (asked ones have one)
    value = answers.answer_value(given, question.key)
    return {
        "question": question,
        "words": answers.words_of(question.wording, value),
        "is_missing": question.wording.is_required and is_empty(value),
        "number": number,
    }


@page
@require_POST
def answer_submit(
    request: HttpRequest, respondent: Respondent, key: str, *, at: datetime
) -> HttpResponse:
    response = get_object_or_404(Response, respondent=respondent)
    by = request.user if isinstance(request.user, User) else None
    department = request.POST.get("department", "").replace("\0", "")[:160].strip()
    try:
        is_done = submit(response, department=department, by=by, at=at)
    except ValidationError as missing:
        messages.error(request, missing.messages[0])
    else:
        if is_done:
            messages.success(request, _("Vielen Dank! Ihre Antworten sind abgeschickt."))
    return redirect("surveys:answer_review", key)


@page
@require_POST
def answer_reopen(
    request: HttpRequest, respondent: Respondent, key: str, *, at: datetime
) -> HttpResponse:
    get_object_or_404(NeedsSurvey.objects.open(at=at), pk=respondent.survey_id)
    response = get_object_or_404(Response.objects.submitted(), respondent=respondent)
    response.reopen()
    messages.info(
        request, _("Sie können die Antworten ändern. Bitte schicken Sie sie danach wieder ab.")
    )
    return redirect("surveys:answer_section", key, 1)


@page
@require_safe
def answer_copy(
    request: HttpRequest, respondent: Respondent, key: str, *, at: datetime
) -> HttpResponse:
    """The own answers as a PDF."""
    context = frame(respondent, key, at=at)
    paper = copy_of(respondent, review_rows(context), context["response"])
    name = f'attachment; filename="antworten-{respondent.survey.slug}.pdf"'
    headers = {"Content-Disposition": name}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)
