"""The decision of two persons, what applicants are told, and the record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from time import monotonic, sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from openpyxl import load_workbook
from pypdf import PdfReader

from challenges.calls.lifecycle import Action, State
from challenges.evaluation import consensus, deciding, letters, mails, record
from challenges.evaluation.judging import submissions_of
from challenges.models import Challenge, Decision
from profiles.models import Mail
from tests.challenges.evaluation.making import (
    AT,
    REASON,
    chair_of,
    first_of,
    make_agreed,
    make_opened,
    make_proposed,
    make_reviewer,
)
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def signed(**fields):
    """Let the applicant whose price is higher lose."""
    decision = make_proposed(2000, 1000, **fields)
    for application in decision.challenge.applications.all():
        make_member(application.organisation)
    deciding.sign(decision, by=make_member(decision.challenge.organisation), at=AT)
    decision.refresh_from_db()
    return decision


def loser_of(decision):
    return decision.challenge.applications.exclude(pk=decision.winner_id).get()


def test_the_award_goes_to_the_first_and_takes_two_persons():
    decision = make_proposed(2000, 1000)
    assert decision.challenge.state == State.DECISION
    with pytest.raises(ValidationError, match="andere Person"):
        deciding.sign(decision, by=decision.proposed_by, at=AT)
    assert deciding.sign(decision, by=make_user(), at=AT)
    assert not deciding.sign(decision, by=make_user(), at=AT)
    decision.challenge.refresh_from_db()
    assert decision.challenge.state == State.AWARDED
    assert decision.winner.submissions.get().content["total_eur"] == "1000"


def test_the_database_wants_two_persons_and_keeps_what_they_signed():
    decision = make_proposed()
    with pytest.raises(IntegrityError, match="decision_takes_two"), transaction.atomic():
        Decision.objects.update(signed_by=decision.proposed_by, signed_at=AT)
    deciding.sign(decision, by=make_user(), at=AT)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Decision.objects.update(reason="anders")


def test_nothing_is_awarded_before_all_is_agreed_upon():
    challenge = make_opened()
    some = challenge.applications.all()[0]
    with pytest.raises(ValidationError, match="gemeinsam festgestellte"):
        deciding.propose(challenge, winner=some, reason="so", by=make_user(), at=AT)
    decision = deciding.propose(challenge, winner=None, reason="Kein Geld", by=make_user(), at=AT)
    deciding.sign(decision, by=make_user(), at=AT)
    challenge.refresh_from_db()
    assert challenge.state == State.NO_AWARD
    assert challenge.log.get(action=Action.END_WITHOUT_AWARD).reason == "Kein Geld"


def test_an_award_goes_to_the_first_alone():
    challenge = make_agreed(2000, 1000)
    second = challenge.applications.exclude(pk=first_of(challenge).pk).get()
    with pytest.raises(ValidationError, match="Rangfolge hat sich inzwischen geändert"):
        deciding.propose(challenge, winner=second, reason="so", by=make_user(), at=AT)
    assert not Decision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_points_change_before_a_proposal_or_not_at_all():
    challenge = make_agreed(2000, 1000)
    winner = first_of(challenge)
    criterion = challenge.criteria.get(is_price=False).pk

    def agree_otherwise():
        scores = {criterion: (0, REASON)}
        try:
            chair, panel = chair_of(challenge), challenge.panel
            return consensus.agree(panel, winner, scores, by=chair, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Challenge.objects.select_for_update().get(pk=challenge.pk)
            agreeing = pool.submit(agree_otherwise)
            wait_for_who_waits_for_us()
            deciding.propose(challenge, winner=winner, reason="so", by=make_user(), at=AT)
        assert not agreeing.result()
    assert first_of(challenge) == winner == Decision.objects.get().winner


def wait_for_who_waits_for_us():
    ours = "pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    waiting = f"SELECT count(*) FROM pg_locks WHERE NOT granted AND {ours}"  # noqa: S608
    deadline = monotonic() + 10
    while monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        sleep(0.01)
    raise AssertionError("nobody waits")


def test_a_proposal_is_given_back_with_the_reason_and_another_one_made():
    decision = make_proposed()
    challenge = decision.challenge
    with pytest.raises(ValidationError, match="schon einen Vorschlag"):
        deciding.propose(challenge, winner=None, reason="nein", by=make_user(), at=AT)
    assert deciding.dismiss(decision, "Bitte begründen", by=make_user(), at=AT)
    assert challenge.panel_log.get(kind="dismissed").note == "Bitte begründen"
    winner = first_of(challenge)
    deciding.propose(challenge, winner=winner, reason="Platz 1", by=make_user(), at=AT)


def test_what_is_signed_is_the_proposal_that_was_read():
    read = make_proposed()
    assert deciding.dismiss(read, "Kein Geld mehr", by=make_user(), at=AT)
    now = {"by": make_user(), "at": AT}
    anew = deciding.propose(read.challenge, winner=None, reason="Kein Geld", **now)
    with pytest.raises(ValidationError, match="steht inzwischen ein anderer Vorschlag"):
        deciding.sign(read, by=make_user(), at=AT)
    assert deciding.dismiss(anew, "Doch Geld", by=make_user(), at=AT)
    assert not deciding.sign(anew, by=make_user(), at=AT)
    same = deciding.propose(
        read.challenge,
        winner=None,
        reason="Doch kein Geld",
        by=make_user(),
        at=AT + timedelta(minutes=1),
    )
    with pytest.raises(ValidationError, match="steht inzwischen ein anderer Vorschlag"):
        deciding.sign(anew, by=make_user(), at=AT)
    assert deciding.sign(same, by=make_user(), at=AT)


def test_what_was_cancelled_meanwhile_is_not_signed():
    decision = make_proposed()
    decision.challenge.take(Action.CANCEL, by=make_user(), at=AT, reason="Kein Geld")
    assert not deciding.sign(decision, by=make_user(), at=AT)
    assert not Mail.objects.filter(kind="application_decided").exists()
    assert not Decision.objects.signable_by(make_member(decision.challenge.organisation)).exists()


def test_who_lost_reads_own_scores_reasons_and_the_winner():
    decision = signed()
    letter = letters.letter(decision, loser_of(decision), at=AT)
    assert not letter.has_won
    assert letter.winner == decision.winner.organisation.name
    assert [(float(line.points), line.reason) for line in letter.lines] == [(6, REASON), (5, "")]
    person = loser_of(decision).organisation.deciders()[0]
    mail = Mail.objects.get(kind="application_decided", user=person)
    assert REASON in mail.context["scores"]
    assert mail.context["winner"] == letter.winner
    assert mail.context["outcome"] == "lost"


def test_the_winner_is_named_after_the_standstill():
    decision = signed(standstill_until=AT + WEEK)
    loser = loser_of(decision)
    assert letters.letter(decision, loser, at=AT + WEEK).winner == ""
    after = letters.letter(decision, loser, at=AT + WEEK + timedelta(seconds=1))
    assert after.winner == decision.winner.organisation.name
    told = Mail.objects.get(kind="application_decided", user=loser.organisation.deciders()[0])
    assert told.context["winner"] == ""
    later = Mail.objects.get(kind="application_winner")
    assert (later.user, later.due_at) == (loser.organisation.deciders()[0], AT + WEEK)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=2)])
def test_a_standstill_that_is_over_before_anybody_is_told_is_not_signed(late):
    decision = make_proposed(standstill_until=AT + WEEK)
    at = AT + WEEK + late
    with pytest.raises(ValidationError, match="Wartefrist wäre schon vorbei"):
        deciding.sign(decision, by=make_user(), at=at)
    assert not Mail.objects.filter(kind="application_decided").exists()
    assert deciding.dismiss(decision, "Wartefrist", by=make_user(), at=at)
    anew = deciding.propose(
        decision.challenge,
        winner=decision.winner,
        reason="Platz 1",
        by=make_user(),
        at=at,
        standstill_until=at + WEEK,
    )
    assert deciding.sign(anew, by=make_user(), at=at)


def test_the_same_standstill_does_not_hide_from_the_winner_who_has_won():
    decision = signed(standstill_until=AT + WEEK)
    assert letters.letter(decision, decision.winner, at=AT).has_won


def test_reminders_are_sent_once_per_stage():
    challenge = make_opened()
    reviewer = make_reviewer(challenge)
    for _time in range(2):
        mails.remind(reviewer)
    assert Mail.objects.filter(kind="review_reminder").count() == 1


def test_the_record_holds_every_step_person_and_reason():
    decision = signed()
    challenge = decision.challenge
    paper = PdfReader(BytesIO(record.pdf(challenge, at=AT)))
    text = "".join(page.extract_text() for page in paper.pages)
    sheet = load_workbook(BytesIO(record.xlsx(challenge, at=AT))).worksheets[0]
    cells = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    wanted = {str(entry.by) for entry in challenge.panel_log.all()}
    wanted |= {"Entscheidung gezeichnet", "nicht befangen", "Platz 1 nach der Formel."}
    wanted |= {row.organisation.name for row in challenge.applications.all()}
    wanted |= {row.checksum for row in submissions_of(challenge)} | {"2.000 €"}
    assert {word for word in wanted if word not in cells} == set()
    flat = "".join(text.split())
    assert {word for word in wanted if "".join(word.split()) not in flat} == set()
