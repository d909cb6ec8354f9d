"""My surveys, one survey, and the form as respondents will see it."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from challenges.surveys import answers
from challenges.surveys.editing import asking_organisations, own_survey
from challenges.surveys.models import NeedsSurvey, Respondent
from profiles.models import Membership, Organisation


@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """Those of one's own organisations, and those that one's municipality is asked in."""
    asked = Respondent.objects.of_member(request.user).filter(
        survey__opened_at__isnull=False, revoked_at=None
    )
    own = NeedsSurvey.objects.visible_to(request.user).newest_first()
    mine = Membership.objects.deciders().of_person(request.user)
    places = Organisation.objects.of_places().filter(memberships__in=mine)
    context = {
        "surveys": own.select_related("organisation"),
        "may_ask": asking_organisations(request.user).exists(),
        "asked": asked.select_related("survey__organisation", "municipality", "response"),
        "unverified": places.unverified().by_name(),
        "now": timezone.now(),
    }
    return render(request, "surveys/list.html", context)


@require_safe
def survey(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to be done next, and how far the sending has got."""
    rows = NeedsSurvey.objects.visible_to(request.user).select_related("organisation")
    found, now = get_object_or_404(rows, slug=slug), timezone.now()
    editable = NeedsSurvey.objects.editable_by(request.user).filter(pk=found.pk)
    context = {
        "survey": found,
        "may_edit": editable.exists(),
        "is_open": found.takes_answers(at=now),
        "question_count": found.questions.asked().count(),
        "figures": found.respondents.aggregate(
            all=Count("pk"),
            no_address=Count("pk", filter=Q(email="", revoked_at=None)),
            invited=Count("pk", filter=Q(invited_at__isnull=False)),
            waiting=Count(
                "pk", filter=Q(invited_at=None, revoked_at=None, bounced_at=None) & ~Q(email="")
            ),
            started=Count("response"),
            submitted=Count("response__submitted_at"),
            bounced=Count("bounced_at"),
        ),
    }
    return render(request, "surveys/detail.html", context)


@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """All pages of the form below each other; nothing is kept."""
    found = own_survey(request, slug)
    questions = list(found.questions.asked().with_wording().in_order())
    pages = []
    for section in found.sections.all():
        form = answers.SectionForm(answers.asked_in(section, questions), {})
        pages.append((section, form.shown(answers.Outcome(), QueryDict())))
    return render(request, "surveys/preview.html", {"survey": found, "pages": pages})
