"""What solutions are compared by: one row a fact, one cell a solution."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.models import Solution, StandardClaim

Lines = list[str]


@dataclass(frozen=True)
class Row:
    """`cells` are lines of text a solution; none stand for what its provider does not say."""

    label: str
    cells: Sequence[Lines]
    is_german: bool = False  # in the words of the providers

    @property
    def differs(self) -> bool:
        return any(sorted(cell) != sorted(self.cells[0]) for cell in self.cells)

    @property
    def texts(self) -> Lines:
        return ["\n".join(cell) or _("keine Angabe") for cell in self.cells]


def _given(text: str) -> Lines:
    return [text] if text else []


def _pilot(solution: Solution) -> Lines:
    if not solution.seeks_pilot:
        return [_("sucht keine Pilotkommune")]
    return [_("sucht eine Pilotkommune"), *_given(solution.pilot_offer)]


def _references(solution: Solution) -> Lines:
    """Name the municipalities that have confirmed, with their states."""
    confirmed = [each for each in solution.deployments.all() if each.is_confirmed]
    places = [deployment.municipality for deployment in confirmed]
    return [f"{place.name} ({place.state.name})" for place in places] or [_("keine")]


def _price(solution: Solution) -> Lines:
    model = solution.get_price_model_display() if solution.price_model else ""
    return [solution.price_label, *(_given(str(model)) if model != solution.price_label else [])]


FACTS: list[tuple[object, Callable[[Solution], Lines]]] = [
    (gettext_lazy("Anbieter"), lambda solution: [solution.provider.organisation.name]),
    (gettext_lazy("Art des Anbieters"), lambda solution: [solution.provider.get_kind_display()]),
    (gettext_lazy("Art des Angebots"), lambda solution: [solution.get_offering_type_display()]),
    (
        gettext_lazy("Phase"),
        lambda solution: [solution.get_phase_display(), solution.phase_explanation],
    ),
    (
        gettext_lazy("Themen"),
        lambda solution: [topic.name for topic in solution.topics.all()],
    ),
    (gettext_lazy("Preis"), _price),
    (gettext_lazy("Betrieb"), lambda solution: solution.hosting_labels),
    (gettext_lazy("Betreibermodell"), lambda solution: solution.operator_model_labels),
    (gettext_lazy("Lizenz"), lambda solution: [solution.get_licence_display()]),
    (
        gettext_lazy("Zahl der Referenzen"),
        lambda solution: [localize(solution.reference_count)],  # type: ignore[attr-defined]
    ),
    (gettext_lazy("Referenzen, von der Kommune bestätigt"), _references),
    (gettext_lazy("Angeboten in"), lambda solution: [solution.regions_label]),
    (gettext_lazy("Größe der Kommune"), lambda solution: [solution.population_label]),
    (gettext_lazy("Sprachen"), lambda solution: solution.language_labels),
]

WORDS: list[tuple[object, Callable[[Solution], Lines]]] = [
    (gettext_lazy("Schnittstellen"), lambda solution: _given(solution.interfaces)),
    (gettext_lazy("Datenverarbeitung"), lambda solution: _given(solution.data_processing)),
    (gettext_lazy("Pilotkommune"), _pilot),
]


def rows_of(solutions: Sequence[Solution], *, only_differences: bool = False) -> list[Row]:
    """Return the rows of solutions that were loaded by `for_page`; no query."""
    rows = list(_rows(solutions)) if solutions else []
    return [row for row in rows if row.differs] if only_differences else rows


def _rows(solutions: Sequence[Solution]) -> Iterator[Row]:
    for label, fact in FACTS:
        yield Row(str(label), [fact(solution) for solution in solutions])
    yield from _standards(solutions)
    for label, fact in WORDS:
        yield Row(str(label), [fact(solution) for solution in solutions], is_german=True)
    updated = [[date_format(solution.updated_at, "SHORT_DATE_FORMAT")] for solution in solutions]
    yield Row(_("Zuletzt geändert"), updated)


def _standards(solutions: Sequence[Solution]) -> Iterator[Row]:
    """Yield a row for each standard that any of them claims; the common ones first."""
    claims = [
        {claim.standard_id: claim for claim in solution.claims.all()} for solution in solutions
    ]
    standards = {claim.standard for column in claims for claim in column.values()}
    for standard in sorted(standards, key=lambda each: (not each.is_common, each.name.casefold())):
        label = _("Standard: %(name)s") % {"name": standard.name}
        states = [column.get(standard.pk) for column in claims]
        yield Row(label, [_state(claim) for claim in states])


def _state(claim: StandardClaim | None) -> Lines:
    if claim is None:
        return []
    level = _given(claim.version_or_level)
    if claim.valid_until is None or claim.state == "expired":
        return [claim.state_label, *level]
    until = date_format(claim.valid_until, "SHORT_DATE_FORMAT")
    return [claim.state_label, *level, _("gültig bis %(date)s") % {"date": until}]
