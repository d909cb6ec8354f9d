"""What is needed and not on offer."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef
from django.db.models.functions import Coalesce

from challenges.models import Need
from challenges.needs.queries import NeedQuerySet
from marketplace.matching.models import Match
from profiles.models import Topic


class Field(NamedTuple):
    topic: Topic
    gaps: int
    needs: int


def gaps(needs: NeedQuerySet) -> NeedQuerySet:
    """Open ones that were matched, and where nothing that meets the requirements fits well."""
    fits = Match.objects.hits().fair().published().filter(need=OuterRef("pk"))
    return needs.open().filter(~Exists(fits), matching__isnull=False)


def fields() -> Iterator[Field]:
    """Count released needs by field of topics; those with gaps, most first. 3 queries."""
    released = Need.objects.released().open()
    of_gaps, of_all = _by_field(gaps(released)), _by_field(released)
    topics = {topic.pk: topic for topic in Topic.objects.fields()}
    for pk in sorted(of_gaps, key=lambda key: (-of_gaps[key], topics[key].name)):
        yield Field(topics[pk], of_gaps[pk], of_all[pk])


def _by_field(needs: NeedQuerySet) -> dict[int, int]:
    """Count a need once in each of its fields."""
    rows = needs.order_by().annotate(field=Coalesce(F("topics__parent"), F("topics")))
    counted = rows.exclude(field=None).values_list("field")
    return dict(counted.annotate(count=Count("pk", distinct=True)))
