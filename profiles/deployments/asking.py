"""How often a municipality is asked: the form sends mail to an address that anybody may type."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from profiles.deployments import mails
from profiles.deployments.models import ConfirmationRequest
from profiles.models import Deployment, User

A_DAY = timedelta(days=1)
PER_DEPLOYMENT = 3  # a day


@transaction.atomic
def ask(deployment: Deployment, address: str, *, by: User, at: datetime) -> ConfirmationRequest:
    """Save the deployment and ask the municipality; raises ValidationError where it is too often.

    The provider's row is locked first, so that two at once count each other.
    """
    deployment.solution.provider.organisation.lock()
    if deployment.pk:
        Deployment.objects.select_for_update(of=("self",)).get(pk=deployment.pk)
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
