"""Decide by its content what a file is, and open it as that."""

from collections.abc import Collection
from io import BytesIO
from pathlib import PurePath
from zipfile import is_zipfile

import puremagic
from django.utils.translation import gettext

from profiles.files.inspection import images, office, pdf
from profiles.files.inspection.kinds import (
    DOCUMENTS,
    IMAGES,
    OFFICE,
    PDF,
    Accepted,
    Format,
    RefusedError,
)

NAME_LENGTH = 120
HEAD = 1024
MARKUP = (b"<script", b"<!doctype html")  # long enough not to occur by chance


def inspect(content: bytes, name: str, allowed: Collection[Format]) -> Accepted:
    """Return the file as it may be kept; raises RefusedError with the reason.

    Images come back re-encoded, everything else as it was.
    """
    _refuse_markup(content)
    found = _format_of(content)
    if found is None or found not in allowed:
        raise RefusedError(_not_taken(allowed))
    shown = _shown_name(name)
    _compare_extension(shown, found)
    _refuse_second_face(content, found)
    if found in IMAGES:
        image = images.reencoded(content, found)
        name = _cut(PurePath(shown).stem, ".webp")
        return Accepted(image.content, images.KEPT_AS.content_type, name, *image.size)
    if found == PDF:
        pdf.check(content)
    return Accepted(content, found.content_type, shown)


def _format_of(content: bytes) -> Format | None:
    """Ask for the signature, and of an archive also for what it says it is."""
    try:
        guesses = {guess.mime_type for guess in puremagic.magic_string(content[: 8 * HEAD])}
    except puremagic.PureError:
        return None
    if content.startswith(b"PK\x03\x04"):
        return office.format_of(content)
    by_type = {format.content_type: format for format in IMAGES | DOCUMENTS - OFFICE}
    return next((by_type[guess] for guess in by_type if guess in guesses), None)


def _refuse_markup(content: bytes) -> None:
    if content[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise RefusedError(
            gettext("SVG, HTML und XML nehmen wir nicht an: Sie können Programme enthalten.")
        )


def _refuse_second_face(content: bytes, found: Format) -> None:
    """Refuse what another program would take for something else."""
    lower = content.lower() if found in IMAGES else content[:HEAD].lower()
    other = any(mark in lower for mark in MARKUP)
    if found not in OFFICE:
        other = other or is_zipfile(BytesIO(content))
    if found != PDF:
        other = other or b"%pdf-" in lower[:HEAD]
    if other:
        raise RefusedError(
            gettext(
                "In der Datei steckt noch eine zweite Datei anderer Art. Bitte speichern Sie "
                "sie in Ihrem Programm neu."
            )
        )


def _shown_name(name: str) -> str:
    """Return the name without folders, invisible characters and excess length."""
    bare = PurePath(name.replace("\\", "/")).name
    clean = " ".join("".join(sign for sign in bare if sign.isprintable()).split())
    path = PurePath(clean or "datei")
    return _cut(path.stem, path.suffix)


def _cut(stem: str, suffix: str) -> str:
    """Return a name that can be kept, with its ending."""
    return f"{stem[: NAME_LENGTH - len(suffix)]}{suffix}"[:NAME_LENGTH]


def _compare_extension(name: str, found: Format) -> None:
    extension = PurePath(name).suffix.lower()
    if extension in found.extensions:
        return
    raise RefusedError(
        gettext(
            "Der Name endet auf „%(extension)s“, der Inhalt ist aber %(format)s. Bitte "
            "speichern Sie die Datei mit der richtigen Endung."
        )
        % {"extension": extension or "–", "format": found.label}
    )


def _not_taken(allowed: Collection[Format]) -> str:
    labels = ", ".join(sorted(format.label for format in allowed))
    return gettext("Diese Art von Datei nehmen wir hier nicht an. Möglich sind: %(labels)s.") % {
        "labels": labels
    }
