"""Handing in, replacing and withdrawing: to the second, and sealed from then on.

Whatever is handed in is encrypted before it reaches the database; its draft goes in the same
transaction. The key's row is locked meanwhile, so that nothing slips in once the opening began.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from challenges.applications import content, drafts, files, mails
from challenges.applications.arrival import LateError
from challenges.applications.models import Application, ChallengeKey, Submission
from challenges.applications.models.applications import is_in_time
from challenges.calls import sealing
from challenges.calls.models import Challenge
from profiles.models import Organisation, User


def begin(
    challenge: Challenge, organisation: Organisation, *, by: User, at: datetime
) -> Application:
    """Return the application of the organisation; two people at once begin the same one."""
    application, is_new = Application.objects.get_or_create(
        challenge=challenge, organisation=organisation, defaults={"created_at": at}
    )
    if is_new:
        _keep(application, drafts.empty(), by=by, at=at)
    return application


def _keep(application: Application, draft: drafts.Draft, *, by: User, at: datetime) -> None:
    Application.objects.filter(pk=application.pk).update(
        draft=drafts.encrypt(draft, application), draft_by=by, draft_at=at, version=F("version") + 1
    )
    application.refresh_from_db()


@transaction.atomic
def restart(application: Application, draft: drafts.Draft, *, by: User, at: datetime) -> bool:
    """Begin the draft of a replacement; what was handed in stays valid until it is replaced."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.has_draft:
        return False
    _keep(locked, draft, by=by, at=at)
    return True


@transaction.atomic
def submit(
    application: Application, *, by: User, arrived_at: datetime, at: datetime, seen: int
) -> Submission:
    """Seal the draft, as it was when version `seen` was checked, in the place of an earlier one."""
    key, locked = _locked(application, arrived_at=arrived_at, at=at)
    if locked.draft is None or locked.version != seen:
        raise ValidationError(
            _("Der Entwurf hat sich inzwischen geändert. Bitte sehen Sie ihn noch einmal durch."),
            "overtaken",
        )
    draft = drafts.read(locked)
    if errors := content.missing(locked, draft):
        raise ValidationError(errors)
    number = locked.submissions.count() + 1
    text = content.as_bytes(content.document(locked, draft))
    sealed = sealing.seal(text, bytes(key.public_key), about=place(locked, number))
    _end(locked.submissions.valid(), at=arrived_at)
    submission = locked.submissions.create(
        number=number,
        sealed=sealed,
        checksum=hashlib.sha256(sealed).hexdigest(),
        received_at=arrived_at,
        by=by,
    )
    files.hand_in(locked, submission)
    Application.objects.filter(pk=locked.pk).update(draft=None, draft_by=None, draft_at=None)
    mails.received(submission)
    return submission


@transaction.atomic
def withdraw(application: Application, *, by: User, arrived_at: datetime, at: datetime) -> bool:
    """Take back what was handed in: its bytes go, its receipt stays."""
    _key, locked = _locked(application, arrived_at=arrived_at, at=at)
    valid = list(locked.submissions.valid())
    _end(valid, at=arrived_at)
    for submission in valid:
        mails.withdrawn(submission, by=by)
    return bool(valid)


def place(application: Application, number: int) -> str:
    """Where sealed bytes belong; put anywhere else, they do not open."""
    return f"submission/{application.pk}/{number}"


def _locked(
    application: Application, *, arrived_at: datetime, at: datetime
) -> tuple[ChallengeKey, Application]:
    keys = ChallengeKey.objects.select_for_update(no_key=True, of=("self",))
    key = keys.filter(challenge=application.challenge_id).first()
    challenge = Challenge.objects.get(pk=application.challenge_id)
    if key is None or key.opening_at or not is_in_time(challenge, arrived_at=arrived_at, at=at):
        raise LateError
    rows = Application.objects.select_for_update(of=("self",)).for_page()
    return key, rows.get(pk=application.pk)


def _end(submissions: Iterable[Submission], *, at: datetime) -> None:
    for submission in submissions:
        submission.sealed, submission.ended_at = None, at
        submission.save(update_fields=["sealed", "ended_at"])
        submission.files.update(sealed=None, sealed_key=None)
