"""The raw export: empty cells dropped, values run together, the column of titles lost.

A row is `classification | U Untitled | U Untitled | relations, prose, good practices |||||`.
Some values hold the separator ` | ` themselves.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from criteria.catalogue.importing.columns import (
    CLASSIFYING,
    EXPORT_COLUMNS,
    GOOD_PRACTICE,
    RELATED,
    SINGLE,
    TEXTS,
)
from criteria.catalogue.importing.cutting import Cut, cut, looks_cut
from criteria.catalogue.importing.known import Known
from criteria.catalogue.importing.problems import Problem, UnreadableError
from criteria.catalogue.importing.rows import Row, RowError

BAR = " | "
FIRST_COLUMNS = "Kriterium | V&T Mechanismen |"
ANCHOR = "| U Untitled | U Untitled |"
PADDING = "||"
LONGEST_CELL = 20_000  # characters; the known export has 2 000


def read_dump(text: str, known: Known) -> list[Row]:
    lines = [line.strip() for line in text.split("\n")]
    problems = _frame_problems(lines)
    rows: list[Row] = []
    for number, line in enumerate(filter(None, lines[2:]), 1):
        try:
            rows.append(_row(number, line, known.in_export))
        except RowError as error:
            problems.append(error.problem)
    if problems:
        raise UnreadableError(problems)
    return rows


def _frame_problems(lines: list[str]) -> list[Problem]:
    names = tuple(name.strip() for name in lines[0].rstrip("| ").split(BAR))
    rule = lines[1] if len(lines) > 1 else ""
    problems = []
    if names != EXPORT_COLUMNS:
        missing = next((name for name in EXPORT_COLUMNS if name not in names), "")
        extra = next((name for name in names if name not in EXPORT_COLUMNS), "")
        text = _("Die Kopfzeile nennt nicht die 25 erwarteten Spalten in ihrer Reihenfolge.")
        problems.append(Problem(text, column=missing, leftover=extra))
    if not rule or set(rule) - set("-| "):
        text = _("Auf die Kopfzeile folgt keine Trennzeile.")
        problems.append(Problem(text, leftover=rule))
    return problems


def _row(number: int, line: str, words: Mapping[str, Mapping[str, str]]) -> Row:
    front, anchor, tail = line.partition(ANCHOR)
    if not anchor:
        text = _("Die Zeile bricht vor „Created by“ und „Last edit by“ ab.")
        raise RowError(Problem(text, number, "Created by", line[-60:]))
    if max(map(len, line.split(BAR))) > LONGEST_CELL:
        raise RowError(Problem(_("Eine Zelle ist zu lang."), number))
    row = Row(number, is_cut_off=not line.endswith(PADDING))
    row.facts = _classification(number, front.strip(), words)
    _read_tail(row, [c.strip() for c in tail.rstrip("| ").split(BAR) if c.strip()], words)
    return row


def _classification(
    number: int, front: str, words: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[str, ...]]:
    """Give each stretch of the front to the one column whose values it consists of."""
    parts = front.split(BAR) if front else []
    facts: dict[str, tuple[str, ...]] = {}
    start, last = 0, ""
    for column, name in CLASSIFYING.items():
        for end in range(len(parts), start, -1):
            found = cut(BAR.join(parts[start:end]), words[name])
            if found.is_complete:
                _refuse_twice(number, column, found)
                facts[name] = found.keys
                start, last = end, column
                break
    if start < len(parts):
        raise RowError(_leftover(number, BAR.join(parts[start:]), last, words))
    for column, name in CLASSIFYING.items():
        if name in SINGLE and len(facts.get(name, ())) != 1:
            text = _("Hier muss genau ein Wert stehen.")
            raise RowError(Problem(text, number, column, ", ".join(facts.get(name, ()))))
    return facts


def _leftover(number: int, rest: str, last: str, words: Mapping[str, Mapping[str, str]]) -> Problem:
    """Name the column that gets furthest into the rest, or else the one that is due."""
    columns = list(CLASSIFYING)
    due = columns[(columns.index(last) + 1 if last else 0) : None] or columns[-1:]
    tries = {column: cut(rest, words[CLASSIFYING[column]]) for column in due}
    best = max(tries, key=lambda column: tries[column].progress)
    found = tries[best]
    if found.is_ambiguous:
        return Problem(_("Der Wert lässt sich verschieden zerlegen."), number, best, rest)
    if not found.progress and last:  # the column before may go on with an unknown value
        text = _("Dieser Wert ist unbekannt, in dieser Spalte oder in der davor.")
        return Problem(text, number, best, rest)
    return Problem(_("Dieser Wert ist unbekannt."), number, best, found.leftover or rest)


def _refuse_twice(number: int, column: str, found: Cut) -> None:
    if len(set(found.keys)) < len(found.keys):
        text = _("Ein Wert steht zweimal in der Zelle.")
        raise RowError(Problem(text, number, column, ", ".join(found.keys)))


def _read_tail(row: Row, cells: list[str], words: Mapping[str, Mapping[str, str]]) -> None:
    """Relations come first, good practices last, prose between; each may be missing."""
    if cells and (keys := _values(row.number, RELATED, cells[0], words["titles"])):
        row.relations, cells = keys, cells[1:]
    if cells and (keys := _values(row.number, GOOD_PRACTICE, cells[-1], words["good_practices"])):
        row.facts["good_practices"], cells = keys, cells[:-1]
    if len(cells) > len(TEXTS):
        text = _("Hinter den Beziehungen stehen mehr Texte, als es Spalten gibt.")
        raise RowError(Problem(text, row.number, "Kriterien-Kurzbeschreibung", cells[-1]))
    row.texts = tuple(cells)


def _values(number: int, column: str, cell: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return the values of a cell; none where it is prose."""
    found = cut(cell, words)
    if found.is_complete:
        _refuse_twice(number, column, found)
        return found.keys
    if found.is_ambiguous:
        text = _("Der Wert lässt sich verschieden zerlegen.")
        raise RowError(Problem(text, number, column, cell))
    if looks_cut(cell, words):
        text = _("Dieser Wert ist unbekannt.")
        raise RowError(Problem(text, number, column, found.leftover))
    return ()
