"""Beginning a survey, and its title, introduction and dates."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from challenges.surveys.building import build
from challenges.surveys.forms import NewSurveyForm, SurveyForm
from challenges.surveys.models import NeedsSurvey
from profiles.models import Membership, Organisation
from profiles.models.organisations import OrganisationQuerySet
from profiles.models.people import AnyUser


def own_survey(request: HttpRequest, slug: str) -> NeedsSurvey:
    rows = NeedsSurvey.objects.editable_by(request.user).select_related("organisation")
    return get_object_or_404(rows, slug=slug)


def asking_organisations(user: AnyUser) -> OrganisationQuerySet:
    """Verified agencies and districts for which the person speaks."""
    mine = Membership.objects.deciders().of_person(user)
    rows = Organisation.objects.verified().filter(kind__in=NeedsSurvey.ASKING)
    return rows.filter(memberships__in=mine).by_name()


def form_page(
    request: HttpRequest, survey: NeedsSurvey | None, title: str, form: object, lead: str = ""
) -> HttpResponse:
    """One form below the page of its survey."""
    context = {"survey": survey, "page_heading": title, "form": form, "lead": lead}
    return render(request, "surveys/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def survey_new(request: HttpRequest) -> HttpResponse:
    organisations = asking_organisations(request.user)
    if not organisations.exists():
        raise Http404
    form = NewSurveyForm(request.POST or None, user=request.user, organisations=organisations)
    if form.is_valid():
        made = build(**form.cleaned_data, at=timezone.now())
        messages.success(request, _("Die Abfrage ist angelegt. Nur Ihre Organisation sieht sie."))
        return redirect("surveys:questions", made.slug)
    return form_page(request, None, _("Neue Bedarfsabfrage"), form)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the details; who comes second changes nothing, and sees that."""
    survey = own_survey(request, slug)
    form = SurveyForm(request.POST or None, instance=survey)
    if form.is_valid():
        if form.keep():
            messages.success(request, _("Die Angaben sind gespeichert."))
            return redirect(survey)
        form.add_error(None, form.overtaken())
    title = NeedsSurvey.objects.get(pk=survey.pk)  # the form has touched the other one
    return form_page(request, title, _("Angaben zur Abfrage"), form)
