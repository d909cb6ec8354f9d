"""The mails about needs, needs surveys and what fits."""

from django.utils.translation import gettext_lazy as _

from profiles.mail.kinds.kind import MailKind, Subject

DEMAND = Subject(
    name=_("Bedarfe, Abfragen und was dazu passt"),
    kinds=(
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
    ),
)
