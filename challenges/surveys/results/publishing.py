"""The public page of a survey: when it appears, and what it reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from challenges.surveys.models import FieldOfAction, NeedsSurvey
from challenges.surveys.protection import LEAST
from challenges.surveys.results.models import PublishedFigures
from challenges.surveys.results.overview import SHADES
from challenges.surveys.results.protected import Figures, protected
from profiles.tables import Cell, harmless

MEASURES = {
    "percent": _("Anteil in Prozent"),
    "mean": _("Mittelwert von 1 (nicht wichtig) bis 5 (sehr wichtig)"),
    "points_each": _("Punkte je Antwort (der erste Rang zählt am meisten)"),
    "number": _("Zahl"),
}


@transaction.atomic
def publish(survey: NeedsSurvey, *, at: datetime) -> None:
    """Show the page; figures that were computed once stay as they are."""
    if not PublishedFigures.objects.filter(survey=survey).exists():
        PublishedFigures.objects.create(survey=survey, figures=protected(survey), computed_at=at)
    NeedsSurvey.objects.filter(pk=survey.pk).update(results_published_at=at)


def withdraw(survey: NeedsSurvey) -> None:
    NeedsSurvey.objects.filter(pk=survey.pk).update(results_published_at=None)


def localized(row: Figures, name: str) -> str:
    return str(row[f"{name}_{language_of(row, name)}"])


def language_of(row: Figures, name: str) -> str:
    is_english = (get_language() or "").startswith("en") and row[f"{name}_en"]
    return "en" if is_english else "de"


@dataclass(frozen=True)
class Shown:
    figure: float | None
    shade: int


def tables(figures: Figures) -> Iterator[dict[str, Any]]:
    """The questions as the page shows them: a table each, the highest total first."""
    for question in figures["questions"]:
        most = _most(question)
        rows = [
            {
                "label": localized(row, "label"),
                "language": language_of(row, "label"),
                "total": row["total"],
                "cells": [Shown(cell, _shade(cell, most)) for cell in row["cells"]],
            }
            for row in question["rows"]
        ]
        if question["measure"] != "number":
            rows.sort(key=lambda row: -(row["total"] or 0))
        measure = question["unit"] or MEASURES[question["measure"]]
        yield {
            "key": question["key"],
            "text": localized(question, "text"),
            "language": language_of(question, "text"),
            "measure": measure,
            "count": question["count"],
            "groups": [
                {"label": localized(group, "label"), "count": group["count"]}
                for group in question["groups"]
            ],
            "rows": rows,
        }


def _most(question: Figures) -> float:
    """The figure with the darkest shade: the end of the scale, or the greatest."""
    ends = {"percent": 100.0, "mean": 5.0, "number": 0.0}
    found = [cell for row in question["rows"] for cell in row["cells"] if cell is not None]
    return ends.get(question["measure"], max(found, default=0.0))


def _shade(figure: float | None, most: float) -> int:
    if not figure or not most:
        return 0
    return max(1, min(SHADES, -int(-figure * SHADES // most)))


def open_data(figures: Figures) -> Iterator[list[Cell]]:
    """A line for each figure, of all and of each group."""
    yield ["question", "text", "measure", "option", "label", "group", "answers", "figure"]
    for question in figures["questions"]:
        start = [question["key"], localized(question, "text"), question["measure"]]
        for row in question["rows"]:
            about = [*start, row["option"], localized(row, "label")]
            yield _line(about, "", question["count"], row["total"])
            for group, cell in zip(question["groups"], row["cells"], strict=True):
                yield _line(about, localized(group, "label"), group["count"], cell)


def _line(about: list[str], group: str, count: int | None, figure: float | None) -> list[Cell]:
    """Say of how many answers a figure is; where there is none, not even that."""
    known = figure is not None
    cells = [harmless(cell) for cell in [*about, group]]
    return [*cells, count if known else None, str(figure) if known else ""]


def fields(survey: NeedsSurvey) -> Iterator[dict[str, Any]]:
    """Fields of action with what the respondents released, and no count below the least."""
    rows = FieldOfAction.objects.filter(survey=survey).with_municipality_count()
    for field in rows.select_related("topic").order_by("position", "pk"):
        count = field.municipality_count
        yield {
            "title": field.title,
            "description": field.description,
            "topic": field.topic.name if field.topic else "",
            "municipalities": count if count >= LEAST else None,
            "needs": list(field.needs.released().with_sender().newest_first()),
        }
