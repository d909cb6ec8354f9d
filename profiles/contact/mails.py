from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from profiles.mail import send_each
from profiles.models.people import User

if TYPE_CHECKING:
    from profiles.contact.models import Message, MessageReport


def written(message: "Message") -> None:
    """Tell the other side, without the words and without any address."""
    thread = message.thread
    people = thread.other_side(message.organisation).deciders()
    send_each(
        "message_received",
        to=[user for user in people if user != message.author],
        context=lambda: {
            "organisation": message.organisation.name,
            "about": thread.subject,
            "link": f"{settings.SITE_URL}{thread.get_absolute_url()}",
        },
        event=f"message:{message.pk}",
    )


def reported(report: "MessageReport") -> None:
    path = reverse("admin:profiles_messagereport_change", args=[report.pk])
    send_each(
        "message_reported",
        to=User.objects.filter(is_superuser=True, is_active=True).order_by("pk"),
        context=lambda: {"reason": report.reason, "link": f"{settings.SITE_URL}{path}"},
        event=f"message_report:{report.pk}",
    )
