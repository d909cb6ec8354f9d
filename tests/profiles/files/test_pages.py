import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from profiles.models import StoredFile
from tests.factories import (
    make_claim,
    make_document,
    make_file,
    make_member,
    make_picture,
    make_solution,
    make_standard,
)
from tests.profiles.files import zoo

pytestmark = pytest.mark.django_db


@pytest.fixture
def solution(client):
    solution = make_solution()
    client.force_login(make_member(solution.provider.organisation, "editor"))
    return solution


def image() -> SimpleUploadedFile:
    return SimpleUploadedFile("start.png", zoo.picture(), "image/png")


def test_a_picture_is_on_the_page_at_once(client, solution):
    address = reverse("solution_file_new", args=[solution.slug, "bild"])
    data = {"file": image(), "alt_text": "Die Startseite"}
    response = client.post(address, data, follow=True)
    assert "sofort auf der veröffentlichten Seite" in response.content.decode()
    assert "Die Startseite" in client.get(solution.get_absolute_url()).content.decode()


def test_a_picture_needs_its_description_and_the_page_says_where(client, solution):
    address = reverse("solution_file_new", args=[solution.slug, "bild"])
    response = client.post(address, {"file": image(), "alt_text": ""})
    assert "alt_text" in response.context["form"].errors
    assert not StoredFile.objects.exists()


def test_a_seventh_document_is_refused_in_words(client, solution, storage_of_its_own):
    for _ in range(6):
        make_document(solution)
    address = reverse("solution_file_new", args=[solution.slug, "dokument"])
    response = client.post(address, {"file": SimpleUploadedFile("a.pdf", zoo.pdf())})
    assert "Mehr als 6" in response.context["form"].errors["file"][0]
    assert len([path for path in storage_of_its_own.rglob("*") if path.is_file()]) == 6


def test_buttons_move_change_and_remove(client, solution):
    first, second = make_picture(solution), make_picture(solution)
    client.post(reverse("solution_file_move", args=[solution.slug, first.pk]), {"by": "1"})
    assert list(solution.files.all()) == [second, first]
    address = reverse("solution_file_alt", args=[solution.slug, first.pk])
    client.post(address, {"alt_text": "Neu"})
    first.refresh_from_db()
    assert first.alt_text == "Neu"
    client.post(reverse("solution_file_remove", args=[solution.slug, second.pk]))
    assert list(solution.files.all()) == [first]


def test_what_is_removed_twice_is_not_found(client, solution):
    address = reverse("solution_file_remove", args=[solution.slug, make_picture(solution).pk])
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404


def test_evidence_backs_a_claim_and_is_private(client, solution):
    claim = make_claim(solution, make_standard())
    address = reverse("claim_evidence", args=[solution.slug, claim.pk])
    client.post(address, {"file": SimpleUploadedFile("z.pdf", zoo.pdf())})
    claim.refresh_from_db()
    assert claim.status == "evidence_uploaded"
    client.logout()
    assert client.get(claim.evidence_file.get_absolute_url()).status_code == 404


def test_removed_evidence_leaves_the_providers_word(client, solution):
    claim = make_claim(solution, make_standard(), status="evidence_uploaded")
    claim.evidence_file = make_file(solution.provider.organisation, kind="evidence")
    claim.save()
    client.post(reverse("claim_evidence_remove", args=[solution.slug, claim.pk]))
    claim.refresh_from_db()
    assert (claim.status, claim.evidence_file) == ("self_declared", None)


def test_a_planned_standard_has_no_evidence(client, solution):
    claim = make_claim(solution, make_standard(), status="planned")
    assert client.get(reverse("claim_evidence", args=[solution.slug, claim.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 6])
def test_its_queries_do_not_grow(client, solution, django_assert_num_queries, number):
    for _ in range(number):
        make_picture(solution)
        evidence = make_file(solution.provider.organisation, kind="evidence")
        make_claim(solution, make_standard(), evidence_file=evidence)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("solution_files", args=[solution.slug]))


QUERIES = 14
