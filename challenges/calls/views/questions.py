"""Questions of providers, whose authors nobody learns, and answers that all read at once."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.calls import mails
from challenges.calls.models import Challenge, ProviderQuestion
from challenges.calls.people import asking_for
from profiles.organisations.active import active_organisation
from profiles.organisations.people import signed_in


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Ihre Frage"),
        help_text=gettext_lazy(
            "Andere lesen sie mit der Antwort. Wer gefragt hat, erfährt niemand; nennen Sie sich "
            "auch im Text nicht."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    use_required_attribute = False


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ProviderQuestion
        fields = ("wording", "answer")
        widgets = {
            "wording": forms.Textarea(attrs={"rows": 3}),
            "answer": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "wording": gettext_lazy("Lassen Sie weg, was verrät, wer gefragt hat."),
        }

    use_required_attribute = False


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a question of a verified provider; the others get no such page."""
    own = list(asking_for(request.user))
    found = get_object_or_404(
        Challenge.objects.public() if own else Challenge.objects.none(), slug=slug
    )
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        active = active_organisation(request)
        try:
            question = ProviderQuestion.objects.ask(
                found,
                form.cleaned_data["text"],
                organisation=active if active in own and active else own[0],
                by=signed_in(request),
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            mails.asked(question)
            messages.success(request, _("Ihre Frage ist angekommen. Die Antwort lesen alle."))
            return redirect(found)
    is_open = found.takes_questions(at=timezone.now())
    context = {"form": form, "challenge": found, "is_open": is_open}
    return render(request, "calls/ask.html", context)


@require_safe
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    found = _own(request, slug)
    questions = ProviderQuestion.objects.filter(challenge=found).in_order()
    context = {
        "challenge": found,
        "waiting": questions.waiting(),
        "prepared": questions.prepared().count(),
        "published": questions.published(),
    }
    return render(request, "calls/answers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Prepare an answer; all see it once it is published."""
    waiting = _own(request, slug).questions.waiting().select_for_update()
    question = get_object_or_404(waiting, pk=pk)
    form = AnswerForm(request.POST or None, instance=question)
    if form.is_valid():
        form.save()
        messages.success(request, _("Gespeichert. Öffentlich wird es mit „Veröffentlichen“."))
        return redirect("calls:answers", slug)
    context = {"form": form, "challenge": question.challenge, "question": question}
    return render(request, "calls/answer.html", context)


@require_POST
@transaction.atomic
def answers_publish(request: HttpRequest, slug: str) -> HttpResponse:
    found = _own(request, slug)
    last = found.questions.prepared().in_order().last()
    count = ProviderQuestion.objects.publish(found, at=timezone.now())
    if last:
        mails.answered(found, last)
        text = ngettext(
            "%(count)s Antwort ist veröffentlicht.",
            "%(count)s Antworten sind veröffentlicht.",
            count,
        )
        messages.success(request, text % {"count": count})
    return redirect("calls:answers", slug)


def _own(request: HttpRequest, slug: str) -> Challenge:
    own = Challenge.objects.editable_by(request.user).public().select_related("organisation")
    found: Challenge = get_object_or_404(own, slug=slug)
    return found
