"""What we refuse, with which words, and that nothing of it is left."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from profiles.files.inspection import RefusedError, inspect
from profiles.files.inspection.kinds import DOCUMENTS, IMAGES
from profiles.models import StoredFile
from tests.factories import make_member, make_solution
from tests.profiles.files import zoo

#  what                            kind        name               content            what is said
ZOO = {
    "empty picture":             ("bild",     "leer.png",     lambda: b"",           "leer"),
    "empty document":            ("dokument", "leer.pdf",     lambda: b"",           "leer"),
    "SVG with a script":         ("bild",     "bild.svg",     lambda: zoo.SVG,       "SVG"),
    "SVG that says it is PNG":   ("bild",     "bild.png",     lambda: zoo.SVG,       "SVG"),
    "HTML":                      ("dokument", "seite.html",   lambda: zoo.HTML,      "HTML"),
    "HTML that says it is PDF":  ("dokument", "seite.pdf",    lambda: b"\n " + zoo.HTML, "HTML"),
    "program":                   ("dokument", "los.pdf",      lambda: b"MZ" + bytes(200), "Art"),
    "text":                      ("dokument", "text.txt",     lambda: b"Guten Tag",  "Art"),
    "document as picture":       ("bild",     "bild.pdf",     zoo.pdf,               "Art"),
    "picture as document":       ("dokument", "bild.png",     zoo.picture,           "Art"),
    "wrong extension":           ("bild",     "bild.png", lambda: zoo.picture("JPEG"), "JPEG"),
    "no extension":              ("bild",     "bild",         zoo.picture,           "Endung"),
    "double extension":          ("dokument", "brief.pdf.exe", zoo.pdf,              "Endung"),
    "GIF":                       ("bild",     "bild.gif", lambda: zoo.picture("GIF"), "Art"),
    "half a picture":            ("bild",     "bild.png", lambda: zoo.picture()[:60], "beschädigt"),
    "image bomb":                ("bild",     "bild.png",     zoo.png_bomb,          "Bildpunkte"),
    "picture and archive":  ("bild", "bild.png", lambda: zoo.picture() + zoo.docx(), "zweite Datei"),  # noqa: E501
    "picture and page":     ("bild", "bild.png", lambda: zoo.picture() + zoo.HTML,   "zweite Datei"),  # noqa: E501
    "script in a picture":       ("bild",     "foto.jpg", zoo.picture_with_secrets,  "zweite Datei"),  # noqa: E501
    "PDF and archive":      ("dokument", "a.pdf", lambda: zoo.pdf() + zoo.docx(),    "zweite Datei"),  # noqa: E501
    "PDF behind a page":    ("dokument", "a.pdf", lambda: zoo.HTML + zoo.pdf(),      "HTML"),
    "PDF behind other bytes": ("dokument", "a.pdf", lambda: bytes(50) + zoo.pdf(),   "Art"),
    "half a PDF":           ("dokument", "a.pdf", lambda: zoo.pdf()[:200],           "beschädigt"),
    "PDF in name alone":    ("dokument", "a.pdf", lambda: b"%PDF-1.7\nnichts\n%%EOF", "beschädigt"),
    "encrypted PDF":   ("dokument", "a.pdf", lambda: zoo.pdf(password="geheim"),     "verschlüsselt"),  # noqa: E501
    "PDF with a script": ("dokument", "a.pdf", lambda: zoo.pdf(script="app.alert(1)"), "Skript"),
    "PDF that starts something": ("dokument", "a.pdf", lambda: zoo.pdf(launch=True), "Skript"),
    "PDF with a file in it": ("dokument", "a.pdf", zoo.pdf_with_attachment,          "eingebettet"),
    "zip bomb":                  ("dokument", "a.docx",       zoo.zip_bomb,          "Entpacken"),
    "zip bomb that lies":        ("dokument", "a.docx",       zoo.lying_zip_bomb,    "beschädigt"),
    "plain archive": ("dokument", "a.docx", lambda: zoo.archive({"a.txt": b"a"}),    "Art"),
    "archive as archive": ("dokument", "a.zip", lambda: zoo.archive({"a.txt": b"a"}), "Art"),
    "archive with a tail": ("dokument", "a.docx", lambda: zoo.docx() + b"MZ",        "beschädigt"),
    "archive that leads out": ("dokument", "a.docx", lambda: zoo.docx(**{"../x": b"x"}), "beschädigt"),  # noqa: E501
    "macros": ("dokument", "a.docx", lambda: zoo.docx(**{"word/vbaProject.bin": b"x"}), "Makros"),
    "macros in ODF": ("dokument", "a.odt", lambda: zoo.odf(**{"Basic/a.xml": b"x"}), "Makros"),
    "template from elsewhere": ("dokument", "a.docx", lambda: zoo.docx(**{
        "word/_rels/settings.xml.rels": b'Type="x/attachedTemplate" TargetMode="External"'}), "Makros"),  # noqa: E501
    "ODT that is none": ("dokument", "a.odt", lambda: zoo.odf("presentation"),       "Art"),
    "spreadsheet as text": ("dokument", "a.docx",             zoo.xlsx,              "XLSX"),
}  # fmt: skip


@pytest.fixture
def editor_and_solution(db):
    solution = make_solution()
    return make_member(solution.provider.organisation, "editor"), solution


def upload(client, solution, kind: str, name: str, content: bytes):
    data = {"file": SimpleUploadedFile(name, content, "image/png"), "alt_text": "Ein Bild"}
    return client.post(reverse("solution_file_new", args=[solution.slug, kind]), data)


@pytest.mark.parametrize("animal", ZOO)
def test_it_is_refused_at_the_field_and_nothing_is_kept(
    client, editor_and_solution, storage_of_its_own, animal
):
    kind, name, content, words = ZOO[animal]
    editor, solution = editor_and_solution
    client.force_login(editor)
    response = upload(client, solution, kind, name, content())
    assert response.status_code == 200
    [error] = response.context["form"].errors["file"]
    assert words in error
    assert not StoredFile.objects.exists()
    assert not [path for path in storage_of_its_own.rglob("*") if path.is_file()]


def test_what_is_too_large_is_refused(client, editor_and_solution, settings, storage_of_its_own):
    settings.UPLOAD_MAX_BYTES = 3 * 1024 * 1024
    editor, solution = editor_and_solution
    client.force_login(editor)
    response = upload(client, solution, "dokument", "a.pdf", zoo.pdf() + bytes(4 * 1024 * 1024))
    assert "Höchstens 3 MB" in response.context["form"].errors["file"][0]
    assert not list(storage_of_its_own.rglob("*"))


def test_an_image_of_more_pixels_than_allowed_is_refused(settings):
    settings.UPLOAD_MAX_PIXELS = 1_000_000
    with pytest.raises(RefusedError, match="Höchstens 1 Millionen"):
        inspect(zoo.picture(size=(1001, 1000)), "a.png", IMAGES)


GOOD = {
    "a.png": zoo.picture,
    "a.jpeg": lambda: zoo.picture("JPEG"),
    "A.WEBP": lambda: zoo.picture("WEBP"),
    "a.pdf": zoo.pdf,
    "a.docx": zoo.docx,
    "a.xlsx": zoo.xlsx,
    "a.odt": zoo.odf,
    "a.ods": lambda: zoo.odf("spreadsheet"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_what_it_says_is_taken(name):
    content = GOOD[name]()
    accepted = inspect(content, name, IMAGES | DOCUMENTS)
    is_picture = accepted.content_type == "image/webp"
    assert is_picture or accepted.content == content


@pytest.mark.parametrize(
    ("kind", "kept"), [(".png", ".webp"), (".jpeg", ".webp"), (".pdf", ".pdf")]
)
def test_a_long_name_is_cut_before_its_ending(kind, kept):
    [content] = [make() for name, make in GOOD.items() if name.endswith(kind)][:1]
    accepted = inspect(content, "A" * 200 + kind, IMAGES | DOCUMENTS)
    assert accepted.name == "A" * (120 - len(kept)) + kept


def test_of_a_picture_only_the_picture_is_kept():
    accepted = inspect(zoo.commented_png(), "Bild der Halle.png", IMAGES)
    assert b"Geheim" not in accepted.content
    assert (accepted.name, accepted.width, accepted.height) == ("Bild der Halle.webp", 40, 30)


def test_a_large_picture_is_made_smaller():
    accepted = inspect(zoo.picture(size=(2600, 650)), "breit.png", IMAGES)
    assert (accepted.width, accepted.height) == (2560, 640)


def test_a_name_keeps_no_folders_and_no_invisible_characters():
    accepted = inspect(zoo.pdf(), "..\\geheim/\u202efdp\x00 Plan.pdf", DOCUMENTS)
    assert accepted.name == "fdp Plan.pdf"
