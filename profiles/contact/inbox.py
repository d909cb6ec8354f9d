from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from profiles.contact.models import Thread
from profiles.models import User
from profiles.organisations.active import own_memberships


def unread_messages(request: HttpRequest) -> dict[str, Any]:
    """The number in the user menu; counted only where a page has one (a context processor)."""
    return {"unread_messages": SimpleLazyObject(lambda: _unread_by(request))}


def _unread_by(request: HttpRequest) -> int:
    user = request.user
    if isinstance(user, User) and own_memberships(request):  # which the menu reads anyway
        return unread_threads(user)
    return 0


def unread_threads(user: User) -> int:
    """Count them once for a page: its menu and the overview both say how many."""
    if not hasattr(user, "unread_threads"):
        user.unread_threads = Thread.objects.unread_by(user).count()
    return user.unread_threads
