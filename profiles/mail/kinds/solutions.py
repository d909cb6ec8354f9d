"""The mails about solutions, their claims and where they are in use."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from profiles.mail.kinds.kind import MailKind, Subject, Text

SOLUTION: Mapping[str, Text] = {
    "title": "Musterlösung",
    "link": "https://marktplatz.example/profil/entwurf/1/",
}

DEPLOYMENT: Mapping[str, Text] = {
    "solution": "Rathausbote",
    "provider": "Muster GmbH",
    "municipality": "Musterstadt",
    "link": "https://marktplatz.example/einsaetze/1/",
}

REQUEST: Mapping[str, Text] = {**DEPLOYMENT, "by_account": ""}

SOLUTIONS = Subject(
    name=_("Lösungen und Einsätze"),
    kinds=(
        MailKind(
            key="solution_changes_requested",
            name=_("Bitte um Änderung an einer Lösung"),
            trigger=_("Wenn eine Lösung, an der Sie schreiben dürfen, noch nicht so erscheint."),
            may_be_switched_off=True,
            sample={**SOLUTION, "reason": _("Bitte nennen Sie den Ort des Rechenzentrums.")},
        ),
        MailKind(
            key="solution_published",
            name=_("Veröffentlichung einer Lösung"),
            trigger=_("Wenn eine Lösung veröffentlicht ist, an der Sie schreiben dürfen."),
            may_be_switched_off=True,
            sample={**SOLUTION, "is_withdrawn": ""},
        ),
        MailKind(
            key="deployment_asked",
            name=_("Bitte, einen Einsatz zu bestätigen"),
            trigger=_("Wenn ein Anbieter angibt, dass seine Lösung in Ihrer Kommune läuft."),
            may_be_switched_off=True,
            sample=REQUEST,
        ),
        MailKind(
            key="deployment_reminder",
            name=_("Erinnerung, einen Einsatz zu bestätigen"),
            trigger=_("Einmal, wenn eine Bitte um Bestätigung 14 Tage ohne Antwort ist."),
            may_be_switched_off=True,
            sample=REQUEST,
        ),
        MailKind(
            key="deployment_answered",
            name=_("Antwort der Kommune zu einem Einsatz"),
            trigger=_("Wenn eine Kommune einen Einsatz Ihrer Lösung bestätigt oder ablehnt."),
            may_be_switched_off=True,
            sample={
                **DEPLOYMENT,
                "outcome": _("berichtigt und bestätigt"),
                "state": _("von der Kommune bestätigt"),
                "reason": "",
                "changes": "P5 → P4",
            },
        ),
        MailKind(
            key="claim_expires",
            name=_("Ablauf eines Nachweises"),
            trigger=_("60 und 14 Tage, bevor ein Nachweis Ihrer Lösung abläuft, und danach."),
            may_be_switched_off=True,
            sample={
                "solution": "Rathausbote",
                "standard": "ISO/IEC 27001",
                "day": _("3. Januar 2027"),
                "is_expired": "",
                "link": "https://marktplatz.example/loesungen/rathausbote/",
            },
        ),
        MailKind(
            key="profile_stale",
            name=_("Frage, ob Ihre Angaben noch stimmen"),
            trigger=_("Wenn ein halbes Jahr niemand Ihre Angaben als aktuell bestätigt hat."),
            may_be_switched_off=True,
            sample={
                "organisation": "Muster GmbH",
                "link": "https://marktplatz.example/stimmt-noch/muster-gmbh/",
            },
        ),
    ),
)
