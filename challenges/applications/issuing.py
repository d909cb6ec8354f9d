"""What those who post a challenge do: ask, hold keys, open, read."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.applications import keys, opening
from challenges.applications.forms import (
    NewPassphraseForm,
    PassphraseForm,
    PositionForm,
    QuestionForm,
    SlotForm,
)
from challenges.applications.models import (
    FileSlot,
    FormQuestion,
    KeyCopy,
    PricePosition,
    Submission,
)
from challenges.applications.models.applications import grace
from challenges.calls.lifecycle import HIDDEN
from challenges.calls.models import Challenge
from profiles.organisations.people import signed_in

Part = FormQuestion | PricePosition | FileSlot


@require_http_methods(["GET", "HEAD", "POST"])
def form_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What applicants are asked; a POST adds a question or a position, until it is published."""
    own = Challenge.objects.editable_by(request.user).distinct()
    challenge = get_object_or_404(own, slug=slug)
    is_fixed = challenge.state not in HIDDEN
    if request.method == "POST" and is_fixed:
        raise Http404
    unsaved = {
        "question": QuestionForm(request.POST if "text" in request.POST else None),
        "position": PositionForm(request.POST if "label" in request.POST else None),
        "slot": SlotForm(
            request.POST if "name" in request.POST else None, instance=FileSlot(challenge=challenge)
        ),
    }
    for form in unsaved.values():
        if form.is_bound and form.is_valid():
            form.instance.challenge = challenge
            form.save()
            return redirect("applications:form", slug)
    context = {"challenge": challenge, "is_fixed": is_fixed} | {
        f"{name}_form": form for name, form in unsaved.items()
    }
    return render(request, "applications/form.html", context)


@require_POST
def part_remove(request: HttpRequest, pk: int, kind: type[Part]) -> HttpResponse:
    """Take back one thing that applicants would be asked for, until it is published."""
    drafts = Challenge.objects.editable_by(request.user).filter(state__in=HIDDEN)
    part = cast(Part, get_object_or_404(kind, pk=pk, challenge__in=drafts.values("pk")))
    part.delete()
    return redirect("applications:form", part.challenge.slug)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def key_holders(request: HttpRequest, slug: str) -> HttpResponse:
    """Who holds a key; a POST makes one's own, until the challenge is published."""
    user = signed_in(request)
    challenge = get_object_or_404(Challenge.objects.editable_by(user).distinct(), slug=slug)
    is_fixed = challenge.state not in HIDDEN
    form = NewPassphraseForm(request.POST or None)
    if not is_fixed and form.is_valid():
        keys.become_holder(challenge, user, form.cleaned_data["passphrase"], at=timezone.now())
        text = _("Ihr Schlüssel ist eingerichtet. Bewahren Sie die Passphrase gut auf.")
        messages.success(request, text)
        return redirect("applications:keys", slug)
    holders = list(challenge.key_holders.with_entitled().select_related("user"))
    context = {
        "challenge": challenge,
        "holders": holders,
        "own": next((holder for holder in holders if holder.user_id == user.pk), None),
        "are_too_few": sum(holder.is_entitled for holder in holders) < keys.FEWEST_HOLDERS,
        "is_fixed": is_fixed,
        "form": form,
    }
    return render(request, "applications/keys.html", context)


@require_POST
def key_give_back(request: HttpRequest, slug: str) -> HttpResponse:
    user = signed_in(request)
    drafts = Challenge.objects.editable_by(user).filter(state__in=HIDDEN)
    challenge = get_object_or_404(drafts.distinct(), slug=slug)
    keys.stop_holding(challenge, user, at=timezone.now())
    return redirect("applications:keys", slug)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def applications_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Open what was handed in, two holders together; a POST takes the passphrase of one."""
    user, now = signed_in(request), timezone.now()
    own = Challenge.objects.filter(seal_key__isnull=False, key_holders__user=user)
    challenge = get_object_or_404(own.select_related("seal_key", "organisation"), slug=slug)
    form = PassphraseForm(request.POST or None)
    if form.is_valid():
        try:
            is_open = opening.enter(challenge, user, form.cleaned_data["passphrase"], at=now)
        except ValidationError as error:
            form.add_error("passphrase", error)
        else:
            if is_open:
                messages.success(request, _("Die Bewerbungen sind geöffnet."))
            return redirect("applications:open", slug)
    turned = KeyCopy.objects.filter(key=challenge.seal_key, turned__isnull=False)
    ends = challenge.applications_until
    context = {
        "challenge": challenge,
        "key": challenge.seal_key,
        "may_open": opening.may_open(challenge, at=now),
        "from": ends + grace() if ends else None,
        "turned_by": set(turned.values_list("first__user", flat=True)),
        "holders": challenge.key_holders.select_related("user"),
        "unopened": _unopened(challenge),
        "form": form,
        "log": challenge.seal_log.for_page(),
    }
    return render(request, "applications/open.html", context)


def _unopened(challenge: Challenge) -> int:
    """How many wait to be opened; told once the opening began, and not before."""
    if challenge.seal_key.opening_at is None:
        return 0
    return Submission.objects.unopened().filter(application__challenge=challenge).count()


@require_safe
def opened_list(request: HttpRequest, slug: str) -> HttpResponse:
    own = Challenge.objects.editable_by(request.user).distinct()
    challenge = get_object_or_404(own.opened(), slug=slug)
    rows = Submission.objects.readable_by(request.user).for_rows()
    rows = rows.filter(application__challenge=challenge).order_by("received_at", "pk")
    context = {"challenge": challenge, "submissions": rows}
    return render(request, "applications/opened_list.html", context)


@require_safe
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Submission.objects.readable_by(request.user).for_rows()
    submission = get_object_or_404(
        rows.filter(application__challenge__seal_key__opened_at__isnull=False), pk=pk
    )
    return render(request, "applications/opened.html", {"submission": submission})
