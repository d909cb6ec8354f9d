from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from challenges.applications.models import Partner, Submission
from profiles.mail import send
from profiles.models import User


def received(submission: Submission) -> None:
    """Tell those who speak for the applicant; the mail holds nothing of the content."""
    application = submission.application
    context = _facts(submission)
    for user in application.organisation.deciders():
        event = f"application_received:{submission.pk}:{user.pk}"
        send("application_received", to=user, context=context, event=event)


def withdrawn(submission: Submission, *, by: User) -> None:
    context = _facts(submission) | {"person": str(by)}
    for user in submission.application.organisation.deciders():
        event = f"application_withdrawn:{submission.pk}:{user.pk}"
        send("application_withdrawn", to=user, context=context, event=event)


def partner_asked(partner: Partner) -> None:
    application = partner.application
    context = {
        "organisation": application.organisation.name,
        "partner": partner.organisation.name,
        "challenge": application.challenge.title,
        "link": f"{settings.SITE_URL}{reverse('applications:partner', args=[partner.pk])}",
    }
    for user in partner.organisation.deciders():
        event = f"application_partner:{partner.pk}:{user.pk}"
        send("application_partner_asked", to=user, context=context, event=event)


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
