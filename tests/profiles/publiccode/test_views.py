import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from profiles.models import SolutionDraft
from tests.factories import make_member, make_provider, make_topic
from tests.profiles.publiccode.samples import V05

pytestmark = pytest.mark.django_db
IMPORT, TAKE = "publiccode_import", "publiccode_take"


@pytest.fixture
def provider(client):
    provider = make_provider(name="Terminlotse GmbH")
    provider.editor = make_member(provider.organisation, "editor")
    client.force_login(provider.editor)
    make_topic("terminvergabe", name_de="Termine im Amt")
    return provider


def draft_of(provider, **data) -> SolutionDraft:
    draft = SolutionDraft.objects.start(provider, by=provider.editor, at=timezone.now())
    draft.change(data, seen=draft.version, by=provider.editor, at=timezone.now())
    return draft


def test_a_pasted_text_is_reported_and_nothing_is_kept(client, provider):
    response = client.post(reverse(IMPORT), {"text": V05})
    page = response.content.decode()
    assert "Der Terminlotse" in page
    assert "Referenzen bestätigen die Kommunen selbst." in page
    assert "in einen neuen Entwurf von Terminlotse GmbH" in page
    assert not SolutionDraft.objects.exists()


def test_a_file_is_read_too(client, provider):
    file = SimpleUploadedFile("publiccode.yml", b"\xef\xbb\xbf" + V05.encode())
    assert "Der Terminlotse" in client.post(reverse(IMPORT), {"file": file}).content.decode()


def test_what_cannot_be_read_is_said_at_the_field_and_stays_typed(client, provider):
    response = client.post(reverse(IMPORT), {"text": "kein: [YAML"})
    assert "kein gültiges YAML" in response.context["form"].errors["text"][0]
    assert "kein: [YAML" in response.content.decode()


@pytest.mark.parametrize("content", [b"\xff\xfe", bytes(900_000)])
def test_a_file_that_is_no_text_is_refused(client, provider, content):
    file = SimpleUploadedFile("publiccode.yml", content)
    response = client.post(reverse(IMPORT), {"file": file})
    assert response.context["form"].errors["file"]


def test_it_goes_into_a_new_draft(client, provider):
    target = f"new:{provider.pk}:0"
    response = client.post(reverse(TAKE), {"text": V05, "target": target})
    draft = SolutionDraft.objects.get()
    assert response["Location"] == draft.get_absolute_url()
    assert draft.data["title"] == "Der Terminlotse"
    assert draft.data["topics"] == ["terminvergabe"]


def test_in_an_existing_draft_the_other_fields_stay(client, provider):
    draft = draft_of(provider, title="Alt", benefit="Weniger Wege")
    target = f"draft:{draft.pk}:{draft.version}"
    client.post(reverse(TAKE), {"text": V05, "target": target})
    draft.refresh_from_db()
    assert draft.data["title"] == "Der Terminlotse"
    assert draft.data["benefit"] == "Weniger Wege"


def test_a_draft_that_somebody_has_changed_meanwhile_is_not_overwritten(client, provider):
    draft = draft_of(provider, title="Alt")
    target = f"draft:{draft.pk}:{draft.version}"
    draft.change({"title": "Neu"}, seen=draft.version, by=provider.editor, at=timezone.now())
    response = client.post(reverse(TAKE), {"text": V05, "target": target})
    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.data == {"title": "Neu"}


def test_drafts_of_others_are_no_target(client, provider):
    other = make_provider()
    target = f"new:{other.pk}:0"
    response = client.post(reverse(TAKE), {"text": V05, "target": target})
    assert response.context["form"].errors["target"]
    assert not SolutionDraft.objects.exists()
