"""Files: sealed as they come, replaceable until submission, handed out after the opening."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.urls import reverse
from django.utils import timezone

from challenges.applications import content, drafts, files, opening, receipts, submitting
from challenges.applications.arrival import LateError
from challenges.calls import sealing
from challenges.evaluation.blind import without_names
from challenges.models import FileSlot, SealedFile, SealEntry, Submission
from tests.challenges.applications.making import (
    AFTER,
    CANARY,
    END,
    PASSPHRASE,
    SECOND,
    WHEN_OPEN,
    add_opened_file,
    author_of,
    hand_in,
    holders_of,
    make_application,
    make_running,
    pdf_with_canary,
    put_file,
)
from tests.challenges.evaluation.making import make_opened, make_reviewer
from tests.factories import make_challenge, make_member
from tests.profiles.files.zoo import HTML

pytestmark = pytest.mark.django_db
GRACE = timedelta(minutes=5)


@pytest.fixture
def asked():
    """A draft that lacks a file, with its slot."""
    challenge = make_running()
    slot = challenge.file_slots.create(name="Zeitplan")
    return make_application(challenge), slot


def open_all(challenge):
    for person in holders_of(challenge):
        opening.enter(challenge, person, PASSPHRASE, at=AFTER)


def test_a_required_file_is_on_the_checklist_until_it_is_there(asked):
    application, slot = asked
    with pytest.raises(ValidationError, match="Es fehlt eine Datei: Zeitplan"):
        hand_in(application)
    put_file(application, slot)
    assert content.missing(application, drafts.read(application)) == []


def test_a_file_may_be_left_out_where_it_is_not_required(asked):
    application, _slot = asked
    FileSlot.objects.update(is_required=False)
    assert hand_in(application)


def test_a_file_is_replaced_and_removed_until_it_is_handed_in(asked):
    application, slot = asked
    put_file(application, slot)
    put_file(application, slot, name="neu.pdf")
    assert [row.about["name"] for row in files.asked(application)] == ["neu.pdf"]
    by = author_of(application)
    assert files.remove(application, slot, by=by, arrived_at=WHEN_OPEN, at=WHEN_OPEN)
    assert not SealedFile.objects.exists()


def test_who_looked_at_the_draft_without_the_file_looks_again(asked):
    application, slot = asked
    put_file(application, slot)
    seen = application.version
    put_file(application, slot)
    application.version = seen
    with pytest.raises(ValidationError, match="geändert"):
        hand_in(application)


def test_neither_content_nor_name_is_stored_as_it_is(asked):
    application, slot = asked
    put_file(application, slot)
    row = SealedFile.objects.get()
    stored = b"".join(map(bytes, (row.sealed, row.sealed_key, row.about)))
    assert CANARY.encode() not in stored
    assert row.key is None


def test_nobody_but_two_key_holders_gets_the_key_of_a_file_not_even_with_the_secret_key(asked):
    application, slot = asked
    put_file(application, slot)
    file = SealedFile.objects.get()
    with pytest.raises(sealing.SealError):
        files.unseal_key(file, sealing.new_pair()[0])
    with pytest.raises(files.DamagedError):
        files.content_of(file, {"checksum": file.checksum, "size": 10})


@pytest.mark.parametrize("at", [END, END + GRACE])
def test_an_upload_that_began_in_time_is_taken_and_handed_in_with_it(asked, at):
    application, slot = asked
    put_file(application, slot, arrived_at=END, at=at)
    assert hand_in(application, arrived_at=END, at=at).received_at == END


@pytest.mark.parametrize(
    ("arrived_at", "at"), [(END + SECOND, END + SECOND), (END, END + GRACE + SECOND)]
)
def test_a_late_or_too_slow_upload_is_refused(asked, arrived_at, at):
    with pytest.raises(LateError):
        put_file(*asked, arrived_at=arrived_at, at=at)
    assert not SealedFile.objects.exists()


def test_after_the_opening_the_file_is_what_was_uploaded(asked):
    application, slot = asked
    put_file(application, slot)
    hand_in(application)
    open_all(application.challenge)
    submission, file = Submission.objects.get(), SealedFile.objects.get()
    about = files.described(submission, file.pk)
    assert (about["name"], about["label"]) == (f"{CANARY}.pdf", "Zeitplan")
    assert files.content_of(file, about) == pdf_with_canary()
    assert CANARY.encode() not in bytes(file.sealed)


def test_a_file_put_in_the_place_of_another_is_noticed(asked):
    application, slot = asked
    put_file(application, slot)
    hand_in(application)
    open_all(application.challenge)
    file = SealedFile.objects.get()
    about = files.described(Submission.objects.get(), file.pk)
    file.sealed = bytes(file.sealed)[:-1] + b"x"
    with pytest.raises(files.DamagedError):
        files.content_of(file, about)


def test_a_key_that_somebody_changed_is_written_down_and_stops_nothing(asked):
    application, slot = asked
    put_file(application, slot)
    hand_in(application)
    SealedFile.objects.update(sealed_key=b"x")
    open_all(application.challenge)
    submission = Submission.objects.get()
    assert submission.content["answers"]
    damaged = application.challenge.seal_log.get(kind=SealEntry.Kind.DAMAGED)
    assert damaged.note == SealedFile.objects.get().checksum


def test_what_is_withdrawn_loses_the_bytes_of_its_files_and_keeps_their_receipt(asked):
    application, slot = asked
    put_file(application, slot)
    submission = hand_in(application)
    by = author_of(application)
    submitting.withdraw(application, by=by, arrived_at=END, at=END)
    file = SealedFile.objects.get()
    assert (file.sealed, file.sealed_key) == (None, None)
    assert len(file.checksum) == 64
    assert receipts.pdf(submission).startswith(b"%PDF")


def test_a_challenge_asks_for_each_file_once_and_not_for_too_many():
    challenge = make_challenge()
    challenge.file_slots.create(name="Zeitplan")
    with pytest.raises(ValidationError, match="schon verlangt"):
        FileSlot(challenge=challenge, name="Zeitplan").full_clean()
    for number in range(9):
        challenge.file_slots.create(name=f"Datei {number}")
    with pytest.raises(ValidationError, match="Mehr als 10"):
        FileSlot(challenge=challenge, name="Noch eine").full_clean()


def test_reviewers_read_neither_the_name_of_a_file_nor_its_checksum():
    submission = make_opened(1000).applications.get().submissions.get()
    add_opened_file(submission)
    assert CANARY not in str(without_names(submission.content)["files"])


# Pages


@pytest.fixture
def drafted():
    now = timezone.now()
    challenge = make_running(start=now - timedelta(days=30), end=now + timedelta(days=1))
    slot = challenge.file_slots.create(name="Zeitplan")
    return make_application(challenge, text="Wir zeigen freie Plätze an."), slot


def upload(content=None, name="plan.pdf"):
    file = BytesIO(pdf_with_canary() if content is None else content)
    file.name = name
    return file


def test_the_last_file_is_uploaded_and_everything_handed_in_with_one_request(client, drafted):
    application, slot = drafted
    client.force_login(author_of(application))
    add = reverse("applications:file_add", args=[application.pk, slot.pk])
    assert add in client.get(application.get_absolute_url()).text
    assert "einreichen" in client.get(add).text
    data = {"file": upload(), "version": application.version, "submit": "on"}
    page = client.post(add, data, follow=True)
    assert "Ihre Bewerbung ist eingegangen und versiegelt." in page.text
    assert Submission.objects.get().files.get().slot == slot


def test_a_file_is_removed_on_the_page_of_the_draft(client, drafted):
    application, slot = drafted
    put_file(application, slot, arrived_at=timezone.now())
    client.force_login(author_of(application))
    remove = reverse("applications:file_remove", args=[application.pk, slot.pk])
    assert remove in client.get(application.get_absolute_url()).text
    page = client.post(remove, follow=True)
    assert "Pflicht, fehlt noch" in page.text


@pytest.mark.parametrize(
    ("given", "name"), [(HTML, "seite.html"), (HTML, "plan.pdf"), (b"", "leer.pdf")]
)
def test_what_a_file_is_decides_its_content(client, drafted, given, name):
    application, slot = drafted
    client.force_login(author_of(application))
    add = reverse("applications:file_add", args=[application.pk, slot.pk])
    page = client.post(add, {"file": upload(given, name)})
    assert page.context["form"].errors["file"]
    assert not SealedFile.objects.exists()


def test_too_large_is_refused_and_nothing_of_it_lies_on_a_disk(client, drafted, settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    application, slot = drafted
    client.force_login(author_of(application))
    add = reverse("applications:file_add", args=[application.pk, slot.pk])
    page = client.post(add, {"file": upload(b"%PDF-" + bytes(400_000))})
    assert "zu groß" in str(page.context["form"].errors["file"])
    assert isinstance(page.wsgi_request.FILES["file"], InMemoryUploadedFile)


def test_after_the_opening_a_file_is_a_download_in_which_nothing_runs(client):
    challenge = make_opened(1000)
    submission = challenge.applications.get().submissions.get()
    file = add_opened_file(submission)
    client.force_login(make_member(challenge.organisation))
    address = reverse("applications:opened_file", args=[submission.pk, file.pk])
    assert address in client.get(reverse("applications:opened", args=[submission.pk])).text
    response = client.get(address)
    assert response.content == pdf_with_canary()
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_a_damaged_file_is_said_and_not_handed_out(client):
    challenge = make_opened(1000)
    submission = challenge.applications.get().submissions.get()
    file = add_opened_file(submission)
    SealedFile.objects.update(sealed=b"anders")
    client.force_login(make_member(challenge.organisation))
    address = reverse("applications:opened_file", args=[submission.pk, file.pk])
    assert "Ihre Bytes wurden verändert" in client.get(address, follow=True).text


def test_who_judges_gets_only_files_without_names_under_a_name_of_ours(client):
    challenge = make_opened(1000)
    submission = challenge.applications.get().submissions.get()
    free = add_opened_file(submission)
    add_opened_file(submission, name="Referenzen", hides_names=False)
    reviewer = make_reviewer(challenge)
    client.force_login(reviewer.user)
    sheet = reviewer.declarations.get()
    page = client.get(reverse("evaluation:score", args=[sheet.pk])).text
    assert "Referenzen" in page
    assert "kann verraten, wer sich bewirbt" in page
    assert CANARY not in page
    response = client.get(reverse("evaluation:blind_file", args=[sheet.pk, free.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="bewerbung-a-zeitplan.pdf"'
    assert client.get(reverse("applications:opened", args=[submission.pk])).status_code == 404


def test_an_issuer_asks_for_files_until_publication(client):
    challenge = make_challenge(key_holders=0)
    client.force_login(make_member(challenge.organisation))
    form = reverse("applications:form", args=[challenge.slug])
    client.post(form, {"name": "Zeitplan", "is_required": "on"})
    assert "schon verlangt" in client.post(form, {"name": "Zeitplan"}).text
    slot = challenge.file_slots.get()
    client.post(reverse("applications:slot_remove", args=[slot.pk]))
    assert not challenge.file_slots.exists()
