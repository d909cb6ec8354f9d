"""The hits of the list as a table for the office."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.models import Solution
from profiles.tables import Cell, harmless

COLUMNS: list[tuple[object, Callable[[Solution], Cell]]] = [
    (gettext_lazy("Lösung"), lambda solution: solution.title),
    (gettext_lazy("Anbieter"), lambda solution: solution.provider.organisation.name),
    (gettext_lazy("Kurz gesagt"), lambda solution: solution.teaser),
    (gettext_lazy("Phase"), lambda solution: solution.get_phase_display()),
    (gettext_lazy("Themen"), lambda solution: _list(solution.topics.all())),
    (gettext_lazy("Standards"), lambda solution: _list(solution.claims.all())),
    (gettext_lazy("Lizenz"), lambda solution: solution.get_licence_display()),
    (gettext_lazy("Betrieb"), lambda solution: _list(solution.hosting_labels)),
    (gettext_lazy("Preis ab (Euro je Jahr, netto)"), lambda solution: solution.price_from_eur),
    (
        gettext_lazy("Angeboten in"),
        lambda solution: _list(solution.regions.all()) or _("bundesweit"),
    ),
    (gettext_lazy("ab Einwohner:innen"), lambda solution: solution.min_population),
    (gettext_lazy("bis Einwohner:innen"), lambda solution: solution.max_population),
    (gettext_lazy("Referenzen"), lambda solution: solution.reference_count),  # type: ignore[attr-defined]
    (gettext_lazy("Adresse"), lambda solution: solution.get_absolute_url()),
]


def _list(items: Iterable[object]) -> str:
    return "; ".join(str(item) for item in items)


def rows(solutions: Iterable[Solution], base: str) -> Iterator[list[Cell]]:
    """Yield the heading and a row a solution; `base` makes addresses absolute."""
    yield [str(heading) for heading, _cell in COLUMNS]
    for solution in solutions:
        cells = [harmless(cell(solution)) for _heading, cell in COLUMNS]
        yield [*cells[:-1], f"{base}{cells[-1]}"]
