from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

from challenges.surveys.models import FieldOfAction, Respondent
from profiles.mail import send, send_each

if TYPE_CHECKING:
    from challenges.surveys.acting.models import ProviderInvitation


def invited(invitation: "ProviderInvitation") -> None:
    field = invitation.field
    send_each(
        "field_invitation",
        to=invitation.provider.organisation.deciders(),
        context=lambda: {
            "organisation": field.survey.organisation.name,
            "field": field.title,
            "message": invitation.message,
            "link": f"{settings.SITE_URL}{invitation.get_absolute_url()}",
        },
        event=f"field_invitation:{invitation.pk}",
    )


def told(field: FieldOfAction, respondent: Respondent) -> None:
    """Say what came of it: once for each respondent, who has no account and reads German."""
    context = {
        "organisation": field.survey.organisation.name,
        "survey": field.survey.title_de,
        "field": field.title,
        "outcome": field.outcome,
    }
    with translation.override("de"):
        event = f"field_outcome:{field.pk}:{respondent.pk}"
        send("field_outcome", to=respondent.email, context=context, event=event)
