import pytest
from django.urls import reverse

from tests.factories import make_document, make_file, make_member, make_picture, make_solution

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetch(client):
    """Get a file as a browser does."""

    def fetched(file, **headers):
        return client.get(file.get_absolute_url(), headers=headers)

    return fetched


def test_nothing_in_a_file_can_run(fetch):
    response = fetch(make_document(make_solution()).file)
    assert response.content == b"%PDF-"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")


def test_a_document_is_downloaded_under_its_own_name(fetch):
    file = make_document(make_solution(), name="Übersicht „A“.pdf").file
    said = fetch(file)["Content-Disposition"]
    assert said == "attachment; filename*=utf-8''%C3%9Cbersicht%20%E2%80%9EA%E2%80%9C.pdf"


def test_a_picture_is_shown(fetch):
    response = fetch(make_picture(make_solution()).file)
    assert response["Content-Disposition"].startswith("inline")


def test_a_picture_that_is_evidence_is_downloaded(client, fetch):
    file = make_file(kind="evidence", content_type="image/webp", name="Urkunde.webp")
    client.force_login(make_member(file.organisation))
    assert fetch(file)["Content-Disposition"].startswith("attachment")


def test_only_what_everybody_sees_may_be_kept_by_caches(client, fetch):
    public = make_picture(make_solution()).file
    draft = make_picture(make_solution(published_at=None)).file
    client.force_login(make_member(draft.organisation))
    assert fetch(public)["Cache-Control"] == "public, max-age=3600"
    assert fetch(draft)["Cache-Control"] == "private, no-store"


def test_what_one_has_is_not_sent_again(fetch):
    file = make_picture(make_solution()).file
    etag = fetch(file)["ETag"]
    assert fetch(file, if_none_match=etag).status_code == 304


def test_a_row_without_its_file_is_not_found(fetch):
    file = make_picture(make_solution()).file
    file.file.storage.delete(file.path)
    assert fetch(file).status_code == 404


def test_the_page_of_a_solution_shows_them(client):
    solution = make_solution()
    picture = make_picture(solution, alt_text="Die Karte der Sensoren")
    document = make_document(solution)
    page = client.get(solution.get_absolute_url()).content.decode()
    assert 'alt="Die Karte der Sensoren" width="40" height="30" loading="lazy"' in page
    assert picture.file.get_absolute_url() in page
    assert f"{document.file.name}</a>" in page
    assert "(PDF, 5\xa0Bytes)" in page


def test_more_files_are_no_more_queries(client, django_assert_max_num_queries):
    solution = make_solution(topics=[])
    counts = []
    for number in (1, 4):
        for _ in range(number):
            make_picture(solution)
            make_document(solution)
        with django_assert_max_num_queries(20) as queries:
            client.get(reverse("solution", args=[solution.slug]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
