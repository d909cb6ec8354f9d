"""The council report: one to three pages for people who decide, and a table for those who check."""

from collections.abc import Iterator
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from criteria.assessments.ratings import Rating
from criteria.assessments.readiness import Readiness
from criteria.assessments.results import Results
from criteria.assessments.sharing import Letterhead
from profiles import documents
from profiles.tables import Cell, as_xlsx, harmless

FIRST_STEPS = 6
MOST_RISKS = 6


def formula() -> str:
    """How readiness is computed, in a sentence for everybody."""
    return _(
        "Jedes Kriterium zählt gleich: erfüllt 1, teilweise ½, nicht erfüllt 0. Was nicht "
        "zutrifft, zählt nicht mit. Noch Unbekanntes gilt nicht als „nicht erfüllt“: Die erste "
        "Zahl ist sicher, die zweite wäre erreicht, wenn alles Unbekannte erfüllt ist."
    )


def reservation() -> str:
    return _("Eine Selbsteinschätzung der Organisation; niemand sonst hat sie geprüft.")


def pdf(results: Results, *, on: date) -> bytes:
    """Return the paper; it is German, whoever reads the page in what language."""
    with translation.override("de"):
        title = _("Ratsbericht: %(title)s") % {"title": results.assessment.title}
        letterhead = Letterhead.objects.of(results.assessment.organisation)
        blocks = [*_blocks(results, on), *_foot(letterhead)]
        return documents.render(
            title, blocks, "de", letterhead=letterhead.on_paper() if letterhead else None
        )


def sample(letterhead: Letterhead) -> bytes:
    """Return a paper that shows the letterhead and nothing else."""
    with translation.override("de"):
        blocks = [
            documents.Paragraph(_("So beginnt jeder Ratsbericht.")),
            documents.Heading(_("Ausgangslage")),
            documents.Paragraph(_("Hier steht, worum es geht.")),
            documents.Heading(_("Beschlussvorschlag")),
            documents.Paragraph(_("Hier steht, worüber der Rat entscheidet.")),
            *_foot(letterhead),
        ]
        title = _("Ratsbericht: Muster")
        return documents.render(title, blocks, "de", letterhead=letterhead.on_paper())


def _foot(letterhead: Letterhead | None) -> Iterator[documents.Block]:
    if letterhead and letterhead.foot:
        yield documents.Paragraph(letterhead.foot)


def _blocks(results: Results, on: date) -> Iterator[documents.Block]:
    assessment = results.assessment
    facts = _("%(organisation)s · %(phase)s · Stand: %(date)s · %(catalogue)s") % {
        "organisation": assessment.organisation.name,
        "phase": assessment.get_phase_display(),
        "date": date_format(on, "DATE_FORMAT"),
        "catalogue": assessment.catalogue,
    }
    yield documents.Paragraph(facts)
    yield documents.Heading(_("Ausgangslage"))
    yield documents.Paragraph(assessment.situation or _("Dazu steht hier noch nichts."))
    if roles := ", ".join(role.name for role in assessment.roles):
        yield documents.Paragraph(_("Es wirken mit: %(roles)s") % {"roles": roles})
    yield from _readiness(results)
    yield documents.Heading(_("Beschlussvorschlag"))
    yield documents.Paragraph(assessment.decision or _("Ein Vorschlag ist noch nicht formuliert."))
    yield from _risks(results)
    yield from _next_steps(results)
    yield documents.Paragraph(reservation())


def _readiness(results: Results) -> Iterator[documents.Block]:
    yield documents.Heading(_("Reifegrad"))
    phase = results.assessment.get_phase_display()
    told = _("Von dem, was bis %(phase)s fällig ist und durchgehend gilt: %(range)s.")
    yield documents.Paragraph(told % {"phase": phase, "range": results.overall.label})
    rows = [[bar.label, bar.readiness.label, counted(bar.readiness)] for bar in results.by_phase]
    yield documents.Table([_("Phase"), _("Reifegrad"), _("Kriterien")], rows)
    yield documents.Paragraph(formula())


