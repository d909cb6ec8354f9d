"""An assessment moves to a newer version of the catalogue: ratings follow the stable keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from criteria.assessments.models import Assessment
from criteria.assessments.ratings import Rating, Snapshot
from criteria.catalogue.criteria import Criterion
from criteria.catalogue.models import Catalogue
from profiles.models import User

TOLD = ("title_de", "summary_de", "phase", "guiding_questions_de", "evidence_de", "milestone")
"""The fields of which a change may change the rating."""


@dataclass(frozen=True)
class Differences:
    added: list[Criterion]
    changed: list[tuple[Criterion, Criterion]]
    removed: list[Criterion]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @classmethod
    def between(cls, old: Catalogue, new: Catalogue) -> "Differences":
        before, after = _by_key(old), _by_key(new)
        both = [(before[key], after[key]) for key in before.keys() & after.keys()]
        return cls(
            added=_sorted(after[key] for key in after.keys() - before.keys()),
            changed=sorted(
                (pair for pair in both if _facts(pair[0]) != _facts(pair[1])),
                key=lambda pair: pair[1].number,
            ),
            removed=_sorted(before[key] for key in before.keys() - after.keys()),
        )


def _by_key(catalogue: Catalogue) -> dict[str, Criterion]:
    criteria = Criterion.objects.of_catalogue(catalogue).select_related("catalogue")
    return {criterion.key: criterion for criterion in criteria}


def _sorted(criteria: Iterable[Criterion]) -> list[Criterion]:
    return sorted(criteria, key=lambda criterion: criterion.number)


def _facts(criterion: Criterion) -> list[object]:
    return [getattr(criterion, name) for name in TOLD]


def take_snapshot(assessment: Assessment, label: str, *, by: User, at: datetime) -> Snapshot:
    ratings = assessment.ratings.select_related("criterion")
    return Snapshot.objects.create(
        assessment=assessment,
        label=label,
        phase=assessment.phase,
        catalogue_number=assessment.catalogue.number,
        ratings={each.criterion.key: [each.value, each.criterion.phase] for each in ratings},
        taken_by=by,
        taken_at=at,
    )


@transaction.atomic
def move(assessment: Assessment, to: Catalogue, *, by: User, at: datetime) -> bool:
    """Say whether it was still to be moved. What it was stays as a snapshot.

    Ratings keep their value, note and evidence; those of changed criteria are marked for review,
    those of criteria that are gone end, and new criteria begin as unknown.
    """
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.catalogue_id != assessment.catalogue_id or locked.catalogue_id == to.pk:
        return False
    label = gettext("Stand vor der Übertragung auf Fassung %(number)s") % {"number": to.number}
    take_snapshot(assessment, label, by=by, at=at)
    changed = {new.key for _old, new in Differences.between(assessment.catalogue, to).changed}
    target = _by_key(to)
    for rating in assessment.ratings.select_related("criterion").select_for_update(of=["self"]):
        _move_rating(rating, target, changed, by=by, at=at)
    Rating.objects.bulk_create(
        Rating(assessment=assessment, criterion=criterion)
        for criterion in Criterion.objects.of_catalogue(to).exclude(ratings__assessment=assessment)
    )
    return assessment.change(seen=locked.version, catalogue=to)


def _move_rating(
    rating: Rating, target: dict[str, Criterion], changed: set[str], *, by: User, at: datetime
) -> None:
    rating._history_user, rating._history_date = by, at
    key = rating.criterion.key
    if key not in target:
        rating.delete()
        return
    rating.criterion = target[key]
    rating.is_to_review = rating.is_to_review or (
        key in changed and rating.value != Rating.Value.UNKNOWN
    )
    rating.version += 1
    rating.save()
