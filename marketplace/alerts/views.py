"""What a person is told of, and how often."""

from typing import NamedTuple

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from challenges.models import Challenge
from marketplace.alerts import watching
from marketplace.alerts.forms import RhythmForm, SearchForm
from marketplace.alerts.hits import challenges_of, gone_from
from marketplace.alerts.models import Rhythm, Watch
from marketplace.solutions.chips import without_blanks
from profiles.mail.preferences import MailPreference
from profiles.models import User
from profiles.organisations.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    watching.renew(user, at=timezone.now())
    form = RhythmForm(request.POST or None, instance=Rhythm.of(user))
    if form.is_valid():
        form.save()
        messages.success(request, _("Ihre Auswahl ist gespeichert."))
        return redirect("alerts")
    context = {
        "form": form,
        "watches": _shown(user),
        "is_unsubscribed": _is_unsubscribed(user),
    }
    return render(request, "marketplace/alerts/list.html", context)


class Shown(NamedTuple):
    watch: Watch
    challenges: list[Challenge]
    gone: list[str]


def _shown(user: User) -> list[Shown]:
    watches, now = Watch.objects.filter(user=user).in_order(), timezone.now()
    return [Shown(watch, challenges_of(watch, at=now), gone_from(watch)) for watch in watches]


@require_http_methods(["GET", "HEAD", "POST"])
def search_save(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    initial = {"frequency": Rhythm.of(user).frequency}
    filters = without_blanks(request.GET)
    form = SearchForm(request.POST or None, filters=filters, initial=initial)
    if form.is_valid():
        _save(request, form)
        messages.success(request, _what_follows(user))
        return redirect("alerts")
    context = {"form": form, "is_unsubscribed": _is_unsubscribed(user)}
    return render(request, "marketplace/alerts/save.html", context)


@transaction.atomic
def _save(request: HttpRequest, form: SearchForm) -> None:
    user, now = signed_in(request), timezone.now()
    search = {"kind": Watch.Kind.SEARCH, "query": form.query, "name": form.cleaned_data["name"]}
    # First, as the worker does: each would wait for the other else.
    Rhythm.objects.filter(user=user).update(frequency=form.cleaned_data["frequency"])
    watching.save_search(Watch(user=user, created_at=now, **search))


def _is_unsubscribed(user: User) -> bool:
    return MailPreference.objects.of(user).filter(kind="alert").exists()


def _what_follows(user: User) -> str:
    """Whether mails come of a search that was saved, and if not, what the page can do about it."""
    if _is_unsubscribed(user):
        return _(
            "Die Suche ist gemerkt. Weil Sie diese Mails abbestellt haben, kommt keine; "
            "auf dieser Seite bestellen Sie sie wieder."
        )
    if Rhythm.of(user).is_never:
        return _(
            "Die Suche ist gemerkt. Weil Sie „nie“ gewählt haben, kommt keine Mail; "
            "auf dieser Seite ändern Sie das. Neue Treffer stehen in Ihrer Übersicht."
        )
    return _("Die Suche ist gemerkt. Bei neuen Treffern schreiben wir.")


@require_POST
def watch_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch it on or off; what came while it was off is no news."""
    watch = get_object_or_404(Watch.objects.filter(user=signed_in(request)), pk=pk)
    watching.switch(watch, is_on="on" in request.POST, at=timezone.now())
    return redirect("alerts")


@require_POST
def watch_delete(request: HttpRequest, pk: int) -> HttpResponse:
    searches = Watch.objects.searches().filter(user=signed_in(request))
    get_object_or_404(searches, pk=pk).delete()
    messages.success(request, _("Die Suche ist gelöscht."))
    return redirect("alerts")
