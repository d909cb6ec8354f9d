"""The mails about messages between organisations."""

from django.utils.translation import gettext_lazy as _

from profiles.mail.kinds.kind import MailKind, Subject

CONTACT = Subject(
    name=_("Nachrichten"),
    kinds=(
        MailKind(
            key="message_received",
            name=_("Nachricht einer anderen Organisation"),
            trigger=_("Wenn eine andere Organisation Ihrer Organisation schreibt."),
            may_be_switched_off=True,
            sample={
                "organisation": "Musterstadt",
                "about": "Rathausbote",
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
    ),
)
