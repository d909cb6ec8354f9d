"""Every kind of mail that the marketplace sends: one entry here, two templates in templates/mail/.

`<key>.txt` fills the blocks `subject` and `text` of its layout, `<key>.html` those of its own. What
they say differs from mail to mail by `context` alone, which holds short texts; addresses in it are
whole ones. `sample` has the same keys: the preview in the administration shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class MailKind:
    key: str
    name: Text
    trigger: Text  # when it is sent, in a sentence
    may_be_switched_off: bool
    sample: Mapping[str, Text] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"mail/{self.key}"


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
            key="test",
            name=_("Probe"),
            trigger=_("Wenn jemand aus der Verwaltung sich selbst eine Probe schickt."),
            may_be_switched_off=False,
            sample={"person": "admin@demo.example"},
        ),
    )
}
SWITCHABLE = [kind for kind in KINDS.values() if kind.may_be_switched_off]
