"""What would bring a solution further up for a need, in words."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from challenges.models import Need
from challenges.needs.requirements import REQUIREMENTS
from marketplace.matching.placing import Place
from marketplace.matching.scoring import Facts
from marketplace.matching.weights import Share
from profiles.models import Phase, Solution, Standard, StandardClaim

NOTEWORTHY = 0.1  # so far behind the first ten is worth a word


class Part(NamedTuple):
    """A part of the ranking: what it counts, own percent and that of the first ten."""

    share: Share
    own: int
    top: int


class Advice(NamedTuple):
    about: str | Promise
    text: str


def parts_of(found: Place) -> list[Part]:
    own, top = found.own.parts, found.top
    return [
        Part(share, round(100 * own[share.part]), round(100 * top[share.part]))
        for share in found.shares
    ]


def advice_of(found: Place) -> list[Advice]:
    """Return what would help, said once for all parts that it would help in."""
    parts: dict[str, list[str]] = {}
    for share in found.shares:
        if text := _advice(share.part, found):
            parts.setdefault(text, []).append(str(share.name))
    return [Advice(", ".join(names), text) for text, names in parts.items()]


def _advice(part: str, found: Place) -> str:
    own, top = found.own.parts[part], found.top[part]
    is_missing = part in NEVER_ENOUGH and own < 1
    if own >= top - NOTEWORTHY and not is_missing:
        return ""
    return ADVICE[part](found.own.facts.get(part, {}))


def _text(facts: Facts) -> str:
    return _(
        "Sagen Sie in Titel und ersten Sätzen mit den Worten der Verwaltung, "
        "welches Problem die Lösung löst – nur, was stimmt."
    )


def _topics(facts: Facts) -> str:
    if not facts["asked"]:
        return ""
    return _("Der Bedarf nennt Themen, die bei Ihrer Lösung fehlen. Ergänzen Sie, was zutrifft.")


def _phase(facts: Facts) -> str:
    return _("Erprobteres steht höher. Ist die Lösung weiter, als im Profil steht?")


def _evidence(facts: Facts) -> str:
    return _(
        "Bitten Sie Kommunen, ihren Einsatz zu bestätigen, am besten solche von ähnlicher Größe "
        "oder aus demselben Bundesland."
    )


def _standards(facts: Facts) -> str:
    standards = Standard.objects.filter(key__in=facts["missing"])
    missing = ", ".join(str(standard) for standard in standards)
    return _("Gewünscht und nicht angegeben: %s") % missing if missing else ""


def _price(facts: Facts) -> str:
    if facts["eur"] is None:
        return _("Nennen Sie einen Preis; „auf Anfrage“ zählt wenig.")
    limit, budget = facts["limit"], facts["budget"]
    if limit is None or facts["eur"] <= limit:
        return ""
    if budget is not None and budget < limit:
        return ""  # a package up to the limit would be too dear all the same
    amount = number_format(limit, force_grouping=True)
    return _("Ein kleineres Paket bis %s € ließe einen Direktauftrag zu.") % amount


def _freshness(facts: Facts) -> str:
    return _("Sehen Sie Ihre Angaben durch und bringen Sie sie auf den neuesten Stand.")


ADVICE: dict[str, Callable[[Facts], str]] = {
    "meaning": _text,
    "words": _text,
    "field": _text,
    "topics": _topics,
    "phase": _phase,
    "evidence": _evidence,
    "standards": _standards,
    "price": _price,
    "freshness": _freshness,
}
NEVER_ENOUGH = {"standards"}


def violations_of(need: Need, solution: Solution, found: Place, *, on: date) -> list[Advice]:
    says = {
        "standards": lambda: _missing_standards(need, solution, on=on),
        "hosting": lambda: _("Gefragt ist: %s") % ", ".join(need.hosting_labels),
        "licence": lambda: _("Gefragt ist: %s") % need.get_licence_display(),
        "budget": lambda: _("Das Budget endet bei %s € je Jahr.") % need.max_budget_label,
        "phase": lambda: _("Gefragt ist mindestens %s.") % Phase(need.min_phase).label,
        "place": lambda: _(
            "Ihre Lösung wird dort oder für Kommunen dieser Größe nicht angeboten. "
            "Stimmt das noch, so ist nichts zu tun."
        ),
    }
    return [Advice(REQUIREMENTS[name], says[name]()) for name in found.violated]


def _missing_standards(need: Need, solution: Solution, *, on: date) -> str:
    valid = StandardClaim.objects.valid(on=on).filter(solution=solution)
    missing = need.standards.exclude(pk__in=valid.values("standard"))
    return _("Ohne gültige Angabe: %s") % ", ".join(str(standard) for standard in missing)