def counted(readiness: Readiness) -> str:
    """The counts behind the figure, in words."""
    return _(
        "%(met)s erfüllt, %(partly)s teilweise, %(not_met)s nicht erfüllt, %(unknown)s unbekannt"
    ) % {
        "met": readiness.met,
        "partly": readiness.partly,
        "not_met": readiness.not_met,
        "unknown": readiness.unknown,
    }


def _risks(results: Results) -> Iterator[documents.Block]:
    yield documents.Heading(_("Risiken"))
    if results.assessment.risks:
        yield documents.Paragraph(results.assessment.risks)
    if results.blockers:
        yield documents.Paragraph(_("Vor der nächsten Phase ist zu klären:"))
        yield documents.Items([_line(each) for each in results.blockers[:MOST_RISKS]])
    if (rest := len(results.blockers) - MOST_RISKS) > 0:
        yield documents.Paragraph(_("Und %(rest)s weitere.") % {"rest": rest})
    if count := len(results.unclear):
        told = ngettext(
            "Noch unbekannt ist %(count)s Kriterium, das bis jetzt fällig ist.",
            "Noch unbekannt sind %(count)s Kriterien, die bis jetzt fällig sind.",
            count,
        )
        yield documents.Paragraph(told % {"count": count})


def _line(rating: Rating) -> str:
    return f"{rating.criterion.title} ({rating.get_value_display()})"


def _next_steps(results: Results) -> Iterator[documents.Block]:
    yield documents.Heading(_("Nächste Schritte"))
    if results.assessment.next_steps:
        yield documents.Paragraph(results.assessment.next_steps)
    steps = results.roadmap[:FIRST_STEPS]
    if steps:
        yield documents.Items([_step(rating) for rating in steps])
    else:
        yield documents.Paragraph(_("Nichts ist offen."))


def _step(rating: Rating) -> str:
    due = _("bis %(date)s") % {"date": date_format(rating.due_on)} if rating.due_on else ""
    name = rating.criterion.milestone_name
    milestone = _("Meilenstein: %(name)s") % {"name": name} if name else ""
    said = ", ".join(filter(None, [milestone, rating.target, due]))
    return f"{rating.criterion.title} ({said})" if said else rating.criterion.title


def xlsx(results: Results, *, on: date) -> bytes:
    assessment = results.assessment
    with translation.override("de"):
        table = list(_table(results))
        about: list[list[Cell]] = [
            [_("Projekt oder Lösung"), harmless(assessment.title)],
            [_("Organisation"), harmless(assessment.organisation.name)],
            [_("Phase heute"), assessment.get_phase_display()],
            [_("Fassung"), str(assessment.catalogue)],
            [_("Stand"), date_format(on, "DATE_FORMAT")],
            *_figures(results),
            [_("Ausgangslage"), harmless(assessment.situation)],
            [_("Beschlussvorschlag"), harmless(assessment.decision)],
            [_("Risiken"), harmless(assessment.risks)],
            [_("Nächste Schritte"), harmless(assessment.next_steps)],
            [_("Rechenweg"), formula()],
            [_("Hinweis"), reservation()],
        ]
        return as_xlsx(table, _("Kriterien"), columns=len(table[0]), about=about)


def _figures(results: Results) -> Iterator[list[Cell]]:
    for bar in results.by_phase:
        yield [bar.label, f"{bar.readiness.label} ({counted(bar.readiness)})"]


def _table(results: Results) -> Iterator[list[Cell]]:
    yield [
        _("Kriterium"),
        _("Nummer"),
        _("Phase"),
        _("Wie steht es?"),
        _("Notiz"),
        _("Nachweis (Adresse)"),
        _("Wer kümmert sich?"),
        _("Bis wann?"),
        _("Was soll dann erreicht sein?"),
        _("Meilenstein"),
    ]
    for rating in results.ratings:
        criterion = rating.criterion
        cells: list[Cell] = [
            criterion.title,
            criterion.number,
            criterion.get_phase_display(),
            rating.get_value_display(),
            rating.note,
            rating.evidence_url,
            str(rating.responsible) if rating.responsible else "",
            date_format(rating.due_on, "SHORT_DATE_FORMAT") if rating.due_on else "",
            rating.target,
            criterion.milestone_name,
        ]
        yield [harmless(cell) for cell in cells]
