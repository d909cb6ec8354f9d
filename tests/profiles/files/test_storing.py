from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from profiles.files import sweeping
from profiles.files.inspection import Accepted
from profiles.files.models import TooManyError
from profiles.files.storing import kept
from profiles.files.tasks import sweep_files
from profiles.models import SolutionFile, StoredFile
from tests.factories import (
    LONG_AGO,
    make_claim,
    make_file,
    make_organisation,
    make_picture,
    make_solution,
    make_standard,
)

pytestmark = pytest.mark.django_db
ACCEPTED = Accepted(b"%PDF-", "application/pdf", "Plan.pdf")


def keeping(**fields):
    given = {"kind": "document", "by": None, "at": LONG_AGO}
    return kept(ACCEPTED, organisation=make_organisation(), **given | fields)


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_a_name_that_nobody_typed(storage_of_its_own):
    with keeping() as file:
        pass
    [path] = files(storage_of_its_own)
    assert path.read_bytes() == b"%PDF-"
    assert "Plan" not in str(path)
    assert path.relative_to(storage_of_its_own).as_posix() == file.path
    assert StoredFile.objects.get().size == 5


def test_when_the_block_fails_neither_row_nor_file_is_left(storage_of_its_own):
    with pytest.raises(RuntimeError), keeping():
        raise RuntimeError
    assert not StoredFile.objects.exists()
    assert not files(storage_of_its_own)


def test_when_the_row_fails_no_file_is_left(storage_of_its_own):
    with pytest.raises(IntegrityError), keeping(kind="evidence", is_public=True):
        pass
    assert not files(storage_of_its_own)


def test_when_the_database_is_lost_the_file_stays_for_the_sweep(storage_of_its_own):
    with pytest.raises(OperationalError), keeping():
        raise OperationalError
    assert len(files(storage_of_its_own)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_deleted_row_takes_its_file_along_only_when_that_is_certain(storage_of_its_own):
    file = make_file()
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        file.delete()
        raise RuntimeError
    assert len(files(storage_of_its_own)) == 1
    StoredFile.objects.get().delete()
    assert not files(storage_of_its_own)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_takes_what_belongs_to_nothing_and_is_a_day_old(storage_of_its_own):
    solution = make_solution()
    used = make_picture(solution).file
    evidence = make_file(kind="evidence")
    claim = make_claim(solution, make_standard(), evidence_file=evidence)
    lost_row = make_file()
    orphan = storage_of_its_own / "files" / "ab" / "abc"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")
    assert sweeping.sweep(at=timezone.now()) == 1
    assert not StoredFile.objects.filter(pk=lost_row.pk).exists()
    assert orphan.exists()
    assert sweeping.sweep(at=timezone.now() + timedelta(days=1, minutes=1)) == 1
    assert not orphan.exists()
    assert set(StoredFile.objects.all()) == {used, evidence}
    claim.delete()
    assert sweeping.sweep(at=timezone.now()) == 1


def test_the_command_names_what_is_missing(capsys):
    file = make_picture(make_solution()).file
    file.file.storage.delete(file.path)
    call_command("sweep_files")
    assert str(file.pk) in capsys.readouterr().err


def test_the_sweep_has_nothing_to_do_where_nothing_was_uploaded():
    sweep_files()


def test_a_seventh_picture_has_no_place():
    solution = make_solution()
    for _ in range(6):
        make_picture(solution)
    with pytest.raises(TooManyError), transaction.atomic():
        make_picture(solution)
    with pytest.raises(IntegrityError), transaction.atomic():
        SolutionFile.objects.update(position=6)


def test_files_change_places_and_gaps_close():
    solution = make_solution()
    first, second, third = (make_picture(solution) for _ in range(3))
    third.move(-1)
    third.move(-1)
    third.move(-1)
    first.move(5)
    assert list(solution.files.all()) == [third, second, first]
    second.remove()
    assert list(solution.files.values_list("position", flat=True)) == [0, 1]


def test_new_evidence_has_to_be_checked_again():
    claim = make_claim(make_solution(), make_standard(), status="verified", verified_at=LONG_AGO)
    claim.replace_evidence(make_file(kind="evidence"))
    claim.refresh_from_db()
    assert (claim.status, claim.verified_at) == ("evidence_uploaded", None)
    claim.replace_evidence(None)
    assert claim.status == "self_declared"
    assert not StoredFile.objects.exists()
