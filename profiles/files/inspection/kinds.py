"""The formats that we take, and how a refusal is said."""

from typing import NamedTuple

from django.core.exceptions import ValidationError


class Format(NamedTuple):
    """One that we take; the first extension is the one under which it is served."""

    label: str
    content_type: str
    extensions: tuple[str, ...]


PNG = Format("PNG", "image/png", (".png",))
JPEG = Format("JPEG", "image/jpeg", (".jpg", ".jpeg"))
WEBP = Format("WebP", "image/webp", (".webp",))
PDF = Format("PDF", "application/pdf", (".pdf",))
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
DOCX = Format("DOCX", f"{_OPEN_XML}wordprocessingml.document", (".docx",))
XLSX = Format("XLSX", f"{_OPEN_XML}spreadsheetml.sheet", (".xlsx",))
ODT = Format("ODT", "application/vnd.oasis.opendocument.text", (".odt",))
ODS = Format("ODS", "application/vnd.oasis.opendocument.spreadsheet", (".ods",))

IMAGES = frozenset({PNG, JPEG, WEBP})
OPEN_XML = frozenset({DOCX, XLSX})
OPEN_DOCUMENT = frozenset({ODT, ODS})
OFFICE = OPEN_XML | OPEN_DOCUMENT
DOCUMENTS = OFFICE | {PDF}
LABELS = {format.content_type: format.label for format in IMAGES | DOCUMENTS}


class Accepted(NamedTuple):
    """A file that may be kept: its content as we store it, and what it is."""

    content: bytes
    content_type: str
    name: str
    width: int | None = None
    height: int | None = None


class RefusedError(ValidationError):
    """A file that we do not take, with the reason for the person who sent it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, code="refused")
