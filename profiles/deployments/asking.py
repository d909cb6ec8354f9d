"""How often a municipality is asked: the form sends mail to an address that anybody may type."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from profiles.deployments import mails
from profiles.deployments.models import ConfirmationRequest
from profiles.models import Deployment, Organisation, User

A_DAY = timedelta(days=1)
PER_DEPLOYMENT = 3  # a day
CHANGED = "changed"  # the code of the error where somebody has answered or changed it meanwhile


@transaction.atomic
def ask(
    deployment: Deployment, address: str, *, by: User, at: datetime, seen: str = ""
) -> ConfirmationRequest:
    """Save the deployment and ask the municipality; raises ValidationError where that is not to be.

    `seen` is the `standing` of an entry that is to be changed, as the person saw it.
    """
    _lock_provider_of(deployment)
    if deployment.pk:
        locked = Deployment.objects.select_for_update(of=("self",)).get(pk=deployment.pk)
        if seen != locked.standing:
            text = gettext("Der Einsatz hat sich inzwischen geändert. Es ist nichts überschrieben.")
            raise ValidationError(text, CHANGED)
    return _ask(deployment, address, by=by, at=at)


@transaction.atomic
def ask_again(deployment: Deployment, *, by: User, at: datetime) -> ConfirmationRequest:
    """Ask the same address once more; raises ValidationError once somebody has answered."""
    _lock_provider_of(deployment)
    locked = Deployment.objects.select_for_update(of=("self",)).get(pk=deployment.pk)
    if locked.state != Deployment.State.WAITING:
        raise ValidationError(gettext("Die Kommune hat inzwischen geantwortet."))
    last = locked.requests.latest("asked_at", "pk")
    return _ask(locked, last.address, by=by, at=at)


def _lock_provider_of(deployment: Deployment) -> None:
    """So that two at once count each other."""
    provider = deployment.solution.provider.organisation
    provider.lock()
    if not Organisation.objects.verified().filter(pk=provider.pk).exists():
        raise ValidationError(gettext("Ihre Organisation ist noch nicht geprüft."))


def _ask(deployment: Deployment, address: str, *, by: User, at: datetime) -> ConfirmationRequest:
    today = mails.asked_since(at - A_DAY, deployment.solution.provider)
    here = today[mails.key(deployment)]
    if today.total() >= settings.DEPLOYMENT_REQUESTS_PER_DAY or here >= PER_DEPLOYMENT:
        raise ValidationError(
            gettext("Für heute haben Sie oft genug gefragt. Bitte versuchen Sie es morgen wieder.")
        )
    deployment.validate_constraints()  # once more under the lock: of two clicks one gets here
    request = deployment.ask(address, by=by, at=at)
    mails.asked(request)
    return request
