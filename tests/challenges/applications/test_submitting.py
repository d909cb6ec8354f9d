"""Handing in: complete, to the second, sealed, replaceable, never twice."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from challenges.applications import content, drafts, keys, submitting
from challenges.calls.lifecycle import Action
from challenges.models import Application, Challenge, Submission
from profiles.models import Mail, Membership
from tests.challenges.applications.making import (
    CANARY,
    END,
    PASSPHRASE,
    SECOND,
    START,
    WHEN_OPEN,
    author_of,
    hand_in,
    make_application,
    make_running,
)
from tests.factories import make_challenge, make_member, make_provider, make_solution, make_user

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
GRACE = timedelta(minutes=5)


@pytest.mark.parametrize(
    ("arrived_at", "at"),
    [(START, START), (END, END), (END, END + GRACE)],
)
def test_in_time_is_up_to_the_second_of_the_deadline_and_may_take_minutes_to_arrive(arrived_at, at):
    submission = hand_in(make_application(), arrived_at=arrived_at, at=at)
    assert submission.received_at == arrived_at


@pytest.mark.parametrize(
    ("arrived_at", "at"),
    [
        (START - INSTANT, START),
        (END + INSTANT, END + INSTANT),
        (END, END + GRACE + INSTANT),
    ],
)
def test_too_early_too_late_or_too_slow_is_refused(arrived_at, at):
    with pytest.raises(submitting.LateError):
        hand_in(make_application(), arrived_at=arrived_at, at=at)
    assert not Submission.objects.exists()


def test_what_began_in_time_is_taken_though_the_deadline_is_written_down_already():
    application = make_application()
    application.challenge.settle(at=END + SECOND)
    assert hand_in(application, arrived_at=END, at=END + 2 * SECOND)


def test_a_cancelled_challenge_takes_nothing():
    application = make_application()
    application.challenge.take(Action.CANCEL, by=make_user(), at=WHEN_OPEN, reason="Kein Geld")
    with pytest.raises(submitting.LateError):
        hand_in(application)


def test_the_draft_goes_and_the_checksum_is_that_of_the_sealed_bytes():
    application = make_application()
    submission = Submission.objects.get(pk=hand_in(application).pk)
    assert Application.objects.get(pk=application.pk).draft is None
    assert hashlib.sha256(submission.sealed).hexdigest() == submission.checksum
    assert CANARY.encode() not in bytes(submission.sealed)


def test_the_receipt_goes_to_those_who_speak_for_the_applicant_and_tells_nothing_of_the_content():
    application = make_application()
    submission = hand_in(application)
    mail = Mail.objects.get(kind="application_received")
    assert mail.user == author_of(application)
    assert mail.context["checksum"] == submission.checksum
    assert CANARY not in str(mail.context)


def test_a_draft_tells_its_length_only_in_steps():
    lengths = {len(content.as_bytes({"answer": "x" * count})) for count in (1, 500, 4000)}
    assert lengths == {4096}


def test_a_draft_is_no_plain_text_in_the_database():
    application = make_application()
    assert CANARY.encode() not in bytes(application.draft)
    assert list(drafts.read(application)["answers"].values()) == [CANARY]


def test_a_draft_is_read_with_the_key_that_was_changed_since(settings):
    application = make_application()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one" * 9
    assert drafts.read(application)["answers"]


def test_of_two_who_save_the_same_version_the_second_one_is_told():
    application = make_application()
    saved = [
        drafts.save(
            application,
            drafts.empty(),
            by=author_of(application),
            at=WHEN_OPEN,
            seen=application.version,
        )
        for _time in range(2)
    ]
    assert saved == [True, False]


def test_only_what_was_looked_at_is_handed_in():
    application = make_application()
    drafts.save(
        application,
        drafts.read(application),
        by=author_of(application),
        at=WHEN_OPEN,
        seen=application.version,
    )
    with pytest.raises(ValidationError, match="geändert"):
        hand_in(application)


def test_what_is_missing_is_said():
    application = make_application(text=" ".join(["Wort"] * 21))
    application.challenge.price_positions.create(label="Schulung")
    provider = make_provider()
    application.partners.create(organisation=provider.organisation, asked_at=WHEN_OPEN)
    with pytest.raises(ValidationError) as refused:
        hand_in(application)
    assert refused.value.messages == [
        "Zu lang, 21 statt höchstens 20 Wörter: Was schlagen Sie vor?",
        "Im Preisblatt fehlt: Schulung.",
        f"{provider.organisation} hat noch nicht geantwortet.",
    ]


def test_a_challenge_for_others_is_no_challenge_for_all():
    challenge = make_running(eligible_kinds=["nonprofit"])
    with pytest.raises(ValidationError, match="andere Arten"):
        hand_in(make_application(challenge))


def test_a_replacement_begins_with_the_own_copy_and_takes_the_place_of_the_first():
    application = make_application()
    copy = content.own_copy(application, drafts.read(application))
    first = hand_in(application)
    draft = content.from_copy(application, copy)
    assert submitting.restart(application, draft, by=author_of(application), at=WHEN_OPEN)
    assert Submission.objects.valid().get() == first
    application.refresh_from_db()
    second = hand_in(application, arrived_at=WHEN_OPEN + SECOND)
    first.refresh_from_db()
    assert (first.sealed, first.ended_at) == (None, WHEN_OPEN + SECOND)
    assert Submission.objects.valid().get() == second
    assert second.number == 2


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"{}", b"null", b"\xff", b'{"format": "bewerbung/1", "challenge": "andere"}'],
)
def test_what_is_no_copy_of_this_challenge_is_refused(text):
    with pytest.raises(ValidationError, match="keine Kopie"):
        content.from_copy(make_application(), text)


@pytest.mark.parametrize("answer", ["\0", "half a character \ud800", "x" * 40_001])
def test_a_copy_holds_no_answer_that_the_form_would_refuse(answer):
    application = make_application()
    copy = json.loads(content.own_copy(application, drafts.read(application)))
    copy["answers"][0]["answer"] = answer
    with pytest.raises(ValidationError):
        content.from_copy(application, json.dumps(copy).encode())


def test_withdrawn_loses_its_bytes_and_keeps_its_receipt():
    application = make_application()
    submission = hand_in(application)
    person = author_of(application)
    assert submitting.withdraw(application, by=person, arrived_at=END, at=END)
    submission.refresh_from_db()
    assert (submission.sealed, submission.ended_at) == (None, END)
    assert submission.checksum
    assert not submitting.withdraw(application, by=person, arrived_at=END, at=END)


def test_the_solution_is_kept_as_it_was():
    provider = make_provider()
    solution = make_solution(provider=provider, title="Rathausbote")
    application = make_application(provider=provider)
    draft = drafts.read(application) | {"solution": solution.pk}
    said = content.document(application, draft)
    solution.title = "Etwas anderes"
    solution.save()
    assert said["solution"]["title"] == "Rathausbote"
    assert said["total_eur"] == "1200.00"


def test_somebody_elses_solution_is_not_attached():
    application = make_application()
    draft = drafts.read(application) | {"solution": make_solution().pk}
    assert content.document(application, draft)["solution"] is None


def test_one_version_is_valid_at_a_time():
    application = make_application()
    hand_in(application)
    with pytest.raises(IntegrityError), transaction.atomic():
        application.submissions.create(
            number=2, sealed=b"x", checksum="0" * 64, received_at=WHEN_OPEN
        )


# Publication


def test_without_two_key_holders_nothing_is_published():
    challenge = make_challenge(key_holders=1)
    author, other = make_member(challenge.organisation), make_member(challenge.organisation)
    challenge.take(Action.SUBMIT, by=author, at=START)
    with pytest.raises(ValidationError, match="Mindestens zwei Personen"):
        challenge.take(Action.PUBLISH, by=other, at=START)
    keys.become_holder(challenge, other, PASSPHRASE, at=START)
    assert challenge.take(Action.PUBLISH, by=other, at=START)
    assert challenge.seal_key.copies.count() == 2


def test_who_no_longer_speaks_for_the_organisation_holds_no_key():
    challenge = make_challenge(key_holders=0)
    staying, gone, reading, third = (make_member(challenge.organisation) for _one in range(4))
    for person in (staying, gone, reading):
        keys.become_holder(challenge, person, PASSPHRASE, at=START)
    gone.memberships.get().delete()
    reading.memberships.update(role=Membership.Role.VIEWER)
    challenge.take(Action.SUBMIT, by=staying, at=START)
    with pytest.raises(ValidationError, match="Mindestens zwei Personen"):
        challenge.take(Action.PUBLISH, by=third, at=START)
    keys.become_holder(challenge, third, PASSPHRASE, at=START)
    assert challenge.take(Action.PUBLISH, by=third, at=START)
    assert {holder.user for holder in challenge.key_holders.all()} == {staying, third}
    removed = challenge.seal_log.filter(kind="holder_removed")
    assert set(removed.values_list("note", flat=True)) == {str(gone), str(reading)}


def test_what_prepares_a_formal_procedure_needs_no_keys_and_takes_no_applications():
    facts = {"key": "offenes_verfahren", "regime": "above"}
    challenge = make_challenge(key_holders=0, procedure_facts=facts)
    challenge.price_positions.all().delete()
    author, other = make_member(challenge.organisation), make_member(challenge.organisation)
    challenge.take(Action.SUBMIT, by=author, at=START)
    assert challenge.take(Action.PUBLISH, by=other, at=START)
    assert Challenge.objects.open(at=WHEN_OPEN).exists()
    assert not Challenge.objects.taking(at=WHEN_OPEN).exists()


def test_where_the_price_counts_nothing_is_published_without_a_price_sheet():
    challenge = make_challenge()
    challenge.price_positions.all().delete()
    author, other = make_member(challenge.organisation), make_member(challenge.organisation)
    challenge.take(Action.SUBMIT, by=author, at=START)
    with pytest.raises(ValidationError, match="Preisblatt"):
        challenge.take(Action.PUBLISH, by=other, at=START)
    challenge.price_positions.create(label="Betrieb")
    assert challenge.take(Action.PUBLISH, by=other, at=START)


def test_where_the_price_does_not_count_no_price_sheet_is_wanted():
    challenge = make_challenge(criteria={"Eignung": 100})
    challenge.price_positions.all().delete()
    author, other = make_member(challenge.organisation), make_member(challenge.organisation)
    challenge.take(Action.SUBMIT, by=author, at=START)
    assert challenge.take(Action.PUBLISH, by=other, at=START)


def test_after_publication_nobody_gets_or_loses_a_key():
    challenge = make_running()
    with pytest.raises(keys.PublishedError):
        keys.become_holder(challenge, make_user(), PASSPHRASE, at=WHEN_OPEN)
    with pytest.raises(keys.PublishedError):
        keys.stop_holding(challenge, challenge.key_holders.first().user, at=WHEN_OPEN)
