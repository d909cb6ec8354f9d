"""Every kind of mail that the marketplace sends: one entry here, two templates in templates/mail/.

`<key>.txt` fills the blocks `subject` and `text` of its layout, `<key>.html` those of its own. What
they say differs from mail to mail by `context` alone, which holds short texts; addresses in it are
whole ones. `sample` has the same keys: the preview in the administration shows it.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from profiles.mail.application_kinds import APPLICATIONS
from profiles.mail.kind import MailKind, Text

ORGANISATION: Mapping[str, Text] = {
    "organisation": "Musterstadt",
    "link": "https://marktplatz.example/organisationen/musterstadt/",
}
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
CHALLENGE: Mapping[str, Text] = {
    "title": "Bauanträge ohne Papier",
    "link": "https://marktplatz.example/challenges/bauantraege-ohne-papier/",
}

KINDS = {
    kind.key: kind
    for kind in (
        MailKind(
            key="account",
            name=_("Zugang zum Konto"),
            trigger=_("Wenn Sie ein neues Passwort oder eine Bestätigung anfordern."),
            may_be_switched_off=False,
            sample={
                "subject": _("Neues Passwort setzen"),
                "text": _("Guten Tag,\n\nhier steht, was zu tun ist.\n\nIhr GovTech-Marktplatz"),
            },
        ),
        MailKind(
            key="barrier_report_received",
            name=_("Eingang einer gemeldeten Barriere"),
            trigger=_("Wenn Sie eine Barriere melden und Ihre E-Mail-Adresse angeben."),
            # Anybody can type a stranger's address into the form; the stranger can stop it.
            may_be_switched_off=True,
            sample={"due": _("3. Januar 2027")},
        ),
        MailKind(
            key="organisation_invited",
            name=_("Einladung in eine Organisation"),
            trigger=_("Wenn jemand Sie in eine Organisation einlädt."),
            may_be_switched_off=True,
            sample={
                **ORGANISATION,
                "inviter": "kommune@demo.example",
                "role": _("bearbeitet"),
                "until": _("3. Januar 2027"),
            },
        ),
        MailKind(
            key="organisation_join_requested",
            name=_("Anfrage zum Beitritt"),
            trigger=_("Wenn jemand zu einer Organisation gehören möchte, die Sie verantworten."),
            may_be_switched_off=True,
            sample={**ORGANISATION, "person": "person@demo.example", "message": _("Guten Tag!")},
        ),
        MailKind(
            key="organisation_join_approved",
            name=_("Aufnahme in eine Organisation"),
            trigger=_("Wenn eine Organisation Ihre Anfrage annimmt."),
            may_be_switched_off=True,
            sample=ORGANISATION,
        ),
        MailKind(
            key="organisation_join_declined",
            name=_("Ablehnung durch eine Organisation"),
            trigger=_("Wenn eine Organisation Ihre Anfrage ablehnt."),
            may_be_switched_off=True,
            sample={**ORGANISATION, "reason": _("Wir kennen Sie nicht.")},
        ),
        MailKind(
            key="organisation_verified",
            name=_("Prüfung einer Organisation bestanden"),
            trigger=_("Wenn eine Organisation geprüft ist, die Sie verantworten."),
            may_be_switched_off=True,
            sample=ORGANISATION,
        ),
        MailKind(
            key="organisation_declined",
            name=_("Prüfung einer Organisation abgelehnt"),
            trigger=_("Wenn eine Organisation nicht bestätigt wird, die Sie verantworten."),
            may_be_switched_off=True,
            sample={**ORGANISATION, "reason": _("Die Website nennt einen anderen Namen.")},
        ),
        MailKind(
            key="deployment_asked",
            name=_("Bitte, einen Einsatz zu bestätigen"),
            trigger=_("Wenn ein Anbieter angibt, dass seine Lösung in Ihrer Kommune läuft."),
            may_be_switched_off=True,
            sample=DEPLOYMENT,
        ),
        MailKind(
            key="deployment_reminder",
            name=_("Erinnerung, einen Einsatz zu bestätigen"),
            trigger=_("Einmal, wenn eine Bitte um Bestätigung 14 Tage ohne Antwort ist."),
            may_be_switched_off=True,
            sample=DEPLOYMENT,
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
        MailKind(
            key="message_received",
            name=_("Nachricht einer anderen Organisation"),
            trigger=_("Wenn eine andere Organisation Ihrer Organisation schreibt."),
            may_be_switched_off=True,
            sample={
                "organisation": "Musterstadt",
                "subject": "Rathausbote",
                "link": "https://marktplatz.example/nachrichten/1/",
            },
        ),
        MailKind(
            key="message_reported",
            name=_("Gemeldete Nachricht"),
            trigger=_("Wenn jemand eine Nachricht meldet, und Sie den Marktplatz verwalten."),
            may_be_switched_off=True,
            sample={
                "reason": _("Werbung"),
                "link": "https://marktplatz.example/admin/",
            },
        ),
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
            sample=SOLUTION,
        ),
        MailKind(
            key="need_overdue",
            name=_("Erinnerung an einen Bedarf"),
            trigger=_("Wenn der Termin eines Bedarfs vorbei ist, um den Sie sich kümmern."),
            may_be_switched_off=True,
            sample={
                "need": _("Anträge ohne Papier"),
                "due": _("3. Januar 2027"),
                "link": "https://marktplatz.example/bedarfe/1/",
            },
        ),
        MailKind(
            key="survey",
            name=_("Bedarfsabfrage"),
            trigger=_("Wenn eine Behörde Ihre Kommune nach ihren Bedarfen fragt."),
            may_be_switched_off=True,
            sample={
                "subject": _("Ihre Meinung ist gefragt"),
                "text": _("Guten Tag,\n\nwas braucht Ihre Verwaltung?"),
            },
        ),
        MailKind(
            key="alert",
            name=_("Neues, das passt"),
            trigger=_("Wenn etwas neu zu Ihren Suchen, Bedarfen oder Lösungen passt."),
            may_be_switched_off=True,
            sample={
                "news": _("Zu Ihrem Bedarf „Anträge ohne Papier“:\n– Rathausbote"),
                "settings_link": "https://marktplatz.example/benachrichtigungen/",
            },
        ),
        MailKind(
            key="field_invitation",
            name=_("Einladung zu einem Handlungsfeld"),
            trigger=_("Wenn eine Behörde Ihr Unternehmen zu einem Handlungsfeld einlädt."),
            may_be_switched_off=True,
            sample={
                "organisation": "Musterland",
                "field": _("Anträge ohne Papier"),
                "message": _("Guten Tag,\n\nkönnen Sie helfen?"),
                "link": "https://marktplatz.example/abfragen/einladungen/1/",
            },
        ),
        MailKind(
            key="field_outcome",
            name=_("Was aus einer Bedarfsabfrage wurde"),
            trigger=_("Einmal, wenn feststeht, was aus einem Bedarf Ihrer Kommune wurde."),
            may_be_switched_off=True,
            sample={
                "organisation": "Musterland",
                "survey": _("Bedarfsabfrage"),
                "field": _("Anträge ohne Papier"),
                "outcome": _("Drei Anbieter zeigen im Mai, was sie können."),
            },
        ),
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
        *APPLICATIONS,
        MailKind(
            key="test",
            name=_("Probe"),
            trigger=_("Wenn jemand aus der Verwaltung sich selbst eine Probe schickt."),
            may_be_switched_off=False,
            sample={"person": "admin@demo.example"},
        ),
    )
}
SWITCHABLE = [kind for kind in KINDS.values() if kind.may_be_switched_off]
