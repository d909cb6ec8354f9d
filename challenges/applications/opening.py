"""Opening after the deadline: two passphrases, then every application, in resumable steps.

The first passphrase takes one layer off; that progress is kept. The second one yields the key,
which lives as long as the request. Should the process be killed, what was opened stays opened, and
any holder other than the first one enters the passphrase again: nothing is opened twice.
"""

import json
from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from django.utils.translation import gettext as _

from challenges.applications import files
from challenges.applications.keys import place as place_of_key
from challenges.applications.models import (
    ChallengeKey,
    KeyCopy,
    KeyHolder,
    SealedFile,
    SealEntry,
    Submission,
)
from challenges.applications.models.applications import grace
from challenges.applications.submitting import place
from challenges.calls import sealing
from challenges.calls.lifecycle import State
from challenges.calls.models import Challenge
from profiles.models import User

BATCH = 20  # applications in one transaction
OPENABLE = (State.EVALUATION, State.DECISION, State.AWARDED, State.NO_AWARD)


def may_open(challenge: Challenge, *, at: datetime) -> bool:
    """After the deadline and the minutes of grace, unless the challenge was cancelled."""
    ends = challenge.applications_until
    return challenge.state_at(at) in OPENABLE and ends is not None and at > ends + grace()


def enter(challenge: Challenge, user: User, passphrase: str, *, at: datetime) -> bool:
    """Take a holder's passphrase; say whether the applications are open now."""
    key = _begin(challenge, at=at)
    holder = KeyHolder.objects.get(challenge=challenge, user=user)
    try:
        private = sealing.unlock(bytes(holder.locked_key), passphrase)
    except sealing.SealError as error:
        raise ValidationError(_("Das ist nicht Ihre Passphrase."), "passphrase") from error
    half = KeyCopy.objects.filter(key=key, second=holder, turned__isnull=False).first()
    if half is None or half.turned is None:
        _turn_first(key, holder, private, at=at)
        return False
    about = place_of_key(challenge)
    of_challenge = sealing.turn(bytes(half.turned), holder.pk, private, about=about)
    for _count in open_in_batches(key, of_challenge, by=user, at=at):
        pass
    return True


@transaction.atomic
def _begin(challenge: Challenge, *, at: datetime) -> ChallengeKey:
    """Close the door: whoever is still handing in has finished, and nobody begins any more."""
    challenge.settle(at=at)
    key = ChallengeKey.objects.select_for_update(no_key=True).get(challenge=challenge)
    if not may_open(challenge, at=at):
        raise ValidationError(_("Die Bewerbungen lassen sich noch nicht öffnen."), "too_early")
    if key.opening_at is None:
        key.opening_at = at
        key.save(update_fields=["opening_at"])
    return key


@transaction.atomic
def _turn_first(key: ChallengeKey, holder: KeyHolder, private: bytes, *, at: datetime) -> None:
    about = place_of_key(key.challenge)
    for copy in key.copies.select_for_update().filter(first=holder):
        copy.turned = sealing.turn(bytes(copy.sealed), holder.pk, private, about=about)
        copy.save(update_fields=["turned"])
    key.challenge.seal_log.create(kind=SealEntry.Kind.TURNED, by=holder.user, at=at)


def open_in_batches(key: ChallengeKey, private: bytes, *, by: User, at: datetime) -> Iterator[int]:
    """Open what is not open yet, and say after each batch how many it was."""
    while count := _open_batch(key, private, by=by, at=at):
        yield count
    _finish(key, by=by, at=at)


@transaction.atomic
def _open_batch(key: ChallengeKey, private: bytes, *, by: User, at: datetime) -> int:
    rows = Submission.objects.unopened().filter(application__challenge=key.challenge_id)
    batch = (
        rows.select_for_update(of=("self",)).select_related("application").order_by("pk")[:BATCH]
    )
    for submission in batch:
        _open(submission, private, by=by, at=at)
    return len(batch)


def _open(submission: Submission, private: bytes, *, by: User, at: datetime) -> None:
    """Write the content down; what cannot be read or kept is told, and stops nobody else's."""
    about = place(submission.application, submission.number)
    submission.opened_at = at
    try:
        submission.content = json.loads(
            sealing.unseal(bytes(submission.sealed or b""), private, about=about)
        )
        with transaction.atomic():
            submission.save(update_fields=["content", "opened_at"])
    except (sealing.SealError, ValueError, DataError):
        _note_damage(submission, submission.checksum, by=by, at=at)
        submission.content = None
        submission.save(update_fields=["content", "opened_at"])
    for file in submission.files.without_bytes().select_related("application", "slot"):
        _open_file(submission, file, private, by=by, at=at)


def _open_file(
    submission: Submission, file: SealedFile, private: bytes, *, by: User, at: datetime
) -> None:
    """Write down the key of a file; its bytes stay as they are, and are read with it."""
    try:
        file.key = files.unseal_key(file, private)
    except sealing.SealError:
        _note_damage(submission, file.checksum, by=by, at=at)
    else:
        file.save(update_fields=["key"])


def _note_damage(submission: Submission, checksum: str, *, by: User, at: datetime) -> None:
    submission.application.challenge.seal_log.create(
        kind=SealEntry.Kind.DAMAGED, by=by, at=at, note=checksum
    )


@transaction.atomic
def _finish(key: ChallengeKey, *, by: User, at: datetime) -> None:
    locked = ChallengeKey.objects.select_for_update(no_key=True).get(pk=key.pk)
    if locked.opened_at is None:
        locked.opened_at = at
        locked.save(update_fields=["opened_at"])
        opened = Submission.objects.valid().filter(application__challenge=key.challenge_id)
        key.challenge.seal_log.create(
            kind=SealEntry.Kind.OPENED, by=by, at=at, note=str(opened.count())
        )
