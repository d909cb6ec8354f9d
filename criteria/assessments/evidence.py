"""A rating and the file that backs it, saved together or not at all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from criteria.assessments.ratings import Rating
from criteria.assessments.standing import settle
from profiles.files.inspection import Accepted
from profiles.files.storing import kept
from profiles.models import StoredFile, User


class OvertakenError(Exception):
    """Somebody else was faster, so the file is not kept either."""


def rate(
    rating: Rating,
    fields: Mapping[str, Any],
    accepted: Accepted | None,
    *,
    seen: int,
    by: User,
    at: datetime,
) -> bool:
    """Change the rating; False, and nothing kept, if it is not version `seen` any more.

    The file is a document of the organisation, not evidence that the agency checks: nobody else
    may read it. One that it replaces is deleted by the sweep.
    """
    if accepted is None:
        return _rated(rating, fields, seen=seen, by=by, at=at)
    organisation, kind = rating.assessment.organisation, StoredFile.Kind.DOCUMENT
    try:
        with kept(accepted, organisation=organisation, kind=kind, by=by, at=at) as file:
            if not _rated(rating, {**fields, "evidence_file": file}, seen=seen, by=by, at=at):
                raise OvertakenError
    except OvertakenError:
        return False
    return True


def _rated(rating: Rating, fields: Mapping[str, Any], *, seen: int, by: User, at: datetime) -> bool:
    is_rated = rating.rate(by=by, at=at, seen=seen, **fields)
    if is_rated and rating.assessment.is_public:
        settle(rating.assessment.solution_id)
    return is_rated
