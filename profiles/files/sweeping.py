"""Delete what a crash, or the deletion of something larger, has left behind."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage, default_storage

from profiles.files.models import FOLDER, StoredFile

GRACE = timedelta(days=1)  # an upload that is still under way has no row yet


def sweep(*, at: datetime) -> int:
    """Delete rows that nothing points at, and files without a row; return how many."""
    rows = list(StoredFile.objects.unreferenced().uploaded_before(at - GRACE))
    for row in rows:
        row.delete()
    orphans = list(_orphans(default_storage, before=at - GRACE))
    for path in orphans:
        default_storage.delete(path)
    return len(rows) + len(orphans)


def missing() -> list[str]:
    """The rows whose file is gone, by their id: only a backup can help there."""
    rows = StoredFile.objects.only("file").order_by("pk").iterator()
    return [str(row.pk) for row in rows if not row.file.storage.exists(row.path)]


def _orphans(storage: Storage, *, before: datetime) -> Iterator[str]:
    for folder in _listed(storage, FOLDER)[0]:
        paths = [f"{FOLDER}/{folder}/{name}" for name in _listed(storage, f"{FOLDER}/{folder}")[1]]
        known = set(StoredFile.objects.filter(file__in=paths).values_list("file", flat=True))
        for path in paths:
            if path not in known and storage.get_modified_time(path) < before:
                yield path


def _listed(storage: Storage, folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return [], []
    return folders, files
