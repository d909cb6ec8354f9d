"""Files, good and evil, made here and now."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl import Workbook
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

OPEN_XML = "application/vnd.openxmlformats-officedocument."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(document.cookie)</script>"


def picture(format: str = "PNG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, "teal").save(target, format, **options)
    return target.getvalue()


def picture_with_secrets() -> bytes:
    """A photograph that tells where it was taken, and a comment."""
    exif = Image.Exif()
    exif[0x010E] = "Geheimer Ort"
    return picture("JPEG", exif=exif, comment=b"<script>alert(1)")


def commented_png() -> bytes:
    info = PngInfo()
    info.add_text("Comment", "Geheimer Text")
    return picture(pnginfo=info)


def png_bomb(side: int = 60_000) -> bytes:
    """A few bytes that say they are a picture of 3.6 thousand million pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b""))
        + (_chunk(b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def pdf(*, password: str = "", script: str = "", launch: bool = False) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if script:
        _open_with(writer, {"/S": NameObject("/JavaScript"), "/JS": TextStringObject(script)})
    if launch:
        _open_with(writer, {"/S": NameObject("/Launch"), "/F": TextStringObject("calc.exe")})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    return _written(writer)


def _open_with(writer: PdfWriter, action: dict[str, object]) -> None:
    names = {NameObject(key): value for key, value in action.items()}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(names)


def pdf_with_attachment() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment("programm.exe", b"MZ")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def archive(members: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as book:
        for name, content in members.items():
            packing = ZIP_STORED if name in stored else ZIP_DEFLATED
            book.writestr(name, content, packing)
    return target.getvalue()


def docx(**more: bytes) -> bytes:
    kind = f"{OPEN_XML}wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    members = {"[Content_Types].xml": types.encode(), "word/document.xml": b"<w:document/>"}
    return archive(members | more)


def xlsx() -> bytes:
    target = BytesIO()
    Workbook().save(target)
    return target.getvalue()


def odf(kind: str = "text", **more: bytes) -> bytes:
    said = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": said, "content.xml": b"<office/>"} | more, stored=("mimetype",))


def zip_bomb() -> bytes:
    """A document of 60 KB that unpacks to 60 MB."""
    return docx(**{"word/media/leer.bmp": bytes(60 * 1024 * 1024)})


def lying_zip_bomb() -> bytes:
    """The same, but its directory says that it is small."""
    content = bytearray(zip_bomb())
    real = (60 * 1024 * 1024).to_bytes(4, "little")
    return bytes(content.replace(real, (1000).to_bytes(4, "little")))
