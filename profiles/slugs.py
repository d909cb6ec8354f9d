from collections.abc import Iterable
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

# Words that are pages of their own beside those of the organisations.
RESERVED = frozenset({"neu", "beitreten", "pruefen", "einladung", "wechseln"})


def not_reserved(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError(gettext("Diese Adresse ist schon vergeben."), code="reserved")


def german_slug(text: str) -> str:
    """Return `text` as part of an address, with umlauts written out: „Lückensinn“ → lueckensinn."""
    return slugify(text.lower().translate(GERMAN))


def free_slug(name: str, taken: Iterable[str]) -> str:
    """Return the name as part of an address, with a number where it is taken."""
    start = german_slug(name)[:70].strip("-") or "organisation"
    used = RESERVED | set(taken)
    numbered = (f"{start}-{number}" for number in count(2))
    return next(slug for slug in chain([start], numbered) if slug not in used)
