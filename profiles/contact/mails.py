from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from profiles.mail import send
from profiles.models.people import User

if TYPE_CHECKING:
    from profiles.contact.models import Message, MessageReport


def written(message: "Message") -> None:
    """Tell the other side, without the words and without any address."""
    thread = message.thread
    context = {
        "organisation": message.organisation.name,
        "about": thread.subject,
        "link": f"{settings.SITE_URL}{thread.get_absolute_url()}",
    }
    for user in thread.other_side(message.organisation).deciders():
        if user != message.author:
            event = f"message:{message.pk}:{user.pk}"
            send("message_received", to=user, context=context, event=event)


def reported(report: "MessageReport") -> None:
    path = reverse("admin:profiles_messagereport_change", args=[report.pk])
    context = {"reason": report.reason, "link": f"{settings.SITE_URL}{path}"}
    for user in User.objects.filter(is_superuser=True, is_active=True).order_by("pk"):
        event = f"message_report:{report.pk}:{user.pk}"
        send("message_reported", to=user, context=context, event=event)
