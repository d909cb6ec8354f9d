from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from profiles.contact.models import Thread
from profiles.models import User


def unread_messages(request: HttpRequest) -> dict[str, Any]:
    """The number in the user menu; counted only where a page has one (a context processor)."""
    return {"unread_messages": SimpleLazyObject(lambda: unread_count(request))}


def unread_count(request: HttpRequest) -> int:
    user = request.user
    return Thread.objects.unread_by(user).count() if isinstance(user, User) else 0
