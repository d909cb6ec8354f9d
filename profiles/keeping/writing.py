"""Writing a draft step by step, looking it over and handing it in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.keeping.completeness import completeness
from profiles.keeping.merging import merge
from profiles.keeping.models import Data, SolutionDraft
from profiles.keeping.snapshots import snapshot
from profiles.keeping.standing import as_it_stands
from profiles.keeping.steps import LABELS, STEPS, Page, Step, Whole, after, step_named
from profiles.keeping.views import own_draft
from profiles.keeping.words import Words
from profiles.organisations.people import signed_in

NOT_MINE = {"csrfmiddlewaretoken", "version", "conflict"}


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Look it over: what is missing, what changes, and how to hand it in."""
    found = own_draft(request, pk)
    published = snapshot(found.solution) if found.solution else {}
    context = {
        "draft": found,
        "organisation": found.provider.organisation,
        "steps": STEPS,
        "completeness": completeness(found.data),
        "problems": Whole(found).problems() if found.is_in_work else [],
        "differences": list(Words().differences(published, as_it_stands(found))),
    }
    return render(request, "keeping/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    found, chosen = own_draft(request, pk), step_named(slug)
    if chosen is None:
        raise Http404
    if not found.is_in_work:
        messages.error(request, _("Der Entwurf wird gerade geprüft und lässt sich nicht ändern."))
        return redirect(found)
    page = Page(chosen, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and page.is_valid():
        return save(request, found, page)
    return form_page(request, found, page)


def form_page(request: HttpRequest, found: SolutionDraft, page: Page) -> HttpResponse:
    seen = request.POST.get("version", found.version)
    context = {"draft": found, "page": page, "steps": STEPS, "version": seen}
    context["completeness"] = completeness(found.data)
    return render(request, "keeping/step.html", context)


def save(request: HttpRequest, found: SolutionDraft, page: Page) -> HttpResponse:
    """Keep what was entered; where somebody else wrote meanwhile, let the person choose."""
    sent, theirs = request.POST, page.values()
    mine = {name: value for name, value in theirs.items() if sent.get(f"take-{name}") != "theirs"}
    asked = [name for name in sent.getlist("conflict") if name in theirs]
    undecided = [name for name in asked if not sent.get(f"take-{name}")]
    seen = int(sent["version"]) if sent.get("version", "").isdecimal() else 0
    values, kept = mine, []
    if seen != found.version or undecided:
        base = found.version_seen(seen) or {}
        merged = merge(base, found.data, mine)
        conflicts = list(dict.fromkeys([*merged.conflicts, *undecided]))
        if conflicts:
            return merge_page(request, found, page, conflicts, merged.theirs)
        values, kept = merged.values, merged.theirs
    by, at = signed_in(request), timezone.now()
    if not found.change(values, seen=found.version, by=by, at=at):
        return step(request, found.pk, page.step.slug)  # overtaken just now: compare again
    if kept:
        names = ", ".join(str(LABELS[name]) for name in kept)
        text = _("Jemand hat zugleich daran gearbeitet. Übernommen ist auch: %(fields)s.")
        messages.info(request, text % {"fields": names})
    if sent.get("go") == "stay":
        messages.success(request, _("Gespeichert."), extra_tags="saved")
    return redirect(_onward(request, found, page.step))


def _onward(request: HttpRequest, found: SolutionDraft, done: Step) -> str:
    following = after(done)
    match request.POST.get("go"):
        case "preview":
            return reverse("keeping_preview", args=[found.pk])
        case "stay":
            return reverse("keeping:step", args=[found.pk, done.slug]) + "#weitere"
        case _ if following:
            return reverse("keeping:step", args=[found.pk, following.slug])
    return found.get_absolute_url()


def merge_page(
    request: HttpRequest, found: SolutionDraft, page: Page, conflicts: list[str], kept: list[str]
) -> HttpResponse:
    """Show both values of each field that two people have changed; earlier choices hold."""
    words, mine = Words(), page.values()
    again = {*NOT_MINE, *(f"take-{name}" for name in (*conflicts, *kept))}
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in again
    ]
    context = {
        "draft": found,
        "step": page.step,
        "sent": [*sent, *((f"take-{name}", "theirs") for name in kept)],
        "conflicts": [_conflict(words, name, found.data, mine) for name in conflicts],
    }
    return render(request, "keeping/merge.html", context, status=409)


def _conflict(words: Words, name: str, theirs: Data, mine: Data) -> Data:
    shown = {"theirs": words.of(name, theirs.get(name)), "mine": words.of(name, mine[name])}
    return {"field": name, "label": LABELS[name]} | shown


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in; who clicks twice has handed it in once."""
    found = own_draft(request, pk)
    organisation = found.provider.organisation
    seen = request.POST.get("version", "")
    if found.is_submitted:
        return redirect(found)
    if not organisation.is_verified:
        messages.error(request, _("Einreichen geht erst, wenn die Organisation geprüft ist."))
    elif Whole(found).problems():
        messages.error(request, _("Es fehlt noch etwas. Unten steht, was."))
    elif seen != str(found.version) or not found.submit(
        seen=found.version, by=signed_in(request), at=timezone.now()
    ):
        text = _(
            "Jemand hat inzwischen etwas geändert. Bitte sehen Sie den Entwurf noch einmal an."
        )
        messages.error(request, text)
    else:
        messages.success(
            request, _("Eingereicht. Sie bekommen eine E-Mail, sobald entschieden ist.")
        )
    return redirect(found)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_draft(request, pk)
    if found.take_back(by=signed_in(request), at=timezone.now()):
        messages.success(request, _("Sie können den Entwurf wieder bearbeiten."))
    return redirect(found)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_draft(request, pk)
    if not found.discard(by=signed_in(request), at=timezone.now()):
        return redirect(found)
    messages.success(request, _("Der Entwurf ist verworfen."))
    return redirect("keeping:list", found.provider.organisation.slug)
