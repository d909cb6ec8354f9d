"""What the asking agency reads of each question: it got the answers, so nothing is left out."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from challenges.surveys.figures import Spread, priorities, ranks, shares, spread
from challenges.surveys.models import NeedsSurvey, Response, Section, Wording
from challenges.surveys.results.groups import By, Groups
from challenges.surveys.results.reading import Answers, Asked, Given, questions_of

Kind = Wording.Kind
SHADES = 5
LISTED = 50  # texts on the page; all are in the table for Excel


@dataclass(frozen=True)
class Cell:
    """The mean of a topic in a group."""

    mean: float | None
    count: int

    @property
    def shade(self) -> int:
        """0 for none, then 1 to 5 in equal steps of the scale from 1 to 5."""
        return 0 if self.mean is None else min(SHADES, int((self.mean - 1) / 4 * SHADES) + 1)


@dataclass(frozen=True)
class Line:
    """An option with its figures; `before` is the main one of the earlier survey."""

    label: str
    figure: float | None
    count: int = 0
    first_places: int = 0
    share_important: int | None = None
    cells: list[Cell] = field(default_factory=list)
    before: float | None = None


@dataclass(frozen=True)
class Text:
    municipality: str
    text: str
    visibility: str


@dataclass(frozen=True)
class Result:
    asked: Asked
    count: int
    columns: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    spreads: list[tuple[str, Spread]] = field(default_factory=list)
    spread_before: Spread | None = None
    texts: list[Text] = field(default_factory=list)
    has_before: bool = False

    @property
    def template(self) -> str:
        return TEMPLATES[Kind(self.asked.kind)]


TEMPLATES = {
    Kind.SINGLE_CHOICE: "challenges/surveys/results/_shares.html",
    Kind.MULTIPLE_CHOICE: "challenges/surveys/results/_shares.html",
    Kind.CONTACT_CONSENT: "challenges/surveys/results/_consent.html",
    Kind.PRIORITY_MATRIX: "challenges/surveys/results/_heat.html",
    Kind.RANKING: "challenges/surveys/results/_ranks.html",
    Kind.NUMBER: "challenges/surveys/results/_spread.html",
    Kind.FREE_TEXT: "challenges/surveys/results/_texts.html",
    Kind.NEED: "challenges/surveys/results/_texts.html",
}


@dataclass(frozen=True)
class Chosen:
    """The one group that the page is narrowed to, as "size:20000_49999"."""

    by: str = ""
    key: str = ""

    @classmethod
    def read(cls, text: str) -> "Chosen":
        by, _, key = text.partition(":")
        return cls(by, key) if by in By.values else cls()

    def __str__(self) -> str:
        return f"{self.by}:{self.key}" if self.by else ""


@dataclass(frozen=True)
class Overview:
    results: list[Result]
    count: int  # responses that the page is about


def overview(
    survey: NeedsSurvey,
    section: Section | None,
    *,
    chosen: Chosen | None = None,
    earlier: NeedsSurvey | None = None,
) -> Overview:
    """Return what was answered to the questions of a section, or of all; by group if chosen."""
    questions = questions_of(survey, section)
    answers = _narrowed(Answers.load(survey, questions), chosen or Chosen())
    before = _before(earlier, {row.question.key for row in questions}, chosen or Chosen())
    groups = Groups(By.SIZE)
    of = {pk: groups.key(place) for pk, place in answers.places.items()}
    names = {key: _name(found) for key, found in groups.named(of.values()).items()}
    wants_names = any(row.kind in {Kind.FREE_TEXT, Kind.NEED} for row in questions)
    places = _names_of(survey) if wants_names else {}
    results = [
        _result(row, answers.of(row), of, names, places, before.get(row.question.key))
        for row in questions
    ]
    return Overview(results, len(answers.places))


def choices(survey: NeedsSurvey) -> list[tuple[str, list[tuple[str, str]]]]:
    """The groups that one can narrow the page to, of those who have submitted."""
    places = Answers.load(survey, []).places.values()
    found = []
    for by in By:
        groups = Groups(by)
        named = groups.named({groups.key(place) for place in places})
        found.append((str(by.label), [(f"{by}:{key}", _name(row)) for key, row in named.items()]))
    return found


def _name(names: Any) -> str:
    return str(names.en if (get_language() or "").startswith("en") else names.de)


def _narrowed(answers: Answers, chosen: Chosen) -> Answers:
    if not chosen.by:
        return answers
    groups = Groups(chosen.by)
    return answers.among(
        {pk for pk, place in answers.places.items() if groups.key(place) == chosen.key}
    )


def _before(
    earlier: NeedsSurvey | None, keys: set[str], chosen: Chosen
) -> dict[str, tuple[Asked, list[Any]]]:
    """The same questions of the earlier survey, with the values given there."""
    if earlier is None:
        return {}
    questions = [row for row in questions_of(earlier) if row.question.key in keys]
    answers = _narrowed(Answers.load(earlier, questions), chosen)
    return {row.question.key: (row, [value for _, value in answers.of(row)]) for row in questions}


def _names_of(survey: NeedsSurvey) -> dict[int, str]:
    rows = Response.objects.filter(respondent__survey=survey).order_by("pk")
    return dict(rows.values_list("pk", "respondent__municipality__name"))


def _result(
    row: Asked,
    given: Any,
    of: dict[int, str],
    names: dict[str, str],
    places: dict[int, str],
    before: tuple[Asked, list[Any]] | None,
) -> Result:
    values = [value for _, value in given]
    if before and before[0].kind != row.kind:
        before = None
    earlier = before[1] if before else []
    has_before = bool(earlier)
    if row.kind in {Kind.SINGLE_CHOICE, Kind.MULTIPLE_CHOICE}:
        return Result(row, len(values), lines=_shares(row, values, earlier), has_before=has_before)
    if row.kind == Kind.PRIORITY_MATRIX:
        columns, lines = _heat(row, given, of, names, earlier)
        return Result(row, len(values), columns, lines, has_before=has_before)
    if row.kind == Kind.RANKING:
        return Result(row, len(values), lines=_ranks(row, values, earlier), has_before=has_before)
    if row.kind == Kind.NUMBER:
        return Result(
            row, len(values), spreads=_spreads(given, of, names), spread_before=spread(earlier)
        )
    if row.kind == Kind.CONTACT_CONSENT:
        return Result(row, len(values))
    return Result(row, len(values), texts=[_text(places, *entry) for entry in given[:LISTED]])


def _shares(row: Asked, values: list[Any], earlier: list[Any]) -> list[Line]:
    before = {share.option: share.share for share in shares(row.ids, earlier)} if earlier else {}
    found = zip(row.options, shares(row.ids, values), strict=True)
    return [
        Line(option.label, 100 * share.share, share.count, before=_percent(before.get(option.id)))
        for option, share in found
    ]


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def by_group(given: Any, of: dict[int, str]) -> dict[str, list[Given]]:
    found: dict[str, list[Given]] = defaultdict(list)
    for response, value in given:
        found[of[response]].append((response, value))
    return found


def _heat(
    row: Asked, given: Any, of: dict[int, str], names: dict[str, str], earlier: list[Any]
) -> tuple[list[str], list[Line]]:
    """Topics by mean, the most important first; a column for each group with answers."""
    groups = by_group(given, of)
    present = [key for key in names if key in groups]
    columns = [priorities(row.ids, [value for _, value in groups[key]]) for key in present]
    before = {found.option: found.mean for found in priorities(row.ids, earlier)}
    overall = priorities(row.ids, [value for _, value in given])
    lines = [
        Line(
            option.label,
            found.mean,
            found.count,
            share_important=None
            if found.share_important is None
            else round(100 * found.share_important),
            cells=[Cell(column[number].mean, column[number].count) for column in columns],
            before=before.get(option.id),
        )
        for number, (option, found) in enumerate(zip(row.options, overall, strict=True))
    ]
    ordered = sorted(lines, key=lambda line: -(line.figure or 0))
    return [names[key] for key in present], ordered


def _ranks(row: Asked, values: list[Any], earlier: list[Any]) -> list[Line]:
    """Points; those of the earlier survey as if as many had answered then."""
    labels = {option.id: option.label for option in row.options}
    scale = len(values) / len(earlier) if earlier else 0
    before = {
        rank.option: rank.points * scale
        for rank in (ranks(row.ids, earlier, places=row.places) if earlier else [])
    }
    return [
        Line(
            labels[rank.option],
            rank.points,
            first_places=rank.first_places,
            before=before.get(rank.option),
        )
        for rank in ranks(row.ids, values, places=row.places)
    ]


def _spreads(given: Any, of: dict[int, str], names: dict[str, str]) -> list[tuple[str, Spread]]:
    groups = by_group(given, of)
    found = [
        (name, spread([value for _, value in groups[key]]))
        for key, name in names.items()
        if key in groups
    ]
    everything = ("", spread([value for _, value in given]))
    return [(name, row) for name, row in (everything, *found) if row]


def _text(places: dict[int, str], response: int, value: Any) -> Text:
    if isinstance(value, dict):
        return Text(places[response], value.get("text", ""), value.get("visibility", ""))
    return Text(places[response], str(value), "")
