"""How the agency's letterhead looks on the council reports of its state."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from criteria.assessments import report
from criteria.assessments.colours import check_legible, contrast_on_white, darkened
from criteria.assessments.results import Results
from criteria.models import Letterhead
from profiles.models import StoredFile
from tests.factories import make_agency, make_assessment, make_criterion, make_member
from tests.profiles.files import zoo
from tests.profiles.test_documents import tags, text

PAGE = "assessments:letterhead"


@pytest.fixture
def agency(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    agency = make_agency()
    client.force_login(make_member(agency))
    return agency


def logo() -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.png", zoo.picture())


def test_contrast_is_that_of_the_standard():
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#ffffff") == pytest.approx(1)
    assert contrast_on_white("#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["#ffcc00", "#777777", "#ffffff", "#00ff00"])
def test_what_is_too_light_is_refused_with_a_shade_that_is_not(colour):
    with pytest.raises(ValidationError, match="zu hell"):
        check_legible(colour)
    check_legible(darkened(colour))


def test_logo_address_and_colour_stand_on_the_paper(client, agency):
    entered = {"head": "Digitales Hessen", "address": "Wiesbaden, hessen.example",
               "accent": "#004F9F", "new_logo": logo()}  # fmt: skip
    client.post(reverse(PAGE), entered)
    assessment = make_assessment({make_criterion(): "met"})
    paper = report.pdf(Results.of(assessment), on=timezone.localdate())
    reader = PdfReader(BytesIO(paper))
    assert text(reader).startswith("Digitales Hessen\nWiesbaden, hessen.example")
    assert "/Figure" in [tag for tag, _ in tags(reader.trailer["/Root"]["/StructTreeRoot"])]
    assert len(reader.pages[0].images) == 1
    assert reader.trailer["/Root"]["/Lang"] == "de-DE"


def test_a_light_colour_is_told_at_its_field_and_nothing_is_lost(client, agency):
    page = client.post(reverse(PAGE), {"head": "Digitales Hessen", "accent": "#ffcc00"})
    assert "zu hell" in page.context["form"].errors["accent"][0]
    assert page.context["form"]["head"].value() == "Digitales Hessen"
    assert not Letterhead.objects.exists()


@pytest.mark.parametrize("colour", ["blau", "#12345", "004f9f", "#004f9g"])
def test_what_is_no_colour_is_refused(client, agency, colour):
    page = client.post(reverse(PAGE), {"head": "Digitales Hessen", "accent": colour})
    assert "#004f9f" in page.context["form"].errors["accent"][0]


def test_a_logo_stays_until_it_is_replaced_or_removed(client, agency):
    client.post(reverse(PAGE), {"head": "Eins", "new_logo": logo()})
    first = Letterhead.objects.get().logo
    client.post(reverse(PAGE), {"head": "Zwei"})
    assert Letterhead.objects.get().logo == first
    client.post(reverse(PAGE), {"head": "Zwei", "new_logo": logo()})
    assert Letterhead.objects.get().logo != first
    assert list(StoredFile.objects.unreferenced()) == [first]
    client.post(reverse(PAGE), {"head": "Zwei", "removes_logo": "on"})
    assert Letterhead.objects.get().logo is None


def test_a_logo_that_the_storage_has_lost_keeps_no_paper_back(client, agency):
    client.post(reverse(PAGE), {"head": "Digitales Hessen", "new_logo": logo()})
    file = Letterhead.objects.get().logo
    file.file.storage.delete(file.path)
    answer = client.get(reverse("assessments:letterhead_sample"))
    assert "Digitales Hessen" in text(PdfReader(BytesIO(answer.content)))
