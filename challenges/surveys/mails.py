"""What a survey writes, and when it goes out."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.surveys.editing import own_survey
from challenges.surveys.forms import MailTextForm
from challenges.surveys.models import MailText, NeedsSurvey
from challenges.surveys.tasks import invite
from challenges.surveys.texts import filled, text_of


@require_safe
def mail_texts(request: HttpRequest, slug: str) -> HttpResponse:
    survey = own_survey(request, slug)
    rows = [(kind, label, text_of(survey, kind)) for kind, label in MailText.Kind.choices]
    return render(request, "surveys/mails.html", {"survey": survey, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def mail_text(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Change one, and see it as it arrives."""
    survey = own_survey(request, slug)
    if kind not in MailText.Kind.values:
        raise Http404
    subject, text = text_of(survey, kind)
    own = survey.mail_texts.filter(kind=kind).first()
    instance = own or MailText(survey=survey, kind=kind, subject=subject, text=text)
    form = MailTextForm(request.POST or None, instance=instance)
    if form.is_valid():
        subject, text = form.cleaned_data["subject"], form.cleaned_data["text"]
        if request.POST.get("go") != "preview":
            form.save()
            messages.success(request, _("Der Text ist gespeichert."))
            return redirect("surveys:mails", slug)
    values = example(survey)
    context = {
        "survey": survey,
        "page_heading": MailText.Kind(kind).label,
        "form": form,
        "subject": filled(subject, values),
        "text": filled(text, values),
    }
    return render(request, "surveys/mail.html", context)


def example(survey: NeedsSurvey) -> dict[str, str]:
    closes_at = survey.closes_at and timezone.localtime(survey.closes_at)
    return {
        "link": "https://marktplatz.example/bedarfsabfragen/antworten/…",
        "title": survey.title,
        "until": date_format(closes_at, "DATE_FORMAT") if closes_at else "…",
        "municipality": "Musterstadt",
    }


@require_POST
@transaction.atomic
def sending_control(request: HttpRequest, slug: str) -> HttpResponse:
    """Open and send, stop, or go on with those who have no invitation yet."""
    survey, at = own_survey(request, slug), timezone.now()
    match request.POST.get("do"):
        case "open" if not survey.questions.asked().exists():
            messages.error(request, _("Die Abfrage hat noch keine Frage."))
        case "open" if not survey.open(at=at) and survey.is_draft:
            messages.error(request, _("Bitte nennen Sie einen Tag in der Zukunft als Ende."))
        case "stop":
            survey.stop_sending()
            messages.info(request, _("Der Versand hält an. Wer seine Mail schon hat, hat sie."))
        case "open" | "go_on":
            survey.start_sending(at=at)
            transaction.on_commit(lambda: invite.delay(survey.pk), robust=True)
            messages.success(request, _("Die Einladungen gehen jetzt hinaus."))
    return redirect(survey)
