from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.urls import reverse

from profiles.mail import send


class AccountAdapter(DefaultAccountAdapter):
    """What the market decides about accounts beyond allauth's settings; sign-up is open."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send what allauth has to say like any other mail: logged, and by the worker."""
        request = allauth_context.request
        site = {"current_site": get_current_site(request)}
        values = {"request": request, "email": email} | site | context
        message = self.render_mail(template_prefix, email, values)
        texts = {"subject": str(message.subject), "text": str(message.body)}
        send("account", to=email, context=texts, event=f"account:{uuid4()}")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Whoever confirms in another browser than that of the sign-up signs in first."""
        if self.request.user.is_authenticated:
            return reverse("account")
        return f"{reverse('account_login')}?{urlencode({'next': reverse('account_welcome')})}"
