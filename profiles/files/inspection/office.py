"""Word processing and spreadsheets: archives, unpacked once to see that they are what they say."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from django.utils.translation import gettext

from profiles.files.inspection.kinds import OPEN_DOCUMENT, OPEN_XML, Format, RefusedError

MOST_MEMBERS = 2_000
MOST_BYTES = 100 * 1024 * 1024  # all members unpacked
MOST_RATIO = 200  # unpacked to packed, of one member that is large
LARGE = 1024 * 1024
CHUNK = 64 * 1024
END_RECORD = b"PK\x05\x06"
ENCRYPTED = 0x1
READ_WHOLE = {"[Content_Types].xml", "mimetype"}
SMALL = 1024 * 1024  # as large as those two and relations may be
BROKEN = (BadZipFile, ZlibError, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)


def format_of(content: bytes) -> Format | None:
    """Return which office format the archive is; raises RefusedError for what is dangerous."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_frame(content, archive)
            members = archive.infolist()
            texts = _unpacked(archive, members)
    except BROKEN as broken:
        raise RefusedError(gettext("Die Datei ist beschädigt und lässt sich nicht öffnen.")) from (
            broken
        )
    names = {member.filename for member in members}
    _refuse_active(names, texts)
    return _open_document(members, texts) or _open_xml(names, texts)


def _check_frame(content: bytes, archive: ZipFile) -> None:
    """Refuse what stands before or behind the archive, and too much within it."""
    if archive.comment or content[-22:-18] != END_RECORD:
        raise BadZipFile("something follows the archive")
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise _bomb()
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise RefusedError(
            gettext("Die Datei ist verschlüsselt. Bitte speichern Sie sie ohne Passwort.")
        )
    names = [member.filename for member in members]
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        raise BadZipFile("names that cannot be")


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _unpacked(archive: ZipFile, members: list[ZipInfo]) -> dict[str, bytes]:
    """Unpack all of it, counting: what the archive says of its sizes may be a lie."""
    texts, total = {}, 0
    for member in members:
        is_text = member.filename in READ_WHOLE or member.filename.endswith(".rels")
        kept, size = bytearray(), 0
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                total += len(chunk)
                if total > MOST_BYTES or (size > LARGE and size > MOST_RATIO * _packed(member)):
                    raise _bomb()
                if is_text and size <= SMALL:
                    kept += chunk
        if is_text:
            texts[member.filename] = bytes(kept)
    return texts


def _packed(member: ZipInfo) -> int:
    return max(member.compress_size, 1)


def _refuse_active(names: set[str], texts: dict[str, bytes]) -> None:
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    macros = macros or any(name.startswith(("Basic/", "Scripts/")) for name in names)
    macros = macros or b"macroenabled" in texts.get("[Content_Types].xml", b"").lower()
    remote = any(b"attachedTemplate" in text and b"External" in text for text in texts.values())
    if macros or remote:
        raise RefusedError(
            gettext("Die Datei enthält Makros oder lädt etwas nach. Bitte speichern Sie sie ohne.")
        )


def _open_document(members: list[ZipInfo], texts: dict[str, bytes]) -> Format | None:
    """Its first member says what it is."""
    if not members or members[0].filename != "mimetype":
        return None
    said = texts["mimetype"].strip()
    return next((one for one in OPEN_DOCUMENT if one.content_type.encode() == said), None)


def _open_xml(names: set[str], texts: dict[str, bytes]) -> Format | None:
    types = texts.get("[Content_Types].xml", b"")
    parts = {"word/document.xml", "xl/workbook.xml"} & names
    if b"<!" in types or len(parts) != 1:
        return None
    main = (one for one in OPEN_XML if f"{one.content_type}.main+xml".encode() in types)
    return next(main, None)


def _bomb() -> RefusedError:
    return RefusedError(gettext("Die Datei wird beim Entpacken zu groß."))
