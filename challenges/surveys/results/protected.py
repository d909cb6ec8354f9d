"""The figures that everybody may see, in groups of which none is small (docs/surveys.md).

Each question has one partition, by size class, whose groups are merged until each has `LEAST`
answers. An option that too few judged in any group of it has the total alone: that is its own,
coarser partition. Texts, consents and the extremes of numbers are of single municipalities and
are left out.
"""

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean, median
from typing import Any

from challenges.surveys.figures import priorities, ranks, shares
from challenges.surveys.models import NeedsSurvey, Wording
from challenges.surveys.protection import LEAST, merged
from challenges.surveys.results.groups import By, Groups, Names
from challenges.surveys.results.overview import by_group
from challenges.surveys.results.reading import Answers, Asked, Given, questions_of

Kind = Wording.Kind
Figures = dict[str, Any]
Measured = dict[str, tuple[float, int]]  # by option: the figure, and of how many answers it is
MEASURES = {
    Kind.SINGLE_CHOICE: "percent",
    Kind.MULTIPLE_CHOICE: "percent",
    Kind.PRIORITY_MATRIX: "mean",
    Kind.RANKING: "points_each",
    Kind.NUMBER: "number",
}
OF_NUMBERS = {"median": Names("Median", "median"), "mean": Names("Mittelwert", "mean")}


def protected(survey: NeedsSurvey) -> Figures:
    """Compute them; a handful of queries, whatever the number of answers."""
    questions = [row for row in questions_of(survey) if row.kind in MEASURES]
    answers = Answers.load(survey, questions)
    groups = Groups(By.SIZE)
    of = {pk: groups.key(place) for pk, place in answers.places.items()}
    names = groups.named(of.values())
    submitted = len(answers.places)
    return {
        "least": LEAST,
        "submitted": submitted if submitted >= LEAST else None,
        "questions": [_question(row, answers.of(row), of, groups, names) for row in questions],
    }


def _question(
    row: Asked,
    given: Sequence[Given],
    of: dict[int, str],
    groups: Groups,
    order: Iterable[str],
) -> Figures:
    partition = merged(by_group(given, of), order)
    measured = [_measured(row, [value for _, value in rows]) for _, rows in partition]
    everything = [value for _, rows in partition for _, value in rows]
    total = _measured(row, everything) if partition else {}
    return {
        "key": row.question.key,
        "kind": row.kind,
        "measure": MEASURES[Kind(row.kind)],
        "text_de": row.wording.text_de,
        "text_en": row.wording.text_en,
        "unit": row.wording.limits.get("unit", ""),
        "count": len(everything) or None,
        "groups": [_named(groups.joined(keys)) | {"count": len(rows)} for keys, rows in partition],
        "rows": [
            {"option": option, "label_de": label.de, "label_en": label.en}
            | _shown(option, total, measured)
            for option, label in _labels(row).items()
        ],
    }


def _named(names: Names) -> Figures:
    return {"label_de": names.de, "label_en": names.en}


def _labels(row: Asked) -> dict[str, Names]:
    if row.kind == Kind.NUMBER:
        return OF_NUMBERS
    return {option.id: Names(option.label_de, option.label_en) for option in row.options}


def _shown(option: str, total: Measured, groups: Sequence[Measured]) -> Figures:
    """The figure of each group, or of none: a single gap could be computed from the rest."""
    cells = [_figure(option, group) for group in groups]
    if None in cells:
        cells = [None] * len(groups)
    return {"total": _figure(option, total), "cells": cells}


def _figure(option: str, measured: Measured) -> float | None:
    figure, count = measured.get(option, (0.0, 0))
    return round(figure, 2) if count >= LEAST else None


def _measured(row: Asked, values: list[Any]) -> Measured:
    return MEASURING[Kind(row.kind)](row, values)


def _chosen(row: Asked, values: list[Any]) -> Measured:
    found = shares(row.ids, values)
    return {share.option: (100 * share.share, len(values)) for share in found}


def _means(row: Asked, values: list[Any]) -> Measured:
    found = priorities(row.ids, values)
    return {one.option: (one.mean or 0.0, one.count) for one in found}


def _points(row: Asked, values: list[Any]) -> Measured:
    """Borda points for each answer, so that groups of different sizes can be compared."""
    found = ranks(row.ids, values, places=row.places)
    return {one.option: (one.points / (len(values) or 1), len(values)) for one in found}


def _numbers(row: Asked, values: list[Any]) -> Measured:
    if not values:
        return {}
    count = len(values)
    return {"median": (float(median(values)), count), "mean": (fmean(values), count)}


MEASURING: dict[Kind, Callable[[Asked, list[Any]], Measured]] = {
    Kind.SINGLE_CHOICE: _chosen,
    Kind.MULTIPLE_CHOICE: _chosen,
    Kind.PRIORITY_MATRIX: _means,
    Kind.RANKING: _points,
    Kind.NUMBER: _numbers,
}
