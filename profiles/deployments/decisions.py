"""What is decided after the answer: looking at its sender, taking it back, the consent.

Each locks the deployment and returns nothing if there is no longer anything to decide.
"""

from datetime import datetime

from django.db import transaction

from profiles.deployments.models import DeploymentAnswer
from profiles.models import Deployment, User
from profiles.models.deployments import DeploymentQuerySet


@transaction.atomic
def accept(deployment: Deployment, *, by: User, at: datetime) -> DeploymentAnswer | None:
    """Let the answer of a sender that was looked at count."""
    found = _lock(Deployment.objects.to_check(), deployment)
    if found is None:
        return None
    found.confirmed_at = at
    found.save()
    return _note(found, DeploymentAnswer.Kind.ACCEPTED, by=by, at=at)


@transaction.atomic
def reject(
    deployment: Deployment, reason: str, *, by: User, at: datetime
) -> DeploymentAnswer | None:
    found = _lock(Deployment.objects.to_check(), deployment)
    return _refuse(found, DeploymentAnswer.Kind.REJECTED, reason, by=by, at=at)


@transaction.atomic
def withdraw(
    deployment: Deployment, reason: str, *, by: User, at: datetime
) -> DeploymentAnswer | None:
    """Take the municipality's yes back, whoever gave it."""
    answered = Deployment.objects.confirmed() | Deployment.objects.to_check()
    return _refuse(
        _lock(answered, deployment), DeploymentAnswer.Kind.WITHDRAWN, reason, by=by, at=at
    )


@transaction.atomic
def consent(deployment: Deployment, given: bool, *, by: User, at: datetime) -> bool:
    found = _lock(Deployment.objects.confirmed(), deployment)
    if found and given:
        found.give_consent(by=by, at=at)
    elif found:
        found.revoke_consent()
    return found is not None


def _lock(rows: DeploymentQuerySet, deployment: Deployment) -> Deployment | None:
    return rows.select_for_update(of=("self",)).filter(pk=deployment.pk).first()


def _refuse(
    found: Deployment | None, kind: DeploymentAnswer.Kind, reason: str, *, by: User, at: datetime
) -> DeploymentAnswer | None:
    if found is None:
        return None
    found.confirmed_at = found.mail_confirmed_at = None
    found.contact_consent_at = found.contact_consent_by = None
    found.declined_at, found.decline_reason = at, reason
    found.save()
    return _note(found, kind, by=by, at=at, reason=reason)


def _note(
    deployment: Deployment, kind: DeploymentAnswer.Kind, *, by: User, at: datetime, reason: str = ""
) -> DeploymentAnswer:
    answer: DeploymentAnswer = deployment.answers.create(kind=kind, by=by, at=at, reason=reason)
    return answer
