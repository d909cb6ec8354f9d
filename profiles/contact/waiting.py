"""What messages have for the dashboard."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from profiles.contact.inbox import unread_threads
from profiles.models import User
from profiles.waiting import Waiting


def waiting_for(user: User, _at: datetime) -> Iterator[Waiting]:
    if count := unread_threads(user):
        sentence = ngettext(
            "Gespräch mit ungelesenen Nachrichten", "Gespräche mit ungelesenen Nachrichten", count
        )
        yield Waiting(count, sentence, reverse("contact:inbox"))
