"""Row and file in step: the file first, then the row; what went wrong leaves neither.

A crash between the two leaves a file without a row, which `sweeping` deletes a day later. There
is never a row without its file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import OperationalError, transaction

from profiles.files.inspection import Accepted
from profiles.files.models import StoredFile
from profiles.models.organisations import Organisation
from profiles.models.people import User


@contextmanager
def kept(
    accepted: Accepted,
    *,
    organisation: Organisation,
    kind: str,
    is_public: bool = False,
    by: User | None,
    at: datetime,
) -> Iterator[StoredFile]:
    """Keep a file, and what the block writes about it, or nothing of both."""
    file = StoredFile(
        organisation=organisation,
        kind=kind,
        name=accepted.name,
        content_type=accepted.content_type,
        size=len(accepted.content),
        sha256=sha256(accepted.content).hexdigest(),
        width=accepted.width,
        height=accepted.height,
        is_public=is_public,
        uploaded_by=by,
        uploaded_at=at,
    )
    file.file.save(accepted.name, ContentFile(accepted.content), save=False)
    try:
        with transaction.atomic():
            file.save(force_insert=True)
            yield file
    except OperationalError:  # nobody knows whether the row is there: left to the sweep
        raise
    except BaseException:
        file.file.storage.delete(file.path)
        raise
