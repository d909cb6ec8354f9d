"""What solutions can be filtered by: values, each paired with the solutions that have it.

One definition answers twice: in SQL (`SolutionQuerySet.having`) and in the bitmaps of the
snapshot (`profiles.snapshot`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet

from profiles.models.deployments import Deployment
from profiles.models.standards import StandardClaim

Rows = QuerySet[Any]
ANY_DAY = date.min  # for the kinds of terms that do not depend on the day: all but claims


@dataclass(frozen=True)
class Terms:
    """Rows that pair solutions with values.

    `solution` and `columns` name the columns of a row that hold the two; a row with several
    columns gives the solution the value of each.
    """

    rows: Callable[[date], Rows]
    columns: tuple[str, ...]
    solution: str = "solution"
    is_array: bool = False
    none_means_any: bool = False

    def condition(self, values: Iterable[Any], *, on: date = ANY_DAY) -> Q | Exists:
        """Return what a solution with any of the values meets, as SQL."""
        lookup = "overlap" if self.is_array else "in"
        any_of_them = Q()
        for column in self.columns:
            any_of_them |= Q(**{f"{column}__{lookup}": list(values)})
        if self.solution == "pk":
            return any_of_them
        rows = self.rows(on).filter(**{self.solution: OuterRef("pk")})
        found = Exists(rows.filter(any_of_them))
        return Q(~Exists(rows)) | Q(found) if self.none_means_any else found

    def pairs(self, *, on: date) -> list[Rows]:
        """Return the rows once for each column, annotated with `owner` and `term`."""
        rows = self.rows(on).order_by()
        value = {
            column: Func(F(column), function="unnest") if self.is_array else F(column)
            for column in self.columns
        }
        return [rows.annotate(owner=F(self.solution), term=value[name]) for name in self.columns]


def _solutions(_: date) -> Rows:
    return apps.get_model("profiles", "Solution")._default_manager.all()


def _links(relation: str) -> Callable[[date], Rows]:
    def rows(_: date) -> Rows:
        field = apps.get_model("profiles", "Solution")._meta.get_field(relation)
        through = field.remote_field.through  # type: ignore[union-attr]
        links: Rows = through._default_manager.all()
        return links

    return rows


def _met_phases(_: date) -> Rows:
    return apps.get_model("profiles", "MetPhase")._default_manager.all()


def _own(column: str, **options: bool) -> Terms:
    return Terms(_solutions, (column,), solution="pk", **options)


# An upper topic stands for all below it; an offer without regions is nationwide.
TERMS = {
    "topic": Terms(_links("topics"), ("topic", "topic__parent")),
    "standard": Terms(lambda on: StandardClaim.objects.valid(on=on), ("standard",)),
    "standard_with_evidence": Terms(
        lambda on: StandardClaim.objects.valid(on=on).with_evidence(), ("standard",)
    ),
    "region": Terms(_links("regions"), ("state",), none_means_any=True),
    "phase": _own("phase"),
    "criteria_met": Terms(_met_phases, ("phase",)),
    "criteria_met_and_confirmed": Terms(
        lambda on: _met_phases(on).filter(is_confirmed=True), ("phase",)
    ),
    "licence": _own("licence"),
    "hosting": _own("hosting", is_array=True),
    "offering_type": _own("offering_type"),
    "provider_kind": _own("provider__kind"),
    "provider_state": _own("provider__state"),
    "seeks_pilot": _own("seeks_pilot"),
}
REFERENCES = Terms(lambda _: Deployment.objects.confirmed(), ("municipality",))


def claim_kind(with_evidence: bool) -> str:
    return "standard_with_evidence" if with_evidence else "standard"


def met_kind(confirmed: bool) -> str:
    return "criteria_met_and_confirmed" if confirmed else "criteria_met"


def affordable(limit: Decimal, *, or_on_request: bool) -> Q:
    """Return what the price meets; an unknown price is one on request."""
    known = Q(price_from_eur__lte=limit)
    return known | Q(price_from_eur=None) if or_on_request else known


def for_population(people: int | None) -> Q:
    """Return what the bounds of an offer meet; an unknown population fits any."""
    if people is None:
        return Q()
    return Q(Q(min_population=None) | Q(min_population__lte=people)) & Q(
        Q(max_population=None) | Q(max_population__gte=people)
    )
