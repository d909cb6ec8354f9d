"""Steps that people take with a challenge: submit, return, publish, cancel, add."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from challenges.calls import mails
from challenges.calls.forms import Moment
from challenges.calls.lifecycle import ENDS, Action, State
from challenges.calls.models import Addendum, Challenge
from profiles.organisations.people import signed_in


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Bitte nennen Sie den Grund.")},
    )
    use_required_attribute = False


class AddendumForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Was sich ändert oder ergänzt wird"),
        help_text=gettext_lazy("Ein Nachtrag bleibt so stehen, mit Datum und für alle sichtbar."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
    )
    applications_until = Moment(
        label=gettext_lazy("Bewerbungen neu bis"),
        help_text=gettext_lazy("Nur wenn die Frist sich verlängert; früher geht nicht."),
        required=False,
    )
    use_required_attribute = False


@require_POST
@transaction.atomic
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Challenge.objects.editable_by(request.user).drafts(), pk=pk)
    if _taken(request, found, Action.SUBMIT):
        mails.submitted(found, by=signed_in(request))
        messages.success(request, _("Eingereicht. Jetzt prüft eine zweite Person."))
    return redirect("calls:draft", pk)


@require_POST
@transaction.atomic
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    found = _in_review(request, pk)
    if not _taken(request, found, Action.PUBLISH):
        return redirect("calls:draft", pk)
    messages.success(request, _("Die Challenge ist veröffentlicht."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = _in_review(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        submitted, reason = found.last_submission(), form.cleaned_data["reason"]
        if _taken(request, found, Action.RETURN, reason):
            mails.returned(found, submitted.by if submitted else None, reason)
            messages.success(request, _("Zurückgegeben. Der Entwurf lässt sich wieder ändern."))
        return redirect("calls:draft", pk)
    return render(request, "calls/give_back.html", {"form": form, "challenge": found})


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    own = Challenge.objects.editable_by(request.user).exclude(state__in=ENDS)
    found = get_object_or_404(own, pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if _taken(request, found, Action.CANCEL, reason):
            if found.published_at:
                mails.cancelled(found, reason)
            messages.success(request, _("Die Challenge ist abgebrochen."))
        return redirect("calls:draft", pk)
    return render(request, "calls/cancel.html", {"form": form, "challenge": found})


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def addendum(request: HttpRequest, pk: int) -> HttpResponse:
    own = Challenge.objects.editable_by(request.user).public().exclude(state__in=ENDS)
    found = get_object_or_404(own, pk=pk)
    form = AddendumForm(request.POST or None)
    if form.is_valid() and _added(request, found, form):
        messages.success(request, _("Der Nachtrag ist veröffentlicht."))
        return redirect(found)
    return render(request, "calls/addendum.html", {"form": form, "challenge": found})


def _added(request: HttpRequest, found: Challenge, form: AddendumForm) -> bool:
    data, now = form.cleaned_data, timezone.now()
    try:
        added = Addendum.objects.add(
            found,
            data["text"],
            by=signed_in(request),
            at=now,
            applications_until=data["applications_until"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    mails.added(added)
    return True


def _in_review(request: HttpRequest, pk: int) -> Challenge:
    own = Challenge.objects.editable_by(request.user).filter(state=State.IN_REVIEW)
    found: Challenge = get_object_or_404(own.select_related("organisation"), pk=pk)
    return found


def _taken(request: HttpRequest, found: Challenge, action: Action, reason: str = "") -> bool:
    """Make the step; say what is in the way, or that somebody else was faster."""
    try:
        made = found.take(action, by=signed_in(request), at=timezone.now(), reason=reason)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return False
    if not made:
        messages.error(request, _("Jemand war schneller: Der Stand hat sich geändert."))
    return made
