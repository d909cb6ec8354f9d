"""For the asking agency: all answers with a codebook (Excel), and a report (PDF)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from challenges.surveys.models import Answer, FieldOfAction, NeedsSurvey, Response, Wording
from challenges.surveys.results.groups import By
from challenges.surveys.results.overview import Kind, Result, overview
from challenges.surveys.results.rate import rates
from challenges.surveys.results.reading import Asked, questions_of
from profiles import documents
from profiles.tables import Cell, as_xlsx, harmless


def xlsx(survey: NeedsSurvey) -> bytes:
    questions = questions_of(survey)
    heads = [column for row in questions for column in _heads(row)]
    table = _answers(survey, questions, heads)
    about = list(_codebook(questions))
    return as_xlsx(table, _("Antworten"), columns=len(heads) + 5, about=about)


def _heads(row: Asked) -> list[str]:
    key = row.question.key
    if row.kind in {Kind.MULTIPLE_CHOICE, Kind.PRIORITY_MATRIX}:
        return [f"{key}.{option.id}" for option in row.options]
    if row.kind == Kind.RANKING:
        return [f"{key}.{rank}" for rank in range(1, row.places + 1)]
    if row.kind == Kind.NEED:
        return [key, f"{key}.visibility", f"{key}.is_named"]
    return [key]


def _cells(kind: str, key: str, value: Any) -> dict[str, Cell]:
    """The columns that a value fills, as in `_heads`."""
    if kind == Kind.MULTIPLE_CHOICE:
        return {f"{key}.{option}": 1 for option in value}
    if kind == Kind.PRIORITY_MATRIX:
        return {f"{key}.{option}": priority for option, priority in value.items()}
    if kind == Kind.RANKING:
        return {f"{key}.{rank}": option for rank, option in enumerate(value, 1)}
    if kind == Kind.NEED:
        return {
            key: value.get("text", ""),
            f"{key}.visibility": value.get("visibility", ""),
            f"{key}.is_named": int(bool(value.get("is_named"))),
        }
    return {key: int(value) if isinstance(value, bool) else value}


def _answers(survey: NeedsSurvey, questions: list[Asked], heads: list[str]) -> Iterator[list[Cell]]:
    """Yield a row for each response, reading the answers as they come."""
    first = [_("Kommune"), "AGS", _("Einwohner:innen"), _("abgeschickt"), _("Amt oder Stelle")]
    yield [*first, *heads]
    keys = {row.question.pk: (row.kind, row.question.key) for row in questions}
    responses = Response.objects.submitted().filter(respondent__survey=survey)
    given = Answer.objects.counting().filter(response__in=responses.order_by().values("pk"))
    rows = given.order_by("response").values_list("response", "question", "value")
    answers = rows.iterator(chunk_size=5000)
    waiting = next(answers, None)
    for pk, name, ags, population, submitted_at, department in responses.order_by("pk").values_list(
        "pk",
        "respondent__municipality__name",
        "respondent__municipality__ags",
        "respondent__municipality__population",
        "submitted_at",
        "department",
    ):
        cells: dict[str, Cell] = {}
        while waiting and waiting[0] == pk:
            _response, question, value = waiting
            if question in keys:
                cells |= _cells(*keys[question], value)
            waiting = next(answers, None)
        sent = date_format(localtime(submitted_at), "SHORT_DATETIME_FORMAT")
        start = [name, ags, population, sent, department]
        yield [harmless(cell) for cell in [*start, *(cells.get(head) for head in heads)]]


def _codebook(questions: list[Asked]) -> Iterator[list[Cell]]:
    yield [_("Spalte"), _("Frage"), _("Art"), _("Wert"), _("Bedeutung")]
    for row in questions:
        key, wording = row.question.key, row.wording
        about = [key, wording.text, wording.get_kind_display()]
        if not row.options:
            yield [harmless(cell) for cell in [*about, wording.limits.get("unit", ""), ""]]
        for option in row.options:
            yield [harmless(cell) for cell in [*about, option.id, option.label]]


def pdf(survey: NeedsSurvey, *, at: datetime) -> bytes:
    found = overview(survey, None)
    blocks = [
        documents.Paragraph(_("Stand: %(date)s") % {"date": date_format(localtime(at))}),
        documents.Paragraph(
            _(
                "Dieser Bericht ist für die fragende Stelle. Er zeigt auch kleine Gruppen und ist "
                "nicht zur Veröffentlichung bestimmt."
            )
        ),
        documents.Heading(_("Rücklauf")),
        _rates(survey),
        documents.Heading(_("Handlungsfelder")),
        *_fields(survey),
        documents.Heading(_("Antworten auf die Fragen")),
        *(block for result in found.results for block in _result(result)),
    ]
    return documents.render(survey.title, blocks, get_language() or "de")


def _rates(survey: NeedsSurvey) -> documents.Table:
    head = [str(By.SIZE.label), _("eingeladen"), _("abgeschickt"), _("offen"), "%"]
    rows = [
        [row.label, str(row.invited), str(row.submitted), str(row.remaining), str(row.percent)]
        for row in rates(survey, By.SIZE)
    ]
    return documents.Table(head, rows)


def _fields(survey: NeedsSurvey) -> Iterator[documents.Block]:
    fields = FieldOfAction.objects.filter(survey=survey).with_municipality_count()
    rows = [
        [field.title, field.topic.name if field.topic else "–", str(field.municipality_count)]
        for field in fields.select_related("topic").order_by("position", "pk")
    ]
    if rows:
        yield documents.Table([_("Handlungsfeld"), _("Thema"), _("Kommunen")], rows)
    else:
        yield documents.Paragraph(_("Noch ist kein Handlungsfeld gebildet."))


def _result(result: Result) -> Iterator[documents.Block]:
    yield documents.Heading(result.asked.wording.text, level=2)
    told = ngettext("%(count)s Antwort", "%(count)s Antworten", result.count)
    yield documents.Paragraph(told % {"count": result.count})
    if result.columns and result.lines:
        rows = [
            [line.label, _number(line.figure), *(_number(cell.mean) for cell in line.cells)]
            for line in result.lines
        ]
        yield documents.Table([_("Thema"), _("alle"), *result.columns], rows)
    elif result.asked.kind == Wording.Kind.RANKING and result.lines:
        points = [
            [line.label, _number(line.figure), str(line.first_places)] for line in result.lines
        ]
        yield documents.Table([_("Auswahl"), _("Punkte"), _("erste Ränge")], points)
    elif result.lines:
        chosen = [[line.label, str(line.count), _number(line.figure)] for line in result.lines]
        yield documents.Table([_("Auswahl"), _("Antworten"), "%"], chosen)
    if result.spreads:
        yield _spreads(result)
    if result.texts:
        yield documents.Items([f"{text.municipality}: {text.text}" for text in result.texts])


def _spreads(result: Result) -> documents.Table:
    head = [_("Gruppe"), _("Antworten"), _("kleinster"), _("Median"), _("Mittelwert"), _("größter")]
    rows = [
        [name or _("alle"), str(row.count)]
        + [_number(figure) for figure in (row.least, row.median, row.mean, row.most)]
        for name, row in result.spreads
    ]
    return documents.Table(head, rows)


def _number(figure: float | None) -> str:
    if figure is None:
        return "–"
    text = f"{figure:.1f}".removesuffix(".0")
    return text.replace(".", ",") if (get_language() or "de").startswith("de") else text
