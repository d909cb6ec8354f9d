"""Key holders, and the key of a challenge that is made for them when it is published."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from challenges.applications.models import ChallengeKey, KeyCopy, KeyHolder, SealEntry
from challenges.calls import sealing
from challenges.calls.lifecycle import HIDDEN
from challenges.calls.models import Challenge
from challenges.calls.nature import Nature, nature_of
from profiles.models import User

FEWEST_HOLDERS = 2


class PublishedError(ValidationError):
    def __init__(self) -> None:
        super().__init__(
            _("Die Challenge ist schon veröffentlicht: Ihre Schlüssel stehen fest."), "published"
        )


@transaction.atomic
def become_holder(challenge: Challenge, user: User, passphrase: str, *, at: datetime) -> KeyHolder:
    """Make the person's pair of keys; who does it again has a new passphrase."""
    _lock_unpublished(challenge)
    private, public = sealing.new_pair()
    fields = {"public_key": public, "locked_key": sealing.lock(private, passphrase)}
    holder, _is_new = KeyHolder.objects.update_or_create(
        challenge=challenge, user=user, defaults=fields, create_defaults=fields | {"created_at": at}
    )
    challenge.seal_log.create(kind=SealEntry.Kind.HOLDER_ADDED, by=user, at=at)
    return holder


@transaction.atomic
def stop_holding(challenge: Challenge, user: User, *, at: datetime) -> None:
    _lock_unpublished(challenge)
    gone, _rows = KeyHolder.objects.filter(challenge=challenge, user=user).delete()
    if gone:
        challenge.seal_log.create(kind=SealEntry.Kind.HOLDER_REMOVED, by=user, at=at)


def _lock_unpublished(challenge: Challenge) -> None:
    if Challenge.objects.select_for_update().get(pk=challenge.pk).state not in HIDDEN:
        raise PublishedError


def seal_up(challenge: Challenge, by: User, at: datetime) -> None:
    """Make the key of the challenge for its holders, and forget it (a step of publication).

    What prepares a formal procedure takes no applications here, and has no key.
    """
    if nature_of(challenge) == Nature.ABOVE:
        return
    _drop_former_holders(challenge, by, at)
    holders = {holder.pk: bytes(holder.public_key) for holder in challenge.key_holders.all()}
    if len(holders) < FEWEST_HOLDERS:
        raise ValidationError(
            _(
                "Mindestens zwei Personen brauchen einen Schlüssel, mit dem sie die Bewerbungen "
                "nach der Frist zusammen öffnen; am besten drei."
            ),
            "key_holders",
        )
    private, public = sealing.new_pair()
    key = ChallengeKey.objects.create(challenge=challenge, public_key=public, made_at=at)
    copies = sealing.copies(private, holders, about=place(challenge))
    KeyCopy.objects.bulk_create(
        KeyCopy(key=key, first_id=first, second_id=second, sealed=sealed)
        for (first, second), sealed in copies.items()
    )
    challenge.seal_log.create(kind=SealEntry.Kind.SEALED, by=by, at=at, note=str(len(holders)))


def _drop_former_holders(challenge: Challenge, by: User, at: datetime) -> None:
    for holder in challenge.key_holders.former().select_related("user"):
        challenge.seal_log.create(
            kind=SealEntry.Kind.HOLDER_REMOVED, by=by, at=at, note=str(holder)[:200]
        )
        holder.delete()


def place(challenge: Challenge) -> str:
    return f"challenge/{challenge.pk}"
