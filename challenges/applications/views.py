"""What applicants do: draft, hand in, replace, withdraw."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.applications import content, drafts, files, receipts, submitting
from challenges.applications.arrival import arrived_at
from challenges.applications.forms import CopyForm, DraftForm
from challenges.applications.models import Application, Partner, Submission
from challenges.calls.models import Challenge
from profiles.models import Membership, Organisation
from profiles.organisations.active import active_organisation
from profiles.organisations.people import signed_in

CONFLICT = 409


@require_safe
def application_list(request: HttpRequest) -> HttpResponse:
    """What one applies for, is asked for, and what one's own organisations post."""
    user, now = signed_in(request), timezone.now()
    running = Challenge.objects.taking(at=now)
    context = {
        "applications": Application.objects.visible_to(user).for_page().newest_first(),
        "asked": Partner.objects.answerable_by(user).for_rows(),
        "open": running.nearest_deadline_first().select_related("organisation"),
        "own": Challenge.objects.editable_by(user).nearest_deadline_first().distinct(),
    }
    return render(request, "applications/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is asked and how it is kept; a POST begins the draft."""
    user, now = signed_in(request), timezone.now()
    running = Challenge.objects.taking(at=now)
    challenge = get_object_or_404(running.select_related("organisation"), slug=slug)
    providers = Organisation.objects.filter(provider__isnull=False).filter(
        memberships__in=Membership.objects.filter(user=user, role__in=Membership.DECIDERS)
    )
    active = active_organisation(request)
    applicant = providers.filter(pk=active.pk).first() if active else None
    if request.method == "POST" and applicant:
        return redirect(submitting.begin(challenge, applicant, by=user, at=now))
    context = {"challenge": challenge, "applicant": applicant}
    return render(request, "applications/new.html", context)


@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands: the checklist of the draft, what was handed in, the partners."""
    visible = Application.objects.visible_to(request.user).for_page()
    return show(request, get_object_or_404(visible, pk=pk))


def show(
    request: HttpRequest, chosen: Application, *, status: int = 200, errors: Sequence[str] = ()
) -> HttpResponse:
    now = timezone.now()
    draft = drafts.read(chosen)
    submissions = list(chosen.submissions.select_related("by").order_by("-number"))
    editable = Application.objects.editable_by(request.user).filter(pk=chosen.pk)
    context = {
        "application": chosen,
        "draft": draft,
        "missing": content.missing(chosen, draft) if chosen.has_draft else [],
        "total": content.total(draft),
        "files": files.asked(chosen) if chosen.has_draft else [],
        "submissions": submissions,
        "valid": next((row for row in submissions if row.ended_at is None), None),
        "partners": chosen.partners.select_related("organisation"),
        "is_open": Challenge.objects.open(at=now).filter(pk=chosen.challenge_id).exists(),
        "may_write": editable.exists(),
        "is_decided": editable.decided().exists(),
        "errors": errors,
    }
    return render(request, "applications/detail.html", context, status=status)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def application_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the draft, by itself as one types, too; unless somebody else just did."""
    user, now = signed_in(request), timezone.now()
    own = Application.objects.editable_by(user).with_draft().for_page()
    chosen = get_object_or_404(own.select_related("challenge__organisation", "draft_by"), pk=pk)
    form = DraftForm(request.POST or None, application=chosen, draft=drafts.read(chosen))
    is_overtaken = False
    if form.is_valid():
        seen = number_of(request.POST.get("version"))
        if drafts.save(chosen, form.draft, by=user, at=now, seen=seen):
            if "go" in request.POST:
                messages.success(request, _("Der Entwurf ist gespeichert."))
                return redirect(chosen)
            return redirect("applications:edit", pk)
        chosen.refresh_from_db()
        is_overtaken = True
    context = {"application": chosen, "form": form, "is_overtaken": is_overtaken}
    # htmx shows nothing of a refusal, and somebody has to see this one
    status = CONFLICT if is_overtaken and not request.headers.get("HX-Request") else 200
    return render(request, "applications/edit.html", context, status=status)


def number_of(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


@require_safe
def application_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The own copy, to be kept by the applicant: after handing in, nobody here can make one."""
    chosen = get_object_or_404(
        Application.objects.visible_to(request.user).with_draft().for_page(), pk=pk
    )
    text = content.own_copy(chosen, drafts.read(chosen))
    name = f"bewerbung-{chosen.challenge.slug}.json"
    return HttpResponse(
        text,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def application_submit(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = get_object_or_404(Application.objects.editable_by(request.user).for_page(), pk=pk)
    return submitted(request, chosen, seen=number_of(request.POST.get("version")))


def submitted(request: HttpRequest, chosen: Application, *, seen: int) -> HttpResponse:
    by, came, now = signed_in(request), arrived_at(request), timezone.now()
    try:
        submitting.submit(chosen, by=by, arrived_at=came, at=now, seen=seen)
    except ValidationError as error:
        chosen.refresh_from_db()
        return show(request, chosen, status=CONFLICT, errors=error.messages)
    messages.success(request, _("Ihre Bewerbung ist eingegangen und versiegelt."))
    return redirect(chosen)


@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    own = Application.objects.editable_by(user).filter(submissions__in=Submission.objects.valid())
    chosen = get_object_or_404(own.for_page(), pk=pk)
    if request.method != "POST":
        return render(request, "applications/withdraw.html", {"application": chosen})
    try:
        submitting.withdraw(chosen, by=user, arrived_at=arrived_at(request), at=timezone.now())
    except ValidationError as error:
        return show(request, chosen, status=CONFLICT, errors=error.messages)
    messages.success(request, _("Ihre Bewerbung ist zurückgezogen."))
    return redirect(chosen)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def application_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin another draft, from one's own copy or from nothing."""
    user, now = signed_in(request), timezone.now()
    running = Challenge.objects.open(at=now).values("pk")
    own = Application.objects.editable_by(user).filter(draft=None, challenge__in=running)
    chosen = get_object_or_404(own.for_page(), pk=pk)
    form = CopyForm(request.POST or None, request.FILES or None, application=chosen)
    if request.method == "POST" and form.is_valid():
        submitting.restart(chosen, form.draft or drafts.empty(), by=user, at=now)
        return redirect("applications:edit", pk)
    return render(request, "applications/replace.html", {"application": chosen, "form": form})


@require_safe
def application_receipt(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    visible = Application.objects.visible_to(request.user)
    rows = Submission.objects.for_rows().filter(application__in=visible.values("pk"))
    submission = get_object_or_404(rows, application=pk, number=number)
    return HttpResponse(
        receipts.pdf(submission),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="quittung-{pk}-{number}.pdf"'},
    )
