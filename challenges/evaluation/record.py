"""The procurement record (Vergabevermerk): every step, time, person and reason."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from challenges.calls.models import Challenge
from challenges.calls.nature import nature_of
from challenges.evaluation import consensus
from challenges.evaluation.judging import submissions_of
from challenges.evaluation.models import AgreedScore, Declaration, Score
from profiles import documents, tables

Row = tuple[str, str, str, str, str]  # section, what, value, who and when, reason


def rows(challenge: Challenge) -> Iterator[Row]:
    yield from _facts(challenge)
    yield from _steps(challenge)
    yield from _received(challenge)
    yield from _declared(challenge)
    yield from _scored(challenge)
    yield from _ranked(challenge)


def _facts(challenge: Challenge) -> Iterator[Row]:
    section, facts = _("Gegenstand"), challenge.procedure_facts
    name = facts.get("name_en" if _is_english() else "name_de") or challenge.procedure
    yield section, _("Ausschreibende Stelle"), challenge.organisation.name, "", ""
    yield section, _("Art"), str(nature_of(challenge).label), "", str(nature_of(challenge).reason)
    yield section, _("Vergabeweg"), str(name), "", str(facts.get("legal_basis", ""))
    if challenge.budget_eur is not None:
        yield section, _("Budget (Euro, netto)"), _euros(challenge.budget_eur), "", ""
    for one in challenge.criteria.all():
        yield section, _("Kriterium"), one.label, _weight(one.weight), one.description


def _steps(challenge: Challenge) -> Iterator[Row]:
    section = _("Schritte")
    steps = [
        (row.at, 0, row.pk, row.get_action_display(), row.by, row.reason)
        for row in challenge.log.select_related("by")
    ]
    steps += [
        (row.at, 1, row.pk, row.get_kind_display(), row.by, row.note)
        for row in challenge.seal_log.select_related("by")
    ]
    steps += [
        (row.at, 2, row.pk, row.get_kind_display(), row.by, row.note)
        for row in challenge.panel_log.select_related("by")
    ]
    for at, _kind, _pk, what, by, reason in sorted(steps, key=lambda step: step[:3]):
        who = str(by) if by else _("durch Zeitablauf")
        yield section, what, moment(at), who, reason


def _received(challenge: Challenge) -> Iterator[Row]:
    for row in submissions_of(challenge).order_by("received_at", "pk"):
        name, price = str(row.application.organisation), _euros(row.content["total_eur"])
        yield _("Bewerbungen"), name, moment(row.received_at), price, f"SHA-256 {row.checksum}"


def _declared(challenge: Challenge) -> Iterator[Row]:
    of_panel = Declaration.objects.filter(reviewer__panel=challenge.pk)
    for row in of_panel.select_related("reviewer__user", "application__organisation"):
        value = _("befangen") if row.has_conflict else _("nicht befangen")
        who = f"{row.reviewer}, {moment(row.at)}"
        yield _("Interessenkonflikte"), str(row.application.organisation), value, who, row.note


def _scored(challenge: Challenge) -> Iterator[Row]:
    own = Score.objects.filter(declaration__reviewer__panel=challenge.pk)
    for one in own.select_related(
        "declaration__reviewer__user", "declaration__application__organisation", "criterion"
    ):
        sheet = one.declaration
        locked = sheet.reviewer.locked_at
        when = moment(locked) if locked else _("nicht abgeschlossen, zählt nicht")
        what = f"{sheet.application.organisation}: {one.criterion.label}"
        who = f"{sheet.reviewer}, {when}"
        yield _("Einzelbewertungen"), what, str(one.points), who, one.reason
    agreed = AgreedScore.objects.filter(application__challenge=challenge.pk)
    for row in agreed.select_related("by", "application__organisation", "criterion"):
        what = f"{row.application.organisation}: {row.criterion.label}"
        who = f"{row.by}, {moment(row.at)}"
        yield _("Gemeinsame Bewertung"), what, str(row.points), who, row.reason


def _ranked(challenge: Challenge) -> Iterator[Row]:
    criteria = list(challenge.criteria.all())
    ranked = consensus.results(challenge)
    for row in ranked:
        name = f"{row.place.number}. {row.submission.application.organisation}"
        points = "; ".join(
            f"{one.label} {number(given)}" for one, given in zip(criteria, row.points, strict=True)
        )
        tied = _("Gleichstand, nach der Regel geordnet") if row.place.is_tied else ""
        yield _("Rangfolge"), name, number(row.place.total), points, tied
    for change in consensus.changes(challenge, ranked):
        what = f"{change.criterion.label}: {_weight(change.weight)}"
        other = _("ein anderer Ausgang") if change.is_other else _("derselbe Ausgang")
        yield _("Andere Gewichte"), what, change.winner, other, ""


def _euros(amount: str | int | Decimal) -> str:
    return f"{floatformat(amount, '-2g')} €"


def _weight(weight: Fraction | int) -> str:
    return _("Gewicht %(weight)s") % {"weight": number(weight)}


def number(value: Fraction | int) -> str:
    """Two places, without zeros at the end; a comma in German."""
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return text if _is_english() else text.replace(".", ",")


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def moment(at: datetime) -> str:
    local = localtime(at)
    return f"{date_format(local, 'SHORT_DATE_FORMAT')} {local:%H:%M:%S}"


def pdf(challenge: Challenge, *, at: datetime) -> bytes:
    head = [_("Was"), _("Wert oder Zeitpunkt"), _("Wer"), _("Grund oder Anmerkung")]
    blocks: list[documents.Block] = [documents.Paragraph(_made_at(at))]
    for section, found in groupby(rows(challenge), key=lambda row: row[0]):
        blocks += [documents.Heading(section), documents.Table(head, [row[1:] for row in found])]
    title = _("Vergabevermerk: %(title)s") % {"title": challenge.title}
    return documents.render(title, blocks, get_language() or "de")


def xlsx(challenge: Challenge, *, at: datetime) -> bytes:
    head = (_("Abschnitt"), _("Was"), _("Wert oder Zeitpunkt"), _("Wer"), _("Grund oder Anmerkung"))
    body = ([tables.harmless(cell) for cell in row] for row in rows(challenge))
    about = [[challenge.title, _made_at(at)]]
    return tables.as_xlsx([head, *body], _("Vergabevermerk"), columns=len(head), about=about)


def _made_at(at: datetime) -> str:
    return _(
        "Erstellt am %(when)s aus den Protokollen, die niemand ändern kann, und den Bewertungen."
    ) % {"when": moment(at)}
