"""How the places that we know become those of a newer register, and what that changes.

Comparing writes nothing, so that a dry run is the comparison alone. A place is never deleted:
organisations and references stand on it. Its key ends on the day before the register's date,
and may name the place that it was merged into.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from profiles.gv100ad import Place, Register
from profiles.models import Municipality, State

BATCH = 2000
WRITTEN = ["name", "kind", "population", "valid_until"]


class OlderRegisterError(ValueError):
    """The register is older than what we know already."""


@dataclass(frozen=True, slots=True)
class Change:
    what: str
    ags: str
    name: str
    before: object = None
    after: object = None


@dataclass
class Comparison:
    changes: list[Change] = field(default_factory=list)
    rows: list[Municipality] = field(default_factory=list)
    successors: dict[str, str] = field(default_factory=dict)
    kept_though_missing: int = 0
    wrong_successors: list[tuple[str, str]] = field(default_factory=list)


def compare(register: Register, as_of: date, merged: Mapping[str, str]) -> Comparison:
    """Say what changes when the register of that day is taken over.

    `merged` gives the successor's key by the ended one. Nothing ends while a line is wrong, since
    it may be the line of the missing place; nor in states that the file does not speak of; nor
    what began on that very day, as another file of the day has said.
    """
    known = {place.ags: place for place in Municipality.objects.select_related("successor")}
    _insist_newer(known, as_of)
    states = dict(State.objects.values_list("ags_prefix", "pk"))
    comparison = Comparison()
    for place in register.places.values():
        _compare_place(comparison, known.get(place.ags), place, as_of, states)
    _end_missing(comparison, known, register, as_of)
    _name_successors(comparison, known, register, merged)
    return comparison


@transaction.atomic
def take_over(comparison: Comparison) -> None:
    """Write what the comparison found, all or nothing."""
    Municipality.objects.bulk_create(
        comparison.rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["ags"],
        update_fields=WRITTEN,
    )
    keys = {*comparison.successors, *comparison.successors.values()}
    places = Municipality.objects.in_bulk(list(keys), field_name="ags")
    for old, new in comparison.successors.items():
        places[old].successor = places[new]
    ended = [places[old] for old in comparison.successors]
    Municipality.objects.bulk_update(ended, ["successor"], batch_size=BATCH)


def _insist_newer(known: Mapping[str, Municipality], as_of: date) -> None:
    for place in known.values():
        day_after = place.valid_until and place.valid_until + timedelta(days=1)
        latest = max(filter(None, (place.valid_from, day_after)), default=as_of)
        if latest > as_of:
            raise OlderRegisterError(
                f"The file is as of {as_of}, but {place.name} ({place.ags}) has changed on {latest}"
            )


def _compare_place(
    comparison: Comparison,
    known: Municipality | None,
    place: Place,
    as_of: date,
    states: Mapping[str, int],
) -> None:
    people = place.population
    if people is None and known:
        people = known.population  # a sum that could not be made is no news
    row = Municipality(
        ags=place.ags,
        name=place.name,
        kind=place.kind,
        state_id=states[place.ags[:2]],
        population=people,
        valid_from=known.valid_from if known else as_of,
    )
    changes = list(_differences(known, row))
    if changes:
        comparison.changes += changes
        comparison.rows.append(row)


def _differences(known: Municipality | None, row: Municipality) -> Iterator[Change]:
    if known is None:
        yield Change("new", row.ags, row.name)
        return
    if known.name != row.name:
        yield Change("renamed", row.ags, row.name, known.name, row.name)
    if known.population != row.population:
        before, after = known.population, row.population
        yield Change("population changed", row.ags, row.name, before, after)
    if known.kind != row.kind:
        yield Change("kind changed", row.ags, row.name, known.kind, str(row.kind))
    if known.valid_until:
        yield Change("valid again", row.ags, row.name, str(known.valid_until), None)


def _end_missing(
    comparison: Comparison, known: Mapping[str, Municipality], register: Register, as_of: date
) -> None:
    spoken_of = {ags[:2] for ags in register.places}
    for ags, place in known.items():
        is_ours = ags[:2] in spoken_of and place.kind != Municipality.Kind.ASSOCIATION
        if ags in register.places or place.valid_until or not is_ours:
            continue
        if register.wrong_lines or place.valid_from == as_of:
            comparison.kept_though_missing += 1
            continue
        place.valid_until = as_of - timedelta(days=1)
        comparison.rows.append(_copy(place))
        comparison.changes.append(Change("ended", ags, place.name, None, str(place.valid_until)))


def _copy(place: Municipality) -> Municipality:
    """Return it without its id, which an upsert by key must not name."""
    fields = {name: getattr(place, name) for name in ("ags", *WRITTEN, "valid_from", "state_id")}
    return Municipality(**fields)


def _name_successors(
    comparison: Comparison,
    known: Mapping[str, Municipality],
    register: Register,
    merged: Mapping[str, str],
) -> None:
    for old, new in merged.items():
        place = known.get(old)
        if reason := _objection(place, old, new, known, register):
            comparison.wrong_successors.append((old, reason))
        elif place and (before := place.successor and place.successor.ags) != new:
            comparison.successors[old] = new
            comparison.changes.append(Change("merged", old, place.name, before, new))


def _objection(
    place: Municipality | None,
    old: str,
    new: str,
    known: Mapping[str, Municipality],
    register: Register,
) -> str | None:
    if place is None:
        return f"{old} is unknown"
    if old in register.places or place.valid_until is None:
        return f"{old} is still in force"
    if new not in known and new not in register.places:
        return f"its successor {new} is unknown"
    if new == old:
        return f"{old} cannot follow itself"
    return None
