"""What a survey writes: its own texts or the usual ones, with four words filled in.

The texts are no templates: only these four words in braces are replaced, all else stays as typed.
"""

import re
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from challenges.surveys.models import MailText, NeedsSurvey, Respondent

WORDS = ("link", "title", "until", "municipality")
IN_BRACES = re.compile(r"\{([^{}\s]*)\}")
NEED_LINK = (MailText.Kind.INVITATION, MailText.Kind.REMINDER)

USUAL: dict[str, tuple[str | Promise, str | Promise]] = {
    MailText.Kind.INVITATION: (
        _("{title}: Ihre Antworten bis {until}"),
        _(
            "Guten Tag,\n\nwas braucht {municipality}? Bitte beantworten Sie unsere Fragen bis "
            "{until}. Das geht ohne Konto, auch zu mehreren und mit Pausen:\n\n{link}\n\n"
            "Der Link gilt nur für Ihre Kommune; geben Sie ihn nur im eigenen Haus weiter.\n\n"
            "Vielen Dank!"
        ),
    ),
    MailText.Kind.REMINDER: (
        _("Erinnerung: {title}"),
        _(
            "Guten Tag,\n\nvon {municipality} haben wir noch keine Antworten. Bis {until} geht es "
            "hier weiter, wo Sie aufgehört haben:\n\n{link}\n\nVielen Dank!"
        ),
    ),
    MailText.Kind.CLOSING: (
        _("Beendet: {title}"),
        _(
            "Guten Tag,\n\ndie Abfrage „{title}“ ist seit {until} beendet. Wir werten die "
            "Antworten jetzt aus und melden uns mit den Ergebnissen.\n\nVielen Dank!"
        ),
    ),
    MailText.Kind.THANKS: (
        _("Danke für Ihre Antworten: {title}"),
        _(
            "Guten Tag,\n\ndie Antworten von {municipality} sind da. Bis {until} können Sie sie "
            "ansehen und ändern:\n\n{link}\n\nVielen Dank!"
        ),
    ),
}


def text_of(survey: NeedsSurvey, kind: str) -> tuple[str, str]:
    """Return subject and text with the words still in braces; one query."""
    own = survey.mail_texts.filter(kind=kind).first()
    if own:
        return own.subject, own.text
    subject, text = USUAL[kind]
    return str(subject), str(text)


def link_to(respondent: Respondent) -> str:
    return settings.SITE_URL + respondent.get_absolute_url()


def values_for(respondent: Respondent, survey: NeedsSurvey) -> dict[str, str]:
    closes_at = survey.closes_at and timezone.localtime(survey.closes_at)
    return {
        "link": link_to(respondent),
        "title": survey.title,
        "until": date_format(closes_at, "DATE_FORMAT") if closes_at else "",
        "municipality": respondent.municipality.name,
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    return IN_BRACES.sub(lambda found: values.get(found[1], found[0]), text)


def unknown_words(text: str) -> list[str]:
    return [word for word in IN_BRACES.findall(text) if word not in WORDS]
