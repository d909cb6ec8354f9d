"""Who is asked, and what they answer."""

from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Any, Self

from django.core import signing
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.surveys.models.questions import Question, Wording
from challenges.surveys.models.surveys import NeedsSurvey
from profiles.models import Membership, Municipality, Organisation, User
from profiles.models.people import AnyUser

SIGNER = signing.Signer(salt="survey link")


def is_empty(value: Any) -> bool:
    """Whether a form gave no answer; 0 is one."""
    return value is None or value is False or value in ("", [], {})


def new_nonce() -> str:
    return token_hex(8)


def _days(number: int) -> timedelta:
    return timedelta(days=number)


class RespondentQuerySet(models.QuerySet["Respondent"]):
    def reachable(self) -> Self:
        """Those to whom mail may go: it came through so far, and they did not ask for none."""
        return self.filter(bounced_at=None, unsubscribed_at=None, revoked_at=None)

    def silent(self) -> Self:
        """Those from whom no answer was submitted."""
        return self.exclude(response__submitted_at__isnull=False)

    def uninvited(self) -> Self:
        """Those with an address to which no invitation has gone."""
        return self.reachable().filter(invited_at=None).exclude(email="")

    def without_address(self) -> Self:
        return self.filter(email="", revoked_at=None)

    def to_remind(self, survey: NeedsSurvey, *, on: date) -> Self:
        """Those of a survey that are silent, and whose next reminder is due on that day."""
        last = on - _days(survey.reminder_every_days)
        first = Q(reminder_count=0, invited_at__date__lte=on - _days(survey.reminder_after_days))
        again = Q(reminder_count__gt=0, reminded_at__date__lte=last)
        rows = self.filter(survey=survey, reminder_count__lt=survey.reminder_limit)
        return rows.filter(first | again).reachable().silent()

    def to_tell_of_the_end(self) -> Self:
        return self.reachable().filter(invited_at__isnull=False, end_told_at=None)

    def with_progress(self) -> Self:
        """Load what a list shows of each, and how far they got."""
        return self.select_related("municipality__state", "response")

    def of_member(self, user: AnyUser) -> Self:
        """Those that the person may answer for, through the account of the municipality.

        Anybody can say to be one: only those that were verified read what others answered.
        """
        mine = Membership.objects.deciders().of_person(user)
        places = Organisation.objects.of_places().verified().filter(memberships__in=mine)
        return self.filter(municipality__in=places.values("municipality"))

    def with_token(self, token: str, *, at: datetime) -> Self:
        """The one whose personal link this is, while the link is neither expired nor revoked."""
        try:
            number, _, nonce = SIGNER.unsign(token).partition(".")
        except signing.BadSignature:
            return self.none()
        return self.filter(
            Q(link_expires_at=None) | Q(link_expires_at__gt=at),
            pk=int(number),
            nonce=nonce,
            revoked_at=None,
        )


