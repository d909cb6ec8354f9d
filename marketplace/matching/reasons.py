"""What speaks for a hit and what is missing, in words, from the facts kept with it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import get_language, gettext, ngettext

from profiles.models import Phase
from profiles.models.figures import grouped, price_in_words
from profiles.snapshot.market import Vocabulary

Facts = Mapping[str, Any]
HIGH = 0.5  # two standard deviations above the mean of what fits
CLOSE = 0.375  # one
REQUIREMENT_OF = {"price": "budget", "phase": "phase"}


class Reason(NamedTuple):
    text: str
    is_gap: bool = False


class Price(NamedTuple):
    price_model: str
    price_from_eur: int


class Names(NamedTuple):
    """Names of topics and standards."""

    topics: Mapping[int, str]
    standards: Mapping[str, str]

    @classmethod
    def of(cls, known: Vocabulary) -> "Names":
        """Return them in the language of the reader."""
        return _names(known, get_language())


@lru_cache(maxsize=4)
def _names(known: Vocabulary, language: str | None) -> Names:
    topics = {topic.pk: topic.name for topic in known.topics}
    return Names(topics, {row.key: row.name for row in known.standards})


def reasons(
    parts: Mapping[str, float], facts: Facts, names: Names, violations: Collection[str] = ()
) -> list[Reason]:
    """Return every reason, then every gap; there is always one.

    What tells of a violated requirement is a gap, however good it is besides.
    """
    found = list(_of_text(parts))
    for name, say in SAYINGS.items():
        said = say(facts[name], names)
        is_violated = REQUIREMENT_OF.get(name) in violations
        found += (reason._replace(is_gap=True) for reason in said) if is_violated else said
    return sorted(found, key=lambda reason: reason.is_gap)


def _of_text(parts: Mapping[str, float]) -> Iterator[Reason]:
    value = parts.get("meaning")
    if value is None:
        yield Reason(gettext("Verglichen sind nur die Wörter, nicht die Bedeutung"))
    elif value >= HIGH:
        yield Reason(gettext("Die Beschreibung passt weit besser als die der meisten"))
    elif value >= CLOSE:
        yield Reason(gettext("Die Beschreibung passt besser als die der meisten"))
    else:
        yield Reason(gettext("Die Beschreibung passt kaum besser als andere"), is_gap=True)
    if parts["words"] >= HIGH:
        yield Reason(gettext("Viele gemeinsame Wörter und Wortteile"))


def _topics(facts: Facts, names: Names) -> Iterator[Reason]:
    if not facts["asked"]:
        return
    if shared := [names.topics[pk] for pk in facts["shared"] if pk in names.topics]:
        topics = ", ".join(shared)
        text = ngettext("Gemeinsames Thema: %s", "Gemeinsame Themen: %s", len(shared))
        yield Reason(text % topics)
    elif facts["beside"]:
        yield Reason(gettext("Ein verwandtes Thema im selben Handlungsfeld"))
    else:
        yield Reason(gettext("Kein gemeinsames Thema"), is_gap=True)


def _phase(facts: Facts, names: Names) -> Iterator[Reason]:
    early = facts["phase"] in {Phase.P1, Phase.P2}
    yield Reason(str(Phase(facts["phase"]).label), is_gap=early)
    if met := facts.get("met"):
        text = gettext("Nach eigener Sicht des Anbieters sind die Kriterien von %s erfüllt") % met
        if facts["confirmed"]:
            text += gettext(", von Kommunen im Einsatz bestätigt")
        yield Reason(text)


def _evidence(facts: Facts, names: Names) -> Iterator[Reason]:
    if not facts["all"]:
        yield Reason(gettext("Noch kein bestätigter Einsatz"), is_gap=True)
        return
    if facts["alike"]:
        text = ngettext(
            "%(count)s bestätigter Einsatz in Kommunen mit %(size)s Einwohner:innen",
            "%(count)s bestätigte Einsätze in Kommunen mit %(size)s Einwohner:innen",
            facts["alike"],
        ) % {"count": facts["alike"], "size": _size(facts)}
        if facts["both"]:
            text += _there(facts, facts["both"], facts["alike"])
        yield Reason(text)
        return
    text = ngettext("%s bestätigter Einsatz", "%s bestätigte Einsätze", facts["all"]) % facts["all"]
    if facts["near"]:
        text += _there(facts, facts["near"], facts["all"])
    yield Reason(text)
    if facts["low"] is not None:
        yield Reason(gettext("Kein Einsatz in einer Kommune ähnlicher Größe"), is_gap=True)


def _there(facts: Facts, count: int, total: int) -> str:
    """How many of them are in the state of the municipality that asks."""
    state: str = facts["state"][0 if get_language() == "de" else 1]
    if count < total:
        return gettext(", davon %(count)s in %(state)s") % {"count": count, "state": state}
    return ngettext(", in %s", ", alle in %s", total) % state


def _size(facts: Facts) -> str:
    low, high = (
        bound if bound is None else grouped(bound)
        for bound in (facts["low"], facts["high"] and facts["high"] + 1)
    )
    return f"{low}–{high}" if high else gettext("mindestens %s") % low


def _standards(facts: Facts, names: Names) -> Iterator[Reason]:
    for key in facts["met"]:
        yield Reason(gettext("%s vorhanden (gewünscht)") % names.standards.get(key, key))
    for key in facts["missing"]:
        name = names.standards.get(key, key)
        yield Reason(gettext("%s fehlt (gewünscht)") % name, is_gap=True)


def _price(facts: Facts, names: Names) -> Iterator[Reason]:
    if facts["eur"] is None:
        yield Reason(gettext("Preis nur auf Anfrage"), is_gap=True)
        return
    price = Price(facts.get("model", ""), facts["eur"])  # kept without model before there was one
    words = price_in_words(price)
    told = {"price": words[:1].upper() + words[1:], "limit": grouped(facts["limit"] or 0)}
    if facts["limit"] is None or not facts["eur"]:
        yield Reason(told["price"])
    elif facts["eur"] <= facts["limit"]:
        yield Reason(gettext("%(price)s: bis zur Grenze für Direktaufträge (%(limit)s €)") % told)
    else:
        text = gettext("%(price)s: über der Grenze für Direktaufträge (%(limit)s €)")
        yield Reason(text % told, is_gap=True)


def _freshness(facts: Facts, names: Names) -> Iterator[Reason]:
    if facts["days"] > 365:
        yield Reason(gettext("Angaben seit über einem Jahr nicht geändert"), is_gap=True)


SAYINGS: dict[str, Callable[[Facts, Names], Iterator[Reason]]] = {
    "topics": _topics,
    "evidence": _evidence,
    "standards": _standards,
    "price": _price,
    "phase": _phase,
    "freshness": _freshness,
}
