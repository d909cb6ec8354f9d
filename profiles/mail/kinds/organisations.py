"""The mails about an organisation and its members."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from profiles.mail.kinds.kind import MailKind, Subject, Text

ORGANISATION: Mapping[str, Text] = {
    "organisation": "Musterstadt",
    "link": "https://marktplatz.example/organisationen/musterstadt/",
}

ORGANISATIONS = Subject(
    name=_("Organisationen"),
    kinds=(
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
    ),
)
