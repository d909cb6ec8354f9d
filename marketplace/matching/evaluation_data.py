"""Load a relevance set into the (scratch) database, as rows like any others."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from challenges.models import Need
from profiles import reference
from profiles.models import (
    Deployment,
    Municipality,
    Organisation,
    Provider,
    Solution,
    Standard,
    StandardClaim,
    State,
)


@dataclass
class Loaded:
    """The names of the set, by the keys of the rows."""

    solutions: dict[int, str] = field(default_factory=dict)
    needs: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def load(folder: Path) -> Loaded:
    reference.load()
    loaded, now = Loaded(), timezone.now()
    for row in _read(folder, "solutions"):
        loaded.solutions[_solution(row, now)] = row["id"]
    for row in _read(folder, "needs"):
        loaded.needs[_need(row, now)] = row["id"]
    return loaded


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def _solution(row: dict[str, Any], now: datetime) -> int:
    plain = ("title", "summary", "phase", "licence", "hosting", "price_from_eur")
    bounds = ("min_population", "max_population")
    solution = Solution.objects.create(
        provider=_provider(row["provider"]),
        slug=f"satz-{row['id']}",
        published_at=now,
        **{name: row[name] for name in (*plain, *bounds)},
    )
    solution.regions.set(State.objects.filter(code__in=row["regions"]))
    for standard in _standards(row["standards"]):
        StandardClaim.objects.create(solution=solution, standard=standard)
    places = {_place(reference, reference["municipality"]) for reference in row["references"]}
    for place in places:
        Deployment.objects.create(
            solution=solution, municipality=place, phase=solution.phase, confirmed_at=now
        )
    return solution.pk


def _need(row: dict[str, Any], now: datetime) -> int:
    asked = row["requirements"]
    place = _place(row["municipality"], row["municipality"]["name"])
    organisation, _ = Organisation.objects.get_or_create(
        slug=f"ort-{place.pk}",
        defaults={
            "name": place.name,
            "kind": Organisation.Kind.MUNICIPALITY,
            "municipality": place,
        },
    )
    need = Need.objects.create(
        organisation=organisation,
        title=row["title"],
        problem=row["description"],
        hosting=asked["hosting"],
        licence=asked["licence"] or "",
        max_budget_eur=asked["max_budget_eur"],
        min_phase=asked["min_phase"] or "",
        state=Need.State.OPEN,
        created_at=now,
    )
    need.standards.set(_standards(asked["standards"]))
    return need.pk


def _provider(name: str) -> Provider:
    number = Organisation.objects.count()
    organisation, _ = Organisation.objects.get_or_create(
        name=name,
        kind=Organisation.Kind.PROVIDER,
        defaults={"slug": f"anbieter-{number}"},
    )
    return Provider.objects.get_or_create(
        organisation=organisation, defaults={"kind": Provider.Kind.SME}
    )[0]


def _standards(keys: list[str]) -> list[Standard]:
    defaults = {"kind": Standard.Kind.STANDARD, "category": "other"}
    return [
        Standard.objects.get_or_create(key=key, defaults=defaults | {"name_de": key})[0]
        for key in keys
    ]


def _place(row: dict[str, Any], name: str) -> Municipality:
    """Find or make the municipality; a set has no keys, so they are numbered."""
    state = State.objects.get(code=row["state"])
    found = Municipality.objects.filter(name=name, state=state, population=row["population"])
    return found.first() or Municipality.objects.create(
        ags=f"{state.ags_prefix}{Municipality.objects.count():06}",
        name=name,
        kind=Municipality.Kind.TOWN,
        state=state,
        population=row["population"],
    )
