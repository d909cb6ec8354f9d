"""The texts of a publiccode.yml: which language, and which of our fields."""

from typing import Any

from django.utils.translation import gettext as _

from profiles.publiccode import terms
from profiles.publiccode.reports import Report
from profiles.publiccode.values import Source, clean, longest, texts
from profiles.publiccode.vocabulary import Vocabulary

# How our further texts stand in a long description, so that they can be told apart again.
HEADINGS = {"benefit": "**Nutzen für Bürger:innen**", "interfaces": "**Schnittstellen**"}
FEATURES = "Funktionen:"


def describe(source: Source, words: Vocabulary, report: Report) -> None:
    language, said = _preferred(source, report)
    where = f"description/{language}"
    title = _text(said, "localisedName") or source.text("name")
    _take_short(
        report, "title", title, f"{where}/localisedName" if said.get("localisedName") else "name"
    )
    _take_short(report, "tagline", _text(said, "shortDescription"), f"{where}/shortDescription")
    parts = _parts(_text(said, "longDescription"))
    features = _topics_among(texts(said.get("features")), words, report, where)
    if features:
        listed = "\n".join([FEATURES, *(f"– {feature}" for feature in features)])
        parts["summary"] = "\n\n".join(part for part in (parts["summary"], listed) if part)
    for field, text in parts.items():
        if text:
            key = f"{where}/longDescription"
            also = f", {where}/features" if field == "summary" and features else ""
            report.take(field, text, text, key + also)
    _rest(said, where, report)


def _preferred(source: Source, report: Report) -> tuple[str, dict[str, Any]]:
    """Return the German texts, else the English ones, else the first."""
    sections = source.value("description")
    found = {
        str(name): section
        for name, section in (sections.items() if isinstance(sections, dict) else ())
        if isinstance(section, dict)
    }
    if not found:
        report.warnings.append(_("Der Abschnitt „description“ fehlt oder ist leer."))
        return "de", {}
    codes = sorted(found, key=lambda code: (_rank(code), list(found).index(code)))
    if _rank(codes[0]):
        report.warnings.append(
            _("Die Datei hat keine deutschen Texte. Bitte übersetzen Sie sie im Entwurf.")
        )
    for code in codes[1:]:
        report.leave(f"description/{code}"[:80], _("Wir übernehmen eine Sprache."))
    return codes[0][:20], found[codes[0]]


def _rank(code: str) -> int:
    return {"de": 0, "deu": 0, "en": 1, "eng": 1}.get(code.lower().partition("-")[0], 2)


def _text(said: dict[str, Any], key: str) -> str:
    value = said.get(key)
    return clean(value) if isinstance(value, str) else ""


def _parts(text: str) -> dict[str, str]:
    """Take a long description apart where our own export has put it together."""
    field = "summary"
    fields = {heading: name for name, heading in HEADINGS.items()}
    lines: dict[str, list[str]] = {name: [] for name in ("summary", *HEADINGS)}
    for line in text.splitlines():
        if line.strip() in fields:
            field = fields[line.strip()]
        else:
            lines[field].append(line.rstrip())
    return {name: "\n".join(found).strip() for name, found in lines.items()}


def _topics_among(features: list[str], words: Vocabulary, report: Report, where: str) -> list[str]:
    """Take the features that are our topics, and return the others."""
    keys = [words.topic_by_name.get(feature.casefold()) for feature in features]
    topics = list(dict.fromkeys(key for key in keys if key))
    if topics:
        shown = ", ".join(words.topics[key] for key in topics)
        report.take("topics", topics, shown, f"{where}/features")
    return [feature for feature, key in zip(features, keys, strict=True) if not key]


def _take_short(report: Report, field: str, text: str, key: str) -> None:
    """Take one line, cut where the field ends."""
    line = " ".join(text.split())
    most = longest(field)
    if len(line) > most:
        report.warnings.append(
            _("„%(key)s“ ist länger als %(most)s Zeichen und wurde gekürzt.")
            % {"key": key, "most": most}
        )
        line = f"{line[: most - 1].rstrip()}…"
    if line:
        report.take(field, line, line, key)


def _rest(said: dict[str, Any], where: str, report: Report) -> None:
    taken = {"localisedName", "shortDescription", "longDescription", "features"}
    reasons = {"screenshots": _("Bilder laden Sie auf der Seite „Dateien“ hoch; wir holen keine.")}
    general = _("Dafür gibt es hier kein Feld.")
    for key in map(str, said):
        if key not in terms.KNOWN_BELOW["description"]:
            report.unknown.append(f"{where}/{key}"[:80])
        elif key not in taken:
            report.leave(f"{where}/{key}", reasons.get(key, general))
        if key == "genericName":
            report.warnings.append(_("„%(key)s“ ist veraltet.") % {"key": f"{where}/{key}"})
