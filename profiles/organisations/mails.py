"""What organisations write to people. Everything goes through `send`, after the commit."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime

from profiles.mail import send, send_each
from profiles.models import Invitation, JoinRequest, Organisation, User


def page(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def invited(invitation: Invitation, link: str) -> None:
    """Send the link; it is the only place that holds the token."""
    inviter = invitation.invited_by
    context = {
        "organisation": invitation.organisation.name,
        "inviter": str(inviter) if inviter else "",
        "role": str(invitation.get_role_display()),
        "link": page(link),
        "until": date_format(localtime(invitation.expires_at), "j. F Y"),
    }
    event = f"invitation:{invitation.pk}:{invitation.expires_at.isoformat()}"
    send("organisation_invited", to=invitation.email, context=context, event=event)


def join_requested(request: JoinRequest) -> None:
    """Tell all owners that somebody wants to join."""
    send_each(
        "organisation_join_requested",
        to=owners(request.organisation),
        context=lambda: {
            "organisation": request.organisation.name,
            "person": f"{request.user} ({request.user.email})",
            "message": request.message,
            "link": page(request.get_absolute_url()),
        },
        event=f"join_request:{request.pk}",
    )


def decided(request: JoinRequest) -> None:
    """Tell the person what the owners decided."""
    send(
        f"organisation_join_{request.outcome}",
        to=request.user,
        context=lambda: {
            "organisation": request.organisation.name,
            "reason": request.reason,
            "link": page(request.organisation.get_absolute_url()),
        },
        event=f"join_decision:{request.pk}",
    )


def checked(organisation: Organisation) -> None:
    """Tell all owners that the organisation is verified, or why it is not."""
    at = organisation.verified_at or organisation.declined_at
    send_each(
        "organisation_verified" if organisation.is_verified else "organisation_declined",
        to=owners(organisation),
        context=lambda: {
            "organisation": organisation.name,
            "reason": organisation.decline_reason,
            "link": page(organisation.get_absolute_url()),
        },
        event=f"verification:{organisation.pk}:{at}",
    )


def owners(organisation: Organisation) -> list[User]:
    return [row.user for row in organisation.memberships.owners().active().for_rows()]
