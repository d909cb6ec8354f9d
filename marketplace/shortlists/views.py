from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.pages.forms import own_path
from marketplace.shortlists import exports
from marketplace.shortlists.forms import NoteForm, StateForm
from marketplace.shortlists.models import ShortlistEntry
from marketplace.shortlists.organisations import may_write, organisation_of, organisations_of
from profiles import tables
from profiles.models import Organisation, Solution, User

CONFLICT = 409


@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    organisation = organisation_of(request)
    context = {
        "organisation": organisation,
        "organisations": organisations_of(request),
        "entries": ShortlistEntry.objects.of(organisation).for_page().open_first(),
    }
    return render(request, "marketplace/shortlists/list.html", context)


@require_POST
def shortlist_add(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = organisation_of(request)
    if organisation is None:
        return redirect("shortlist")  # which says how to get one
    if not may_write(request.user, organisation):
        raise Http404
    published = Solution.objects.published().select_related("provider__organisation")
    solution = get_object_or_404(published, slug=slug)
    _entry, is_new = ShortlistEntry.objects.add(
        solution, organisation, by=_person(request), at=timezone.now()
    )
    _say(request, organisation, solution, is_new=is_new)
    return redirect(own_path(request.POST.get("next", "")) or solution.get_absolute_url())


def _say(
    request: HttpRequest, organisation: Organisation, solution: Solution, *, is_new: bool
) -> None:
    """Confirm on the next page; htmx shows no more of it than the button, which says it too."""
    if request.headers.get("HX-Request"):
        return
    text = _("„%(title)s“ steht auf der Merkliste von %(name)s.")
    if not is_new:
        text = _("„%(title)s“ stand schon auf der Merkliste von %(name)s.")
    messages.success(request, text % {"title": solution.title, "name": organisation.name})


@require_http_methods(["GET", "HEAD", "POST"])
def shortlist_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry; a POST changes its state, unless somebody else just did."""
    entry = _entry(request, pk)
    form = StateForm(request.POST or None, initial=_initial(entry))
    if form.is_valid():
        data = form.cleaned_data
        person, now = _person(request), timezone.now()
        moved = entry.move(
            data["state"], reason=data["reason"], by=person, at=now, seen=data["version"]
        )
        if moved:
            messages.success(request, _("Gespeichert."))
            return redirect(entry)
        entry = _entry(request, pk)
        form.renew(entry.version)
        return _show(request, entry, form=form, is_overtaken=True, status=CONFLICT)
    return _show(request, entry, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def shortlist_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a note; its form stands on the page of the entry."""
    if request.method != "POST":
        return redirect("shortlist_entry", pk)
    entry = _entry(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, entry, note_form=form)
    entry.notes.create(
        text=form.cleaned_data["text"], author=_person(request), written_at=timezone.now()
    )
    messages.success(request, _("Die Notiz ist gespeichert."))
    return redirect(entry)


@require_safe
def shortlist_xlsx(request: HttpRequest) -> HttpResponse:
    book = exports.xlsx(_paper(request), at=timezone.localtime())
    return tables.download(book, "merkliste.xlsx")


@require_safe
def shortlist_pdf(request: HttpRequest) -> HttpResponse:
    paper = exports.pdf(_paper(request), at=timezone.localtime())
    return tables.download(paper, "merkliste.pdf")


def _paper(request: HttpRequest) -> exports.Paper:
    organisation = organisation_of(request)
    if organisation is None:
        raise Http404
    entries = ShortlistEntry.objects.of(organisation).for_exports().open_first()
    return exports.Paper(organisation, list(entries), request.build_absolute_uri("/").rstrip("/"))


def _entry(request: HttpRequest, pk: int) -> ShortlistEntry:
    """Return the entry, if the person may do with it what the request is about."""
    entries = ShortlistEntry.objects.visible_to(request.user)
    if request.method == "POST":
        entries = ShortlistEntry.objects.editable_by(request.user)
    return get_object_or_404(entries.for_page(), pk=pk)


def _initial(entry: ShortlistEntry) -> dict[str, object]:
    return {"state": entry.state, "reason": entry.reason, "version": entry.version}


def _show(
    request: HttpRequest,
    entry: ShortlistEntry,
    *,
    form: StateForm | None = None,
    note_form: NoteForm | None = None,
    is_overtaken: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "entry": entry,
        "form": form or StateForm(initial=_initial(entry)),
        "note_form": note_form or NoteForm(),
        "may_write": may_write(request.user, entry.organisation),
        "is_overtaken": is_overtaken,
    }
    return render(request, "marketplace/shortlists/entry.html", context, status=status)


def _person(request: HttpRequest) -> User:
    """Return who is signed in; the middleware lets nobody else get here."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user
