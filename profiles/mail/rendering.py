"""From a kind, its context and a language to a message."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from profiles.mail.kinds import MailKind
from profiles.mail.models import Mail
from profiles.mail.unsubscribing import token_for


class Rendered(NamedTuple):
    subject: str
    text: str
    html: str


def render(
    kind: MailKind, context: Mapping[str, Any], language: str, unsubscribe_url: str = ""
) -> Rendered:
    """Return subject, text and HTML; the subject is the first line of the text template."""
    with translation.override(language):
        values = dict(context) | {
            "site_url": settings.SITE_URL + reverse("home"),
            "language": language,
            "unsubscribe_url": unsubscribe_url,
        }
        plain = render_to_string(f"{kind.template}.txt", values)
        subject, _, text = plain.strip().partition("\n")
        html = render_to_string(f"{kind.template}.html", values | {"subject": subject.strip()})
    return Rendered(subject.strip(), f"{text.strip()}\n", html)


def compose(mail: Mail) -> EmailMultiAlternatives:
    """Return the message, with a link to unsubscribe where the kind allows it (RFC 8058)."""
    headers = {
        # The same at every attempt, so that a mailbox can tell a repetition.
        "Message-ID": f"<mail.{mail.pk}.{mail.queued_at:%Y%m%d%H%M%S}@{_host()}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies, please
        "Content-Language": mail.language,
    }
    unsubscribe_url = ""
    if mail.mail_kind.may_be_switched_off:
        with translation.override(mail.language):
            path = reverse("mail_unsubscribe", args=[token_for(mail)])
        unsubscribe_url = settings.SITE_URL + path
        headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    rendered = render(mail.mail_kind, mail.context, mail.language, unsubscribe_url)
    message = EmailMultiAlternatives(
        rendered.subject, rendered.text, to=[mail.address], headers=headers
    )
    message.attach_alternative(rendered.html, "text/html")
    return message


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


# A mail shown on a page of ours: no script, no form, nothing loaded. Its links open new windows.
MAIL_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


def html_page(html: str) -> HttpResponse:
    """Return the HTML of a mail as a response for a frame, closed by a policy of its own."""
    response = HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))
    response["Content-Security-Policy"] = MAIL_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
