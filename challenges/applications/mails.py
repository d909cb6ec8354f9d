from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from challenges.applications.models import Partner, Submission
from profiles.mail import send_each
from profiles.models import User


def received(submission: Submission) -> None:
    """Tell those who speak for the applicant; the mail holds nothing of the content."""
    application = submission.application
    send_each(
        "application_received",
        to=application.organisation.deciders(),
        context=lambda: _facts(submission),
        event=f"application_received:{submission.pk}",
    )


def withdrawn(submission: Submission, *, by: User) -> None:
    send_each(
        "application_withdrawn",
        to=submission.application.organisation.deciders(),
        context=lambda: _facts(submission) | {"person": str(by)},
        event=f"application_withdrawn:{submission.pk}",
    )


def partner_asked(partner: Partner) -> None:
    application = partner.application
    send_each(
        "application_partner_asked",
        to=partner.organisation.deciders(),
        context=lambda: {
            "organisation": application.organisation.name,
            "partner": partner.organisation.name,
            "challenge": application.challenge.title,
            "link": f"{settings.SITE_URL}{reverse('applications:partner', args=[partner.pk])}",
        },
        event=f"application_partner:{partner.pk}",
    )


def _facts(submission: Submission) -> dict[str, str]:
    application = submission.application
    return {
        "organisation": application.organisation.name,
        "challenge": application.challenge.title,
        "received": moment(submission),
        "checksum": submission.checksum,
        "link": f"{settings.SITE_URL}{application.get_absolute_url()}",
    }


def moment(submission: Submission) -> str:
    """To the second, with the offset of the clock in Germany that day."""
    local = localtime(submission.received_at)
    return f"{date_format(local, 'DATE_FORMAT')}, {local:%H:%M:%S} (UTC{local:%z})"
