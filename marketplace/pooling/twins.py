"""Who else needs the same: by the meaning of the text, and by topics where that is not sure."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from pgvector.django import CosineDistance

from challenges.models import Need
from challenges.needs.queries import NeedQuerySet
from marketplace.matching.models import NeedVector
from profiles.models import Organisation, State

# Similarities of the model's vectors. Measured: five pairs saying the same in other words lie at
# 0.905 to 0.934, of 60 different needs no two above 0.895 and one pair in a hundred above 0.883.
SAME = 0.9
SAME_WITH_TOPIC = 0.885


@dataclass(frozen=True)
class Demand:
    """How many municipalities need the same, around it and elsewhere; no names."""

    state: State | None
    near: int
    far: int


def demand_for(need: Need) -> Demand | None:
    """Return nothing for a need that not everybody may see, or that nobody shares."""
    twins = twins_of(need).order_by()
    seat = need.organisation.seat
    around = [seat] if seat else []
    everywhere = set(twins.values_list("organisation", flat=True))
    near = set(twins.seated_in(around).values_list("organisation", flat=True))
    found = Demand(seat, len(near), len(everywhere - near))
    return found if everywhere else None


def twins_of(need: Need) -> NeedQuerySet:
    """The released open needs of other municipalities that are about the same."""
    everybody = Need.objects.released().open()
    own = NeedVector.objects.filter(need=need, need__in=everybody.order_by().values("pk"))
    vector = own.order_by("-pk").first()
    if vector is None:
        return everybody.none()
    distance = CosineDistance("vector", vector.vector)
    near = NeedVector.objects.filter(model=vector.model).annotate(distance=distance)
    topics = Need.topics.through.objects
    shared = topics.filter(
        need=OuterRef("need"), topic__in=topics.filter(need=need).values("topic")
    )
    close = near.filter(
        Q(distance__lte=1 - SAME) | Q(Exists(shared), distance__lte=1 - SAME_WITH_TOPIC)
    )
    others = everybody.exclude(organisation=need.organisation)
    return others.filter(pk__in=close.values("need"), organisation__kind__in=Organisation.PLACES)
