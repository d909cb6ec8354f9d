"""Reach into a file whose values may be of any type."""

from typing import Any

from django.utils.translation import gettext

from profiles.models.solutions import Solution

MOST = 200  # values of one list


class Source:
    """The file; an absent key, or one of another type, reads as nothing."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def value(self, *path: str) -> Any:
        found: Any = self.data
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def text(self, *path: str) -> str:
        found = self.value(*path)
        return clean(found) if isinstance(found, str) else ""


def clean(text: str) -> str:
    """Return the text as it can be stored and shown: without what the database refuses."""
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable()).strip()


def texts(value: Any) -> list[str]:
    """Return one text or a list of them as a list of texts."""
    values = value if isinstance(value, list) else [value]
    found = [clean(one) for one in values[:MOST] if isinstance(one, str)]
    return [one for one in found if one]


def label_of(field: str) -> str:
    """Return what the forms call it."""
    if field == "claims":
        return gettext("Standards und Nachweise")
    verbose = getattr(Solution._meta.get_field(field), "verbose_name", field)
    return str(verbose)


def longest(field: str) -> int:
    """Return how many characters the field takes."""
    return getattr(Solution._meta.get_field(field), "max_length", None) or 0
