"""Writing a need: the problem first, then all the rest, then letting others see it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from challenges.needs.forms import NeedForm, ProblemForm
from challenges.needs.merging import Merge
from challenges.needs.models import Need
from challenges.needs.suggestions import suggested_topics
from profiles.models import Membership, Organisation
from profiles.organisations.active import active_organisation, own_memberships
from profiles.organisations.people import signed_in

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def need_new(request: HttpRequest) -> HttpResponse:
    organisation = _writes_for(request)
    if organisation is None:
        messages.info(request, _("Einen Bedarf schreiben Sie für eine Organisation."))
        return redirect("organisations:list")
    draft = Need(organisation=organisation, owner=signed_in(request), created_at=timezone.now())
    form = ProblemForm(request.POST or None, instance=draft)
    if form.is_valid():
        return redirect("needs:edit", _saved_once(form).pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "challenges/needs/new.html", context)


def _writes_for(request: HttpRequest) -> Organisation | None:
    """The active organisation or another one, if the person may write for it."""
    own = [row for row in own_memberships(request) if row.role in Membership.DECIDERS]
    active = active_organisation(request)
    own.sort(key=lambda row: row.organisation != active)
    return own[0].organisation if own else None


@transaction.atomic
def _saved_once(form: ProblemForm) -> Need:
    """Save it, or return the draft that the first of two clicks has made."""
    draft: Need = form.instance
    draft.organisation.lock()
    twin = Need.objects.drafts().filter(
        organisation=draft.organisation, title=draft.title, problem=draft.problem
    )
    saved: Need = twin.first() or form.save()
    return saved


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def need_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _unended(request, pk)
    if "suggest" in request.POST:
        return _show(request, _with_suggestions(request.POST, found))
    if request.method != "POST":
        return _show(request, NeedForm(instance=found, initial=_first_topics(found)))
    if request.POST.get("version", "") != str(found.version):
        merge = Merge(request.POST, found)
        return _show(request, merge.form, merge=merge, status=CONFLICT)
    form = NeedForm(request.POST, instance=found)
    if not form.is_valid():
        return _show(request, form)
    found.version += 1
    form.save()
    was_draft = found.is_draft
    if was_draft and "release" in request.POST:
        found.release(at=timezone.now())
    _say(request, found, is_new=was_draft)
    return redirect(found)


@require_POST
@transaction.atomic
def need_release(request: HttpRequest, pk: int) -> HttpResponse:
    drafts = Need.objects.editable_by(request.user).drafts()
    found = get_object_or_404(drafts.select_for_update(of=("self",)), pk=pk)
    found.release(at=timezone.now())
    _say(request, found, is_new=True)
    return redirect(found)


def _unended(request: HttpRequest, pk: int) -> Need:
    """Return it for writing; until the transaction ends nobody else changes it."""
    own = Need.objects.editable_by(request.user).unended().select_related("organisation")
    return get_object_or_404(own.select_for_update(of=("self",)), pk=pk)


def _first_topics(found: Need) -> dict[str, object]:
    """Tick what the text speaks of, as long as nobody has chosen."""
    if not found.is_draft or found.topics.exists():
        return {}
    return {"topics": [topic.pk for topic in suggested_topics(f"{found.title}\n{found.problem}")]}


def _with_suggestions(data: QueryDict, found: Need) -> NeedForm:
    """Keep everything as it was typed, saved or not, and tick what the text speaks of now."""
    text = f"{data.get('title', '')}\n{data.get('problem', '')}"
    keys = [str(topic.pk) for topic in suggested_topics(text)]
    typed = {name: data.get(name, "") for name in NeedForm.Meta.fields}
    several = ("topics", "standards", "wished_standards", "hosting")
    lists = {name: data.getlist(name) for name in several}
    lists["topics"] = list(dict.fromkeys([*lists["topics"], *keys]))
    form = NeedForm(instance=found, initial={**typed, **lists})
    form.initial["version"] = data.get("version", "")
    return form


def _say(request: HttpRequest, found: Need, *, is_new: bool) -> None:
    if found.is_draft:
        messages.success(request, _("Der Entwurf ist gespeichert. Andere sehen ihn nicht."))
    elif is_new:
        messages.success(request, _("Der Bedarf ist gespeichert und eingestellt."))
    else:
        messages.success(request, _("Die Änderungen sind gespeichert."))


def _show(
    request: HttpRequest, form: NeedForm, *, merge: Merge | None = None, status: int = 200
) -> HttpResponse:
    kept = Need.objects.select_related("organisation__municipality__state").get(
        pk=form.instance.pk
    )  # the form has touched the other one
    context = {"form": form, "need": kept, "merge": merge}
    return render(request, "challenges/needs/edit.html", context, status=status)
