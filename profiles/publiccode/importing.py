"""Read a publiccode.yml into the fields of a solution, and say what became of each key.

Lenient about form (one value or a list, older names), strict about meaning: what is not beyond
doubt is left out with the reason. The file is a stranger's text, so that nothing in it may be
of the expected type.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from profiles.models.scales import Licence, Phase
from profiles.models.solutions import Solution
from profiles.models.standards import StandardClaim
from profiles.publiccode import terms
from profiles.publiccode.describing import describe
from profiles.publiccode.reports import Left, Report
from profiles.publiccode.values import Source, longest, texts
from profiles.publiccode.vocabulary import Vocabulary
from profiles.publiccode.yaml import read


def report_on(text: str, words: Vocabulary) -> Report:
    """Return what the text gives; raises UnreadableError when it is no publiccode.yml at all."""
    source = Source(read(text))
    report = Report()
    _version(source, report)
    describe(source, words, report)
    for step in (_status, _licence, _technology, _topics, _supports, _languages):
        step(source, words, report)
    report.left += _left(source)
    report.unknown += _unknown(source)
    report.warnings += _warnings(source, report)
    return report


def _version(source: Source, report: Report) -> None:
    said = source.text("publiccodeYmlVersion") or source.text("publiccode-yaml-version")
    report.version = said
    short = ".".join(said.split(".")[:2])
    if not said:
        report.warnings.append(
            _("Die Fassung fehlt (publiccodeYmlVersion). Wir haben wie bei 0.7 gelesen.")
        )
    elif short not in terms.VERSIONS:
        report.warnings.append(
            _("Die Fassung %(version)s kennen wir nicht. Wir haben gelesen, was wie in 0.7 heißt.")
            % {"version": said[:20]}
        )


def _status(source: Source, words: Vocabulary, report: Report) -> None:
    said = source.text("developmentStatus")
    if said in terms.PHASES:
        phase = Phase(terms.PHASES[said])
        report.take("phase", str(phase), str(phase.label), "developmentStatus")
    elif said:
        reason = _("„%(value)s“ entspricht keiner Phase.") % {"value": said[:40]}
        report.leave("developmentStatus", reason)


def _licence(source: Source, words: Vocabulary, report: Report) -> None:
    """Whoever publishes code with such a file offers open source; the licence says which."""
    said = source.text("legal", "license")
    if not said:
        return
    report.take(
        "licence", str(Licence.OPEN_SOURCE), str(Licence.OPEN_SOURCE.label), "legal/license"
    )
    if len(said) <= longest("spdx_licence"):
        report.take("spdx_licence", said, said, "legal/license")
    address = source.text("url")
    if address.startswith(("https://", "http://")) and len(address) <= 200:
        report.take("repository_url", address, address, "url")
    elif address:
        report.leave("url", _("Das ist keine Adresse, die mit https:// beginnt."))


def _technology(source: Source, words: Vocabulary, report: Report) -> None:
    found: dict[str, str] = {}
    for platform in texts(source.value("platforms")):
        if key := terms.PLATFORM_TAGS.get(platform.lower()):
            found.setdefault(key, "platforms")
    if key := terms.TYPE_TAGS.get(source.text("softwareType")):
        found.setdefault(key, "softwareType")
    keys = [key for key in found if key in words.tags]
    if keys:
        shown = ", ".join(words.tags[key] for key in keys)
        report.take("technology_tags", keys, shown, ", ".join(sorted(set(found.values()))))


def _topics(source: Source, words: Vocabulary, report: Report) -> None:
    """Topics by their own names among the features, else by categories that mean one."""
    if "topics" in report.data:
        return
    name = "categories" if source.value("categories") else "tags"
    said = texts(source.value(name))
    keys = list(dict.fromkeys(terms.CATEGORIES.get(word, "") for word in said))
    keys = [key for key in keys if key in words.topics]
    if keys:
        report.take("topics", keys, ", ".join(words.topics[key] for key in keys), name)
        report.warnings.append(
            _("Die Themen stammen aus den Kategorien der Datei. Bitte prüfen Sie, ob sie passen.")
        )
    others = [word for word in said if terms.CATEGORIES.get(word) not in words.topics]
    if others:
        reason = _("Dazu gibt es hier kein eindeutiges Thema: %(values)s") % {
            "values": ", ".join(others)[:200]
        }
        report.leave(name, reason)


def _supports(source: Source, words: Vocabulary, report: Report) -> None:
    claims, others = [], []
    entries = source.value("supports")
    for entry in entries if isinstance(entries, list) else []:
        said = str(entry.get("id", "")) if isinstance(entry, dict) else str(entry)
        key = terms.SUPPORTS.get(said)
        if key in words.standards:
            claims.append(key)
        elif said:
            others.append(said)
    if claims:
        status = str(StandardClaim.Status.SELF_DECLARED)
        keys = list(dict.fromkeys(claims))
        data = [{"standard": key, "status": status} for key in keys]
        report.take("claims", data, ", ".join(words.standards[key] for key in keys), "supports")
    if others:
        reason = _("Bitte wählen Sie selbst, welchen Standard Sie meinen: %(values)s") % {
            "values": ", ".join(others)[:200]
        }
        report.leave("supports", reason)


def _languages(source: Source, words: Vocabulary, report: Report) -> None:
    said = texts(source.value("localisation", "availableLanguages"))
    if not said:
        return
    other = str(Solution.Language.OTHER)
    keys = list(dict.fromkeys(_language(tag) or other for tag in said))
    shown = ", ".join(str(Solution.Language(key).label) for key in keys)
    report.take("languages", keys, shown, "localisation/availableLanguages")


def _language(tag: str) -> str | None:
    tag = tag.lower()
    return terms.LANGUAGES.get(tag) or terms.LANGUAGES.get(tag.partition("-")[0])


def _left(source: Source) -> Iterator[Left]:
    """The keys of the standard that have no place here, each with the reason."""
    reasons = {
        "landingURL": _("Ihre Website steht beim Anbieter; die Seite der Lösung ist diese hier."),
        "usedBy": _("Referenzen bestätigen die Kommunen selbst."),
        "maintenance": _("Ansprechpersonen stehen beim Anbieter, nicht bei der Lösung."),
        "organisation": _("Die Lösung gehört zu Ihrer Organisation."),
        "organizationUri": _("Die Lösung gehört zu Ihrer Organisation."),
        "logo": _("Bilder laden Sie auf der Seite „Dateien“ hoch; wir holen keine."),
        "monochromeLogo": _("Bilder laden Sie auf der Seite „Dateien“ hoch; wir holen keine."),
        "intendedAudience": _("Regionen wählen Sie selbst; leer bedeutet bundesweit."),
        "it": _("Angaben nach italienischem Recht."),
        "IT": _("Angaben nach italienischem Recht."),
    }
    general = _("Dafür gibt es hier kein Feld.")
    for key in source.data:
        if key in reasons:
            yield Left(key, reasons[key])
        elif key in terms.KNOWN - terms.READ:
            yield Left(key, general)


def _unknown(source: Source) -> Iterator[str]:
    for key, value in source.data.items():
        known = terms.KNOWN_BELOW.get(key)
        if key not in terms.KNOWN:
            yield key[:80]
        elif known and isinstance(value, dict) and key != "description":
            yield from (f"{key}/{name}"[:80] for name in map(str, value) if name not in known)


def _warnings(source: Source, report: Report) -> Iterator[str]:
    for old, new in terms.GIVEN_UP.items():
        if old in source.data:
            yield _("„%(old)s“ ist veraltet, heute heißt es „%(new)s“.") % {"old": old, "new": new}
    if source.text("developmentStatus") == "obsolete":
        yield _("Die Datei nennt die Software veraltet (obsolete).")
    countries = [code.upper() for code in texts(source.value("intendedAudience", "countries"))]
    if countries and "DE" not in countries:
        yield _("Deutschland steht nicht unter den Ländern, für die die Software gedacht ist.")
    if not report.data:
        yield _("In dieser Datei steht nichts, was wir übernehmen können.")
