from collections import Counter
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from profiles.deployments.models import ConfirmationRequest, DeploymentAnswer
from profiles.mail import send, send_each
from profiles.models import Deployment, Mail, Organisation, Provider, User

ASKED = "deployment_asked"


def page(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def about(deployment: Deployment) -> dict[str, str]:
    return {
        "solution": deployment.solution.title,
        "provider": deployment.solution.provider.organisation.name,
        "municipality": deployment.municipality.name,
    }


def deciders_of(deployment: Deployment) -> list[User]:
    """The municipality's people here who may confirm; not those who belong to the provider."""
    provider = deployment.solution.provider.organisation
    places = (
        Organisation.objects.of_places().verified().filter(municipality=deployment.municipality)
    )
    people = [user for place in places.by_name() for user in place.deciders()]
    own = set(provider.memberships.values_list("user", flat=True))
    return [user for user in people if user.pk not in own]


def key(deployment: Deployment) -> str:
    """What stays the same when an entry is deleted and made again."""
    solution = deployment.solution
    return f"{solution.provider_id}/{solution.pk}/{deployment.municipality_id}"


def asked_since(moment: datetime, provider: Provider) -> Counter[str]:
    """How often the provider has had each entry asked about; the log outlives what it deletes."""
    begin = f"deployment_request:{provider.pk}/"
    log = Mail.objects.filter(kind=ASKED, queued_at__gt=moment, event__startswith=begin)
    requests = {tuple(event.split(":")[1:3]) for event in log.values_list("event", flat=True)}
    return Counter(entry for entry, _request in requests)


def asked(request: ConfirmationRequest) -> None:
    """Ask one address by a link, or else the municipality's people on a page of theirs."""
    _ask(request, ASKED, f"deployment_request:{key(request.deployment)}:{request.pk}")


def asked_again(request: ConfirmationRequest) -> None:
    _ask(request, "deployment_reminder", f"deployment_reminder:{request.pk}")


def _ask(request: ConfirmationRequest, kind: str, event: str) -> None:
    deployment = request.deployment
    if request.address:
        link = page(reverse("deployments:confirm", args=[request.token]))
        context = about(deployment) | {"link": link, "by_account": ""}
        send(kind, to=request.address, context=context, event=event)
        return
    send_each(
        kind,
        to=deciders_of(deployment),
        context=lambda: {
            **about(deployment),
            "link": page(reverse("deployments:decide", args=[request.pk])),
            "by_account": "yes",
        },
        event=event,
    )


def answered(answer: DeploymentAnswer) -> None:
    """Tell the provider what was said, and what was changed."""
    deployment = answer.deployment
    send_each(
        "deployment_answered",
        to=deployment.solution.provider.organisation.deciders(),
        context=lambda: {
            **about(deployment),
            "outcome": str(answer.get_kind_display()),
            "state": str(deployment.state.label),
            "reason": answer.reason,
            "changes": "\n".join(f"{name}: {old} → {new}" for name, old, new in answer.changes),
            "link": page(deployment.get_absolute_url()),
        },
        event=f"deployment_answer:{answer.pk}",
    )
