"""Who needs a second factor at sign-in, beside the password."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from profiles.models import Organisation, User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes only back them


def is_required(user: User) -> bool:
    """Say if the person administers the market, or belongs to a state agency."""
    if not settings.REQUIRE_MFA:
        return False
    return user.is_staff or Organisation.objects.of_member(user).agencies().exists()


def has_one(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user.pk, type__in=FACTORS).exists())


def is_due(user: User) -> bool:
    return is_required(user) and not has_one(user)
