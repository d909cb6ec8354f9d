from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from profiles.models import User


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in by another service: whose word about e-mail addresses counts.

    It counts if the operator trusts the service (`trust_email`) and the service says that
    the address is confirmed. Else the person confirms the address here, as at any sign-up.
    """

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Find the account of an address that is confirmed on both sides.

        An unconfirmed account may have been made by someone who waits for the owner of the
        address to come along.
        """
        found = super().authenticate_by_email(sociallogin)
        if not found:
            return None
        user, email = found
        own = EmailAddress.objects.filter(user=user, email=email, verified=True)
        return (user, email) if own.exists() else None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not self.can_authenticate_by_email(sociallogin, ""):
            for address in sociallogin.email_addresses:
                address.verified = False
