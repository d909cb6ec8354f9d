from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from challenges.surveys.models import Respondent, Response, Section
from profiles.documents import Block, Heading, Paragraph, render


def copy_of(
    respondent: Respondent,
    rows: Sequence[tuple[Section, Sequence[dict[str, Any]]]],
    response: Response | None,
) -> bytes:
    """Return the answers of one municipality as a PDF."""
    submitted = response and response.submitted_at
    if submitted:
        day = date_format(timezone.localtime(submitted), "DATETIME_FORMAT")
        state = _("abgeschickt am %(day)s") % {"day": day}
    else:
        state = _("noch nicht abgeschickt")
    blocks: list[Block] = [Paragraph(f"{respondent.municipality}, {state}")]
    for section, questions in rows:
        blocks.append(Heading(section.title))
        for row in questions:
            lines = filter(None, row["words"].splitlines())
            blocks += [Heading(str(row["question"]), level=2), *map(Paragraph, lines)]
    return render(respondent.survey.title, blocks, get_language() or "de")
