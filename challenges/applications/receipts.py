"""The receipt: who handed in what kind of bytes, when, to the second; nothing of the content."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from challenges.applications.mails import moment
from challenges.applications.models import Submission
from profiles import documents


def pdf(submission: Submission) -> bytes:
    application = submission.application
    rows = [
        [_("Challenge"), application.challenge.title],
        [_("Bewerberin"), application.organisation.name],
        [_("Einreichung"), str(submission.number)],
        [_("eingegangen am"), moment(submission)],
        [_("Prüfsumme (SHA-256)"), submission.checksum],
    ]
    rows += [
        [_("Datei: %(name)s") % {"name": file.slot.name}, file.checksum]
        for file in submission.files.without_bytes()
    ]
    if submission.by:
        rows.append([_("eingereicht durch"), str(submission.by)])
    blocks: list[documents.Block] = [
        documents.Paragraph(
            _(
                "Ihre Bewerbung ist eingegangen. Sie ist versiegelt: Bis zur Frist kann sie "
                "niemand lesen, auch nicht die Stelle, die diesen Marktplatz betreibt."
            )
        ),
        documents.Table([_("Merkmal"), _("Angabe")], rows),
        documents.Paragraph(
            _(
                "Als eingegangen gilt der Zeitpunkt, zu dem die Übertragung begonnen hat; sie darf "
                "danach noch höchstens %(minutes)s Minuten dauern. Die Prüfsumme gehört zu den "
                "versiegelten Bytes. Wer sie nach der Öffnung noch einmal bildet, sieht, dass "
                "nichts geändert wurde."
            )
            % {"minutes": settings.APPLICATION_GRACE_MINUTES}
        ),
    ]
    return documents.render(_("Quittung einer Bewerbung"), blocks, get_language() or "de")
