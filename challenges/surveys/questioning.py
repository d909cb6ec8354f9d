"""Sections and questions: adding, wording, order, taking out."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from challenges.surveys import building
from challenges.surveys.editing import form_page, own_survey
from challenges.surveys.forms import LibraryForm, SectionForm
from challenges.surveys.models import NeedsSurvey, Question, Section, Wording
from challenges.surveys.question_form import QuestionForm, state_of


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """The editor; sending it adds questions of the library."""
    survey = own_survey(request, slug)
    form = LibraryForm(request.POST or None)
    if form.is_valid():
        count = building.add_from_library(survey, form.cleaned_data["library"])
        messages.success(request, _("Neu in der Abfrage: %(count)s.") % {"count": count})
        return redirect("surveys:questions", slug)
    rows = list(survey.questions.asked().with_wording().in_order())
    sections = [
        (section, [row for row in rows if row.section_id == section.pk])
        for section in survey.sections.all()
    ]
    context = {"survey": survey, "sections": sections, "form": form}
    return render(request, "surveys/questions.html", context)


@require_POST
@transaction.atomic
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """One place up or down; `what` is like "question:12:up"."""
    survey = own_survey(request, slug)
    NeedsSurvey.objects.select_for_update().get(pk=survey.pk)  # moves take turns
    kind, _colon, rest = request.POST.get("what", "").partition(":")
    number, _colon, direction = rest.partition(":")
    pk = int(number) if number.isdecimal() else 0
    rows: list[Any]
    if kind == "section":
        rows = list(survey.sections.all())
    else:
        asked = survey.questions.asked()
        chosen = get_object_or_404(asked, pk=pk)
        rows = list(asked.filter(section=chosen.section_id).in_order())
    _swap(rows, pk, -1 if direction == "up" else 1)
    return redirect(f"{request.path.removesuffix('reihenfolge/')}#{kind}-{pk}")


def _swap(rows: list[Any], pk: int, by: int) -> None:
    here = next((place for place, row in enumerate(rows) if row.pk == pk), None)
    if here is not None and 0 <= here + by < len(rows):
        rows[here], rows[here + by] = rows[here + by], rows[here]
    for place, row in enumerate(rows, start=1):
        if row.position != place:
            row.position = place
            row.save(update_fields=["position"])


@require_http_methods(["GET", "HEAD", "POST"])
def section_new(request: HttpRequest, slug: str) -> HttpResponse:
    survey = own_survey(request, slug)
    place = survey.sections.count() + 1
    return _section_page(request, survey, Section(survey=survey, position=place))


@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    survey = own_survey(request, slug)
    return _section_page(request, survey, get_object_or_404(survey.sections, pk=pk))


def _section_page(request: HttpRequest, survey: NeedsSurvey, section: Section) -> HttpResponse:
    form = SectionForm(request.POST or None, instance=section)
    if form.is_valid():
        form.save()
        return redirect("surveys:questions", survey.slug)
    return form_page(request, survey, _("Abschnitt"), form)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def question_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    survey = own_survey(request, slug)
    section = get_object_or_404(survey.sections, pk=pk)
    form = QuestionForm(request.POST or None, survey=survey, question=None)
    if form.is_valid():
        building.add_question(section, **form.content())
        return redirect("surveys:questions", slug)
    return form_page(request, survey, _("Neue Frage"), form, section.title)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def question_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Word it anew; answers that are there keep the wording that they answered."""
    survey = own_survey(request, slug)
    rows = survey.questions.asked().select_for_update(of=("self",))
    question = get_object_or_404(rows, pk=pk)
    stored = Wording.objects.get(in_force_for=question)
    seen = state_of(stored)
    form = QuestionForm(request.POST or None, instance=stored, survey=survey, question=question)
    if form.is_valid():
        if form.cleaned_data["seen"] == seen:
            before = question.wording_id
            question.reword(**form.content())
            messages.success(request, _saved(is_new=question.wording_id != before))
            return redirect("surveys:questions", slug)
        form.data = request.POST.copy()
        form.data["seen"] = seen
        now = Wording.objects.get(pk=stored.pk)
        text = _(
            "Jemand hat die Frage inzwischen geändert in: „%(text)s“. Nichts ist überschrieben."
        )
        form.add_error(None, text % {"text": now.text_de})
    lead = ""
    if question.answers.exists():
        lead = _("Zu dieser Frage gibt es Antworten. Eine Änderung wird eine neue Fassung.")
    return form_page(request, survey, _("Frage ändern"), form, lead)


def _saved(*, is_new: bool) -> str:
    if is_new:
        return _("Gespeichert als neue Fassung: Antworten behalten die, auf die sie antworten.")
    return _("Die Frage ist gespeichert.")


@require_POST
@transaction.atomic
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it out of the form; what was answered stays with its question."""
    survey = own_survey(request, slug)
    question: Question = get_object_or_404(survey.questions.asked(), pk=pk)
    dependants = [
        row
        for row in survey.questions.asked().with_wording()
        if row.wording and row.wording.condition.get("question") == question.key
    ]
    if dependants:
        text = _("Zuerst ändern: Die Frage „%(text)s“ hängt von dieser ab.")
        messages.error(request, text % {"text": dependants[0]})
        return redirect("surveys:questions", slug)
    if question.answers.exists():
        question.removed_at = timezone.now()
        question.save(update_fields=["removed_at"])
    else:
        Question.objects.filter(pk=question.pk).update(wording=None)  # it protects its question
        question.delete()
    messages.success(request, _("Die Frage ist herausgenommen."))
    return redirect("surveys:questions", slug)
