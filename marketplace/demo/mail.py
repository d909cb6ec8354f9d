"""The mails of the demo, which go to nobody: everybody who looks at it may read them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from profiles.mail import outbox
from profiles.mail.rendering import html_page
from profiles.paging import Paginator

PAGE_SIZE = 20


@login_not_required
@require_safe
def dev_mail(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    page = Paginator(outbox.names(), PAGE_SIZE).get_page(request.GET.get("page"))
    mails = [mail for name in page if (mail := outbox.read(name))]
    return render(request, "marketplace/dev/mail_list.html", {"page": page, "mails": mails})


@login_not_required
@require_safe
def dev_mail_message(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "marketplace/dev/mail.html", {"mail": _mail(name)})


@login_not_required
@require_safe
def dev_mail_html(request: HttpRequest, name: str) -> HttpResponse:
    return html_page(_mail(name).html)


def _mail(name: str) -> outbox.SentMail:
    mail = outbox.read(name) if settings.DEMO else None
    if mail is None:
        raise Http404
    return mail
