"""Texts of people in XML, which cannot hold every character: feeds, and Excel's files."""

import re
from typing import Any

from django.utils.feedgenerator import Atom1Feed

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """Return the text without the characters that XML 1.0 has no way to write."""
    return UNWRITABLE.sub("", text)


class AtomFeed(Atom1Feed):
    """Takes any text: one such character would take the whole feed from everybody."""

    def add_item(self, *args: Any, **fields: Any) -> None:
        written: dict[str, Any] = {
            name: writable(value) if isinstance(value, str) else value
            for name, value in fields.items()
        }
        super().add_item(*args, **written)