class Respondent(models.Model):
    """A municipality that is asked, and the address that the mails go to."""

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="respondents")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("Kommune")
    )
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    contact = models.CharField(_("Ansprechstelle"), max_length=160, blank=True)
    nonce = models.CharField(max_length=16, default=new_nonce, editable=False)
    link_expires_at = models.DateTimeField(_("Link gültig bis"), null=True, blank=True)
    invited_at = models.DateTimeField(_("eingeladen am"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("zuletzt erinnert am"), null=True, blank=True)
    reminder_count = models.PositiveSmallIntegerField(_("Erinnerungen"), default=0)
    end_told_at = models.DateTimeField(_("vom Ende benachrichtigt am"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("zurückgezogen am"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("nicht zustellbar am"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("abbestellt am"), null=True, blank=True)

    objects = RespondentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Befragte Kommune")
        verbose_name_plural = _("Befragte Kommunen")
        ordering = ["municipality__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "municipality"],
                name="respondent_once_in_a_survey",
                violation_error_message=_("Diese Kommune steht schon auf der Liste."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} – {self.survey}"

    def get_absolute_url(self) -> str:
        return reverse("surveys:answer", args=[self.token])

    @property
    def account_address(self) -> str:
        """Where people of the municipality answer through their account."""
        return reverse("surveys:answer", args=[f"konto-{self.pk}"])

    @property
    def token(self) -> str:
        """The signed part of the personal link; the same in every mail until it is renewed."""
        return SIGNER.sign(f"{self.pk}.{self.nonce}")

    def renew_link(self) -> None:
        """Let earlier links end, and a new one be sent."""
        self.nonce = new_nonce()
        self.save(update_fields=["nonce"])


class ResponseQuerySet(models.QuerySet["Response"]):
    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)


class Response(models.Model):
    """What one municipality answers; colleagues fill it in together, and one submits it."""

    respondent = models.OneToOneField(Respondent, models.CASCADE, related_name="response")
    department = models.CharField(_("Amt oder Stelle"), max_length=160, blank=True)
    started_at = models.DateTimeField(_("begonnen am"))
    submitted_at = models.DateTimeField(_("abgeschickt am"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("von")
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Antwortbogen")
        verbose_name_plural = _("Antwortbögen")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.respondent)

    def values(self) -> dict[str, Any]:
        """The values by key of question, of answers that count; one query."""
        return dict(self.answers.counting().values_list("question__key", "value"))

    @property
    def survey(self) -> NeedsSurvey:
        return self.respondent.survey

    def missing(self) -> list[Question]:
        """What has to be answered before it can be submitted; 2 queries.

        A question whose condition does not hold is not asked, so it cannot be missing.
        """
        values = self.values()
        return [
            question
            for question in self.survey.questions.asked().with_wording().in_order().put_to(values)
            if question.wording
            and question.wording.is_required
            and is_empty(values.get(question.key))
        ]

    @transaction.atomic
    def answer(self, question: Question, value: Any, *, at: datetime, seen: int) -> bool:
        """Keep what was answered; say whether nobody else had meanwhile.

        `seen` is the version that the form showed, 0 for none. An empty value takes the answer
        back. Whoever comes second changes nothing, and is told by False.
        """
        Response.objects.select_for_update().get(pk=self.pk)
        wording = Wording.objects.get(in_force_for=question)
        given = self.answers.filter(question=question).first()
        if (given.version if given else 0) != seen:
            return bool(given and given.value == value)
        if is_empty(value):
            if given:
                given.delete()
            return True
        if given:
            return given.change(value, wording, at=at, seen=seen)
        self.answers.create(question=question, wording=wording, value=value, changed_at=at)
        return True

    def submit(self, *, by: User | None, at: datetime) -> bool:
        """Hand it in; say whether this call did it, and the survey still takes answers."""
        taken = NeedsSurvey.objects.open(at=at).filter(pk=self.survey.pk)
        waiting = Response.objects.filter(pk=self.pk, submitted_at=None)
        return bool(
            waiting.filter(respondent__survey__in=taken).update(submitted_at=at, submitted_by=by)
        )

    def reopen(self) -> None:
        """Let it be changed again, until the survey closes."""
        Response.objects.filter(pk=self.pk).update(submitted_at=None, submitted_by=None)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def with_counts(self) -> Self:
        """Annotate `counts`: whether the question is still of the kind that was answered.

        A choice is no text, and a matrix no number: where the kind has changed, there is an
        answer to show to nobody, until the question is answered again.
        """
        return self.annotate(counts=Q(wording__kind=F("question__wording__kind")))

    def counting(self) -> Self:
        return self.with_counts().filter(counts=True)


class Answer(models.Model):
    """An answer, and the wording that it answered.

    `value` by kind: id of an option · list of ids · {id: 1…5} · list of ids, best first ·
    number · text · {"text": …, "visibility": …, "is_named": …} · true or false.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="answers")
    value = models.JSONField(_("Antwort"))
    changed_at = models.DateTimeField(_("geändert am"))
    version = models.PositiveIntegerField(_("Stand"), default=1)

    counts: bool  # by with_counts()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Antwort")
        verbose_name_plural = _("Antworten")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.question.key}: {self.value}"

    def change(self, value: Any, wording: Wording, *, at: datetime, seen: int) -> bool:
        """Say whether it was still version `seen`; else nothing is changed."""
        return bool(
            Answer.objects.filter(pk=self.pk, version=seen).update(
                value=value, wording=wording, changed_at=at, version=F("version") + 1
            )
        )
