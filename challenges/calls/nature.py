"""What a challenge is and is not, told from the basis of its procedure."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from challenges.calls.models import Challenge
from challenges.procurement.models import Procedure


class Nature(TextChoices):
    OPEN = "open", _("Challenge")
    EXPLORATION = "exploration", _("Markterkundung")
    COMPETITION = "competition", _("Wettbewerb")
    SMALL_AWARD = "small_award", _("Vergabe unter der EU-Schwelle")
    ABOVE = "above", _("Vorbereitung einer förmlichen Vergabe")

    @property
    def reason(self) -> str | Promise:
        return REASONS[self]


REASONS: dict[str, str | Promise] = {
    Nature.OPEN: _("Der Vergabeweg steht noch nicht fest."),
    Nature.EXPLORATION: _(
        "Die ausschreibende Stelle lernt den Markt kennen. Daraus folgt kein Auftrag; wer "
        "mitmacht, hat in einem späteren Verfahren weder Vor- noch Nachteil."
    ),
    Nature.COMPETITION: _(
        "Ein Wettbewerb um Ideen oder Prototypen. Der Preis steht fest; ein Auftrag danach ist "
        "eine eigene Entscheidung nach Vergaberecht."
    ),
    Nature.SMALL_AWARD: _(
        "Der geschätzte Wert liegt unter der EU-Schwelle. Es gelten die Regeln des Landes, die "
        "unten genannt sind."
    ),
    Nature.ABOVE: _(
        "Der geschätzte Wert erreicht die EU-Schwelle. Vergeben wird in einem förmlichen Verfahren "
        "auf einer E-Vergabe-Plattform; dieser Marktplatz ersetzt sie nicht und nimmt dafür keine "
        "Angebote entgegen."
    ),
}
BY_KEY = {"markterkundung": Nature.EXPLORATION, "wettbewerb": Nature.COMPETITION}
BY_REGIME = {
    Procedure.Regime.ABOVE: Nature.ABOVE,
    Procedure.Regime.BEFORE: Nature.EXPLORATION,
}


def nature_of(challenge: Challenge) -> Nature:
    facts = challenge.procedure_facts
    if not facts:
        return Nature.OPEN
    limit = facts.get("threshold", {}).get("sub_central_eur")
    is_named = BY_KEY.get(facts["key"])
    if is_named is not None:
        return is_named
    if limit is not None and challenge.budget_eur is not None and challenge.budget_eur >= limit:
        return Nature.ABOVE
    return BY_REGIME.get(facts["regime"], Nature.SMALL_AWARD)
