"""Invitations, reminders and the word of the end, a chunk at a time.

A chunk and its mails in the log are one transaction: who dies in it has sent nothing, and whoever
goes on finds the same rows again. Rows that another worker holds are passed over.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone, translation

from challenges.surveys.models import MailText, NeedsSurvey, Respondent
from challenges.surveys.models.responses import RespondentQuerySet
from challenges.surveys.texts import filled, text_of, values_for
from profiles.mail.models import Mail
from profiles.mail.preferences import MailPreference
from profiles.mail.sending import Letter, send_many

KIND = "survey"
CHUNK = 200
END_IS_NEWS_FOR = timedelta(days=14)

Stamp = Callable[[RespondentQuerySet], object]


def event_of(survey: NeedsSurvey, kind: str, respondent: Respondent) -> str:
    return f"survey:{survey.pk}:{kind}:{respondent.pk}"


def letter(survey: NeedsSurvey, kind: str, respondent: Respondent, text: tuple[str, str]) -> Letter:
    values = values_for(respondent, survey)
    subject, body = (filled(part, values) for part in text)
    event = event_of(survey, kind, respondent)
    if kind == MailText.Kind.REMINDER:
        event += f":{respondent.reminder_count + 1}"
    return Letter(respondent.email, {"subject": subject, "text": body}, event)


@transaction.atomic
def send_chunk(
    survey: NeedsSurvey, kind: str, rows: RespondentQuerySet, stamp: Stamp, *, at: datetime
) -> int:
    """Write to the next ones and note it; return how many. Five queries, whatever the count."""
    waiting = rows.exclude(email="").select_for_update(skip_locked=True, of=("self",))
    chunk = list(waiting.select_related("municipality").order_by("pk")[:CHUNK])
    if not chunk:
        return 0
    with translation.override("de"):
        text = text_of(survey, kind)
        letters = [letter(survey, kind, respondent, text) for respondent in chunk]
    send_many(KIND, letters, at=at, language="de")
    stamp(Respondent.objects.filter(pk__in=[respondent.pk for respondent in chunk]))
    return len(chunk)


def invite_some(survey_id: int, *, at: datetime) -> int:
    """Invite the next chunk, unless somebody has stopped it; when nobody is left, it ends."""
    survey = NeedsSurvey.objects.open(at=at).sending().filter(pk=survey_id).first()
    if survey is None:
        return 0
    rows = Respondent.objects.filter(survey=survey).uninvited()
    kind = MailText.Kind.INVITATION
    sent = send_chunk(survey, kind, rows, lambda done: done.update(invited_at=at), at=at)
    if not sent:
        survey.stop_sending()
    return sent


def remind(*, at: datetime) -> None:
    """Remind the silent ones of all open surveys; safe to run again."""
    on = timezone.localdate(at)
    for survey in NeedsSurvey.objects.open(at=at):
        note_outcomes(survey, at=at)
        rows = Respondent.objects.to_remind(survey, on=on)
        _send_all(
            survey,
            MailText.Kind.REMINDER,
            rows,
            lambda done: done.update(reminded_at=at, reminder_count=F("reminder_count") + 1),
            at=at,
        )


def tell_of_the_end(*, at: datetime) -> None:
    """Write once that a survey is over, as long as that is news."""
    for survey in NeedsSurvey.objects.closed(at=at).filter(closes_at__gt=at - END_IS_NEWS_FOR):
        note_outcomes(survey, at=at)
        rows = Respondent.objects.filter(survey=survey).to_tell_of_the_end()
        _send_all(
            survey,
            MailText.Kind.CLOSING,
            rows,
            lambda done: done.update(end_told_at=at),
            at=at,
        )


def _send_all(
    survey: NeedsSurvey, kind: str, rows: RespondentQuerySet, stamp: Stamp, *, at: datetime
) -> None:
    while send_chunk(survey, kind, rows, stamp, at=at):
        pass


def note_outcomes(survey: NeedsSurvey, *, at: datetime) -> None:
    """Take over from the mail log who cannot be reached, and who does not want to be."""
    rows = Respondent.objects.filter(survey=survey).reachable()
    start = f"survey:{survey.pk}:{MailText.Kind.INVITATION}:"
    event = Concat(Value(start), Cast(OuterRef("pk"), CharField()))
    rows.filter(
        Exists(Mail.objects.failed().filter(event=event, address__iexact=OuterRef("email")))
    ).update(bounced_at=at)
    against = MailPreference.objects.filter(kind=KIND)
    rows.filter(
        Exists(against.filter(address__iexact=OuterRef("email")))
        | Exists(against.filter(user__email__iexact=OuterRef("email")))
    ).update(unsubscribed_at=at)


def thank(respondent: Respondent, *, at: datetime) -> None:
    """Thank for the answers, once, where there is an address."""
    if respondent.email and not respondent.unsubscribed_at:
        survey = respondent.survey
        with translation.override("de"):
            text = text_of(survey, MailText.Kind.THANKS)
            letters = [letter(survey, MailText.Kind.THANKS, respondent, text)]
        send_many(KIND, letters, at=at, language="de")
