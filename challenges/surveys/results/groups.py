"""By what municipalities are grouped: size class, district or kind."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from profiles.models import Municipality, SizeClass

UNKNOWN = ""


class By(models.TextChoices):
    SIZE = "size", _("Größenklasse")
    DISTRICT = "district", _("Landkreis")
    KIND = "kind", _("Art der Kommune")


class Place(NamedTuple):
    """What a municipality is grouped by; fields in the order of `FIELDS`."""

    ags: str
    kind: str
    population: int | None

    @classmethod
    def fields(cls, path: str) -> list[str]:
        return [f"{path}{name}" for name in cls._fields]


class Names(NamedTuple):
    """A group in both languages: figures that are kept do not know who will read them."""

    de: str
    en: str


NOT_KNOWN = Names("ohne Angabe", "not known")


class Groups:
    """The groups of one kind, and the group of a place; at most one query, on first use."""

    def __init__(self, by: str) -> None:
        self.by = By(by)
        sizes = SizeClass.objects.order_by("-min_population") if self.by == By.SIZE else ()
        self.sizes = list(sizes)

    def key(self, place: Place) -> str:
        if self.by == By.DISTRICT:
            return place.ags[:5]
        if self.by == By.KIND:
            return place.kind
        people = place.population
        if people is None:
            return UNKNOWN
        return next((size.key for size in self.sizes if size.min_population <= people), UNKNOWN)

    def in_sql(self, path: str) -> Combinable:
        """`key`, for the municipality at that path of a query."""
        if self.by == By.DISTRICT:
            return Left(f"{path}ags", 5)
        if self.by == By.KIND:
            return F(f"{path}kind")
        sizes = [
            When(**{f"{path}population__gte": size.min_population}, then=Value(size.key))
            for size in self.sizes
        ]
        return Case(*sizes, default=Value(UNKNOWN), output_field=models.CharField())

    def named(self, keys: Iterable[str]) -> dict[str, Names]:
        """Name the groups in their own order: by size, or by name."""
        present = set(keys)
        if self.by == By.SIZE:
            names = {size.key: Names(size.name_de, size.name_en) for size in reversed(self.sizes)}
        elif self.by == By.KIND:
            names = {kind.value: _both(str(kind.label)) for kind in Municipality.Kind}
        else:
            names = self._districts(present)
        names[UNKNOWN] = NOT_KNOWN
        return {key: name for key, name in names.items() if key in present}

    def joined(self, keys: Collection[str]) -> Names:
        """Name neighbouring classes of size as one, from the least to the most inhabitants."""
        classes = [size for size in self.sizes if size.key in keys]
        found = [_span(classes)] if classes else []
        if UNKNOWN in keys:
            found.append(NOT_KNOWN)
        return Names(" + ".join(one.de for one in found), " + ".join(one.en for one in found))

    def _districts(self, keys: set[str]) -> dict[str, Names]:
        """A district by its own entry; a town that is its own district by the town's."""
        own = [f"{key}000" for key in keys]
        found = Municipality.objects.filter(Q(ags__in=keys) | Q(ags__in=own))
        names = {ags[:5]: name for ags, name in found.values_list("ags", "name")}
        return {
            key: _both(names.get(key, key))
            for key in sorted(keys, key=lambda k: (names.get(k, k), k))
        }


def _both(name: str) -> Names:
    return Names(name, name)


def _span(classes: list[SizeClass]) -> Names:
    least = min(size.min_population for size in classes)
    ends = [size.max_population for size in classes]
    most = None if None in ends else max(end for end in ends if end is not None)
    if least and most:
        span = Names(f"{least:,}–{most:,} Einwohner:innen", f"{least:,}–{most:,} inhabitants")
    elif least:
        span = Names(f"ab {least:,} Einwohner:innen", f"{least:,} inhabitants and more")
    elif most:
        span = Names(f"unter {most + 1:,} Einwohner:innen", f"under {most + 1:,} inhabitants")
    else:
        span = Names("alle Größen", "all sizes")
    return Names(span.de.replace(",", "."), span.en)
