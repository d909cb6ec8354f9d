"""Files of an application: sealed as they come, handed out once two persons have opened it.

Each file has a random key of its own, which is sealed at once with the key of the challenge, and
forgotten. So its author, too, can only replace or remove it. What it is called and what it is are
kept with the draft, and sealed with the application, together with the checksum of its bytes.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.db import transaction
from django.db.models import F

from challenges.applications import drafts
from challenges.applications.arrival import LateError
from challenges.applications.models import (
    Application,
    ChallengeKey,
    FileSlot,
    SealedFile,
    Submission,
)
from challenges.applications.models.applications import is_in_time
from challenges.calls import sealing
from challenges.calls.sealing import padded
from profiles.files.inspection import Accepted
from profiles.models import User

NONCE = bytes(12)  # each key encrypts one file


class DamagedError(Exception):
    """The bytes are not those that were handed in."""


class Asked(NamedTuple):
    """A file that is asked for, and what the draft has of it."""

    slot: FileSlot
    about: Mapping[str, Any] | None


@transaction.atomic
def put(
    application: Application,
    slot: FileSlot,
    given: Accepted,
    *,
    hides_names: bool,
    by: User,
    arrived_at: datetime,
    at: datetime,
) -> None:
    """Seal a file into the draft, in the place of an earlier one."""
    locked = _locked(application, arrived_at=arrived_at, at=at)
    key = ChaCha20Poly1305.generate_key()
    sealed = ChaCha20Poly1305(key).encrypt(NONCE, padded(given.content), place(locked, slot))
    challenge_key = ChallengeKey.objects.get(challenge=locked.challenge_id)
    about = {
        "name": given.name,
        "type": given.content_type,
        "size": len(given.content),
        "hides_names": hides_names,
    }
    locked.files.of_draft().filter(slot=slot).delete()
    locked.files.create(
        slot=slot,
        sealed=sealed,
        sealed_key=seal_key(key, challenge_key, locked, slot),
        about=drafts.hide(padded(json.dumps(about).encode()), place(locked, slot)),
        checksum=hashlib.sha256(sealed).hexdigest(),
        uploaded_at=at,
        by=by,
    )
    _touch(locked, by=by, at=at)


@transaction.atomic
def remove(
    application: Application, slot: FileSlot, *, by: User, arrived_at: datetime, at: datetime
) -> bool:
    """Take a file out of the draft; say whether this call did."""
    locked = _locked(application, arrived_at=arrived_at, at=at)
    gone, _rows = locked.files.of_draft().filter(slot=slot).delete()
    if gone:
        _touch(locked, by=by, at=at)
    return bool(gone)


def _locked(application: Application, *, arrived_at: datetime, at: datetime) -> Application:
    rows = Application.objects.with_draft().select_for_update(of=("self",)).for_page()
    locked = rows.filter(pk=application.pk).first()
    if locked is None or not is_in_time(locked.challenge, arrived_at=arrived_at, at=at):
        raise LateError
    return locked


def _touch(application: Application, *, by: User, at: datetime) -> None:
    """The draft is another one now: who looked at the earlier one looks again."""
    Application.objects.filter(pk=application.pk).update(
        version=F("version") + 1, draft_by=by, draft_at=at
    )


def seal_key(key: bytes, of: ChallengeKey, application: Application, slot: FileSlot) -> bytes:
    return sealing.seal(key, bytes(of.public_key), about=place(application, slot).decode())


def unseal_key(file: SealedFile, private: bytes) -> bytes:
    about = place(file.application, file.slot).decode()
    return sealing.unseal(bytes(file.sealed_key or b""), private, about=about)


def place(application: Application, slot: FileSlot) -> bytes:
    """Where a file belongs; put anywhere else, it does not open."""
    return f"file/{application.pk}/{slot.pk}".encode()


def asked(application: Application) -> list[Asked]:
    """Return what the challenge asks for, with what the draft has of it."""
    rows = {row.slot_id: row for row in application.files.of_draft().without_bytes()}
    return [
        Asked(slot, _about(application, rows[slot.pk]) if slot.pk in rows else None)
        for slot in application.challenge.file_slots.all()
    ]


def listed(application: Application) -> list[dict[str, Any]]:
    """What is sealed of the draft's files with the application: all but their bytes."""
    found = []
    for row in application.files.of_draft().without_bytes():
        if about := _about(application, row):
            facts = {"id": row.pk, "label": row.slot.name, "checksum": row.checksum}
            found.append(facts | dict(about))
    return found


def _about(application: Application, row: SealedFile) -> Mapping[str, Any] | None:
    text = drafts.show(row.about or b"", place(application, row.slot))
    about: Mapping[str, Any] | None = json.loads(text) if text else None
    return about


def hand_in(application: Application, submission: Submission) -> None:
    """Give the files of the draft to what is handed in; what they are stands there."""
    application.files.of_draft().update(submission=submission, about=None)


def described(submission: Submission, pk: int) -> Mapping[str, Any] | None:
    """What the opened application says of a file of its own."""
    rows = (submission.content or {}).get("files", [])
    return next((row for row in rows if row["id"] == pk), None)


def content_of(file: SealedFile, about: Mapping[str, Any]) -> bytes:
    """Return the file as it was uploaded; raises DamagedError if somebody changed its bytes."""
    sealed = bytes(file.sealed or b"")
    if file.key is None or hashlib.sha256(sealed).hexdigest() != about["checksum"]:
        raise DamagedError
    try:
        whole = ChaCha20Poly1305(bytes(file.key)).decrypt(
            NONCE, sealed, place(file.application, file.slot)
        )
    except (InvalidTag, ValueError) as error:
        raise DamagedError from error
    return whole[: about["size"]]
