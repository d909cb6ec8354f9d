from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from profiles.mail.forms import MailPreferenceForm
from profiles.mail.kinds import KINDS
from profiles.mail.preferences import MailPreference
from profiles.mail.unsubscribing import mail_of
from profiles.models.people import User


@require_http_methods(["GET", "HEAD", "POST"])
def mail_preferences(request: HttpRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None  # no box ticked is an answer too
    form = MailPreferenceForm(data, user=cast(User, request.user))
    if form.is_valid():
        form.save()
        messages.success(request, _("Ihre Auswahl ist gespeichert."))
        return redirect("mail_preferences")
    always = [kind for kind in KINDS.values() if not kind.may_be_switched_off]
    return render(request, "mail/preferences.html", {"form": form, "always": always})


# The post comes from the mail program's own server (RFC 8058), which has no cookie and no token of
# ours. A foreign page that made a browser send it would need the signed link, hence the mail.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, since programs open links too; unsubscribe on POST, without a redirect."""
    mail = mail_of(token)
    if mail is None:
        raise Http404
    if request.method == "POST":
        MailPreference.objects.unsubscribe(mail)
    done = request.method == "POST"
    return render(request, "mail/unsubscribe.html", {"kind": mail.mail_kind, "done": done})
