"""The shortlist for the file: what was looked at, what came of it and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.comparison.exports import as_of, reservation
from marketplace.shortlists.models import Note, ShortlistChange, ShortlistEntry
from profiles import documents
from profiles.models import Organisation, User
from profiles.tables import Cell, as_xlsx, harmless


@dataclass(frozen=True)
class Paper:
    """What both forms are made from; `base` makes addresses absolute."""

    organisation: Organisation
    entries: list[ShortlistEntry]
    base: str

    @property
    def title(self) -> str:
        return _("Merkliste von %(name)s") % {"name": self.organisation.name}


def by_whom(user: User | None) -> str:
    return str(user) if user else _("gelöschtes Konto")


def _moment(at: datetime, user: User | None) -> str:
    when = date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
    return _("%(when)s, %(who)s") % {"when": when, "who": by_whom(user)}


def _said(note: Note) -> str:
    return f"{_moment(note.written_at, note.author)}: {note.text}"


def _changed(change: ShortlistChange) -> str:
    reason = f" – {change.reason}" if change.reason else ""
    moment = _moment(change.changed_at, change.changed_by)
    return f"{moment}: {change.get_state_display()}{reason}"


def _facts(entry: ShortlistEntry, base: str) -> Iterator[tuple[str, str]]:
    offer = entry.offer
    yield _("Anbieter"), entry.shown_provider
    yield _("Stand"), entry.get_state_display()
    yield _("Grund"), entry.reason
    yield _("vorgemerkt"), _moment(entry.added_at, entry.added_by)
    yield _("Phase"), offer.get_phase_display() if offer else _("nicht mehr angeboten")
    yield _("Preis"), offer.price_label if offer else ""
    yield _("Betrieb"), "; ".join(offer.hosting_labels) if offer else ""
    yield _("Lizenz"), offer.get_licence_display() if offer else ""
    claims = offer.claims.all() if offer else []
    yield (
        _("Standards"),
        "; ".join(f"{claim.standard.name} ({claim.state_label})" for claim in claims),
    )
    yield _("Adresse"), f"{base}{offer.get_absolute_url()}" if offer else ""


def xlsx(paper: Paper, *, at: datetime) -> bytes:
    about: list[list[Cell]] = [
        [_("Merkliste"), harmless(paper.title)],
        [_("Stand"), as_of(at)],
        [_("Hinweis"), reservation()],
    ]
    table = list(_table(paper))
    return as_xlsx(table, _("Merkliste"), columns=len(table[0]), about=about)


def _table(paper: Paper) -> Iterator[list[Cell]]:
    headings = [_("Anbieter"), _("Stand"), _("Grund"), _("vorgemerkt"), _("Phase"), _("Preis")]
    headings += [_("Betrieb"), _("Lizenz"), _("Standards"), _("Adresse")]
    yield [_("Lösung"), *headings, _("Notizen"), _("Verlauf")]
    for entry in paper.entries:
        cells = [entry.shown_title, *(value for _name, value in _facts(entry, paper.base))]
        cells.append("\n".join(_said(note) for note in entry.notes.all()))
        cells.append("\n".join(_changed(change) for change in reversed(entry.changes.all())))
        yield [harmless(cell) for cell in cells]


def pdf(paper: Paper, *, at: datetime) -> bytes:
    blocks = [
        documents.Paragraph(_("Stand: %(date)s") % {"date": as_of(at)}),
        documents.Paragraph(reservation()),
        *(block for entry in paper.entries for block in _blocks(entry, paper.base)),
    ]
    if not paper.entries:
        blocks.append(documents.Paragraph(_("Auf der Merkliste steht noch nichts.")))
    return documents.render(paper.title, blocks, get_language() or "de")


def _blocks(entry: ShortlistEntry, base: str) -> Iterator[documents.Block]:
    yield documents.Heading(entry.shown_title)
    facts = [[name, value] for name, value in _facts(entry, base) if value]
    yield documents.Table([_("Merkmal"), _("Angabe")], facts)
    if notes := [_said(note) for note in entry.notes.all()]:
        yield documents.Heading(_("Notizen"), level=2)
        yield documents.Items(notes)
    yield documents.Heading(_("Verlauf"), level=2)
    yield documents.Items([_changed(change) for change in reversed(entry.changes.all())])
