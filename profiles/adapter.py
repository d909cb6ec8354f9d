from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """What the market decides about accounts beyond allauth's settings; sign-up is open."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Whoever confirms in another browser than that of the sign-up signs in first."""
        if self.request.user.is_authenticated:
            return reverse("account")
        return f"{reverse('account_login')}?{urlencode({'next': reverse('account_welcome')})}"
