"""What is to be remembered on a day. Safe to run again: the mail log knows each event.

Each stage takes in the week after its day, so that a worker that stood still misses nothing, and
what was entered when the day was long past is not nagged about.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from profiles.deployments import mails as deployment_mails
from profiles.mail import send_each
from profiles.models import ConfirmationRequest, Provider, StandardClaim

A_WEEK = timedelta(days=7)
STAGES = {"60": timedelta(days=60), "14": timedelta(days=14), "expired": timedelta(days=-1)}
UNANSWERED_FOR = timedelta(days=14)


@transaction.atomic
def remind(*, at: datetime) -> None:
    remind_of_claims(on=timezone.localdate(at))
    remind_of_profiles(at=at)
    remind_of_requests(at=at)


def remind_of_claims(*, on: date) -> None:
    """Write 60 and 14 days before the last day of a claim, and once it is over."""
    for stage, ahead in STAGES.items():
        rows = StandardClaim.objects.running_out(after=on + ahead - A_WEEK, until=on + ahead)
        rows = rows.select_related("standard", "solution__provider__organisation").order_by("pk")
        for claim in rows:
            _remind_of_claim(claim, stage)


def _remind_of_claim(claim: StandardClaim, stage: str) -> None:
    send_each(
        "claim_expires",
        to=claim.solution.provider.organisation.deciders(),
        context=lambda: {
            "solution": claim.solution.title,
            "standard": claim.standard.name,
            "day": date_format(claim.valid_until, "j. F Y") if claim.valid_until else "",
            "is_expired": "yes" if stage == "expired" else "",
            "link": f"{settings.SITE_URL}{claim.solution.get_absolute_url()}",
        },
        event=f"claim:{claim.pk}:{claim.valid_until}:{stage}",
    )


def remind_of_profiles(*, at: datetime) -> None:
    """Ask once for each time that the details were checked, not every day from then on."""
    for provider in Provider.objects.stale(at=at).select_related("organisation").order_by("pk"):
        _remind_of_profile(provider)


def _remind_of_profile(provider: Provider) -> None:
    organisation = provider.organisation
    send_each(
        "profile_stale",
        to=organisation.deciders(),
        context=lambda: {
            "organisation": organisation.name,
            "link": f"{settings.SITE_URL}{reverse('provider_check', args=[organisation.slug])}",
        },
        event=f"stale_profile:{provider.pk}:{provider.last_check.isoformat()}",
    )


def remind_of_requests(*, at: datetime) -> None:
    """Remind the municipality once; nobody who has answered, nobody whose link is over."""
    rows = ConfirmationRequest.objects.unanswered_since(at - UNANSWERED_FOR, at=at)
    for request in rows.for_pages().order_by("pk"):
        deployment_mails.asked_again(request)
