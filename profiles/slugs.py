from django.utils.text import slugify

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def german_slug(text: str) -> str:
    """Return `text` as part of an address, with umlauts written out: „Lückensinn“ → lueckensinn."""
    return slugify(text.lower().translate(GERMAN))
