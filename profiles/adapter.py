from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from profiles.mail import send


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by admins; there is no open sign-up yet."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send what allauth has to say like any other mail: logged, and by the worker."""
        request = allauth_context.request
        site = {"current_site": get_current_site(request)}
        values = {"request": request, "email": email} | site | context
        message = self.render_mail(template_prefix, email, values)
        texts = {"subject": str(message.subject), "text": str(message.body)}
        send("account", to=email, context=texts, event=f"account:{uuid4()}")
