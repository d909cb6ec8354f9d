"""The legal pages that the product comes with: templates for the operator to complete.

What only the operator can know stands in square brackets; the admin lists it as missing.
"""

from datetime import date
from pathlib import Path

from django.db import transaction

from marketplace.pages.models import Page

TEXTS = Path(__file__).parent / "texts"
SLUGS = ("impressum", "datenschutz", "barrierefreiheit", "nutzung")
AS_OF = date(2026, 11, 22)


@transaction.atomic
def load() -> int:
    """Make the pages that are missing and leave the others alone; return how many are new."""
    missing = set(SLUGS) - set(Page.objects.values_list("slug", flat=True))
    for slug in missing:
        title_de, body_de = _read(slug, "de")
        title_en, body_en = _read(slug, "en")
        Page.objects.create(
            slug=slug,
            title_de=title_de,
            title_en=title_en,
            body_de=body_de,
            body_en=body_en,
            as_of=AS_OF,
        )
    return len(missing)


def _read(slug: str, language: str) -> tuple[str, str]:
    """Return the title, which is the first line, and the rest."""
    text = (TEXTS / f"{slug}.{language}.md").read_text(encoding="utf-8")
    title, _, body = text.partition("\n")
    return title.removeprefix("# "), body.strip()
