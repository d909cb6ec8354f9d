"""The mails about challenges."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from profiles.mail.kinds.kind import MailKind, Subject, Text

CHALLENGE: Mapping[str, Text] = {
    "title": "Bauanträge ohne Papier",
    "link": "https://marktplatz.example/challenges/bauantraege-ohne-papier/",
}

CHALLENGES = Subject(
    name=_("Challenges"),
    kinds=(
        MailKind(
            key="challenge_review",
            name=_("Bitte, eine Challenge zu prüfen"),
            trigger=_("Wenn jemand aus Ihrer Organisation eine Challenge zur Prüfung gibt."),
            may_be_switched_off=True,
            sample=CHALLENGE,
        ),
        MailKind(
            key="challenge_returned",
            name=_("Zurückgegebene Challenge"),
            trigger=_("Wenn eine zweite Person Ihre Challenge noch nicht veröffentlichen möchte."),
            may_be_switched_off=True,
            sample={**CHALLENGE, "reason": _("Bitte nennen Sie die Messgrößen.")},
        ),
        MailKind(
            key="challenge_question",
            name=_("Frage zu einer Challenge"),
            trigger=_("Wenn ein Anbieter eine Frage zu einer Challenge Ihrer Organisation stellt."),
            may_be_switched_off=True,
            sample=CHALLENGE,
        ),
        MailKind(
            key="challenge_changed",
            name=_("Nachtrag zu einer Challenge"),
            trigger=_("Bei Nachträgen, neuen Fristen und dem Abbruch, wenn Sie sie beobachten."),
            may_be_switched_off=True,
            sample={**CHALLENGE, "what": _("Die Frist endet eine Woche später.")},
        ),
        MailKind(
            key="challenge_answered",
            name=_("Antworten zu einer Challenge"),
            trigger=_("Wenn Antworten auf Fragen erscheinen, und Sie die Challenge beobachten."),
            may_be_switched_off=True,
            sample=CHALLENGE,
        ),
    ),
)
