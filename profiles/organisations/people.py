from django.http import HttpRequest

from profiles.models import User


def signed_in(request: HttpRequest) -> User:
    """Return the person, where the middleware has let nobody else through."""
    assert isinstance(request.user, User)  # noqa: S101  (tells the type checker)
    return request.user
