"""The mails about an account, and to whoever tries the mail out."""

from django.utils.translation import gettext_lazy as _

from profiles.mail.kinds.kind import MailKind, Subject

ACCOUNTS = Subject(
    name=_("Konto"),
    kinds=(
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
            key="test",
            name=_("Probe"),
            trigger=_("Wenn jemand aus der Verwaltung sich selbst eine Probe schickt."),
            may_be_switched_off=False,
            sample={"person": "admin@demo.example"},
        ),
    ),
)
