"""The individual round and the consensus: conflicts, no names, locked sheets."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from challenges.calls.lifecycle import Action
from challenges.evaluation import blind, consensus, judging
from challenges.models import AgreedScore, Declaration, Panel, PanelEntry, Score, Submission
from tests.challenges.evaluation.making import (
    AT,
    REASON,
    chair_of,
    judge,
    make_agreed,
    make_closed,
    make_opened,
    make_reviewer,
)
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db


def first_of(challenge):
    return challenge.applications.order_by("pk")[0]


def test_who_has_no_account_is_not_invited_and_twice_is_once():
    challenge = make_opened()
    with pytest.raises(ValidationError, match="kein Konto"):
        judging.invite(challenge, "niemand@test.example", by=make_user(), at=AT)
    person = make_user()
    for _time in range(2):
        judging.invite(challenge, person.email.upper(), by=make_user(), at=AT)
    assert challenge.panel.reviewers.count() == 1
    assert PanelEntry.objects.filter(kind="invited").count() == 1


def test_before_the_declaration_nothing_can_be_read():
    challenge = make_opened()
    reviewer = make_reviewer(challenge, declared=False)
    assert not Declaration.objects.scorable_by(reviewer.user).exists()
    assert not Submission.objects.readable_by(reviewer.user).exists()
    colleague = make_member(challenge.organisation)
    assert Submission.objects.readable_by(colleague).count() == 2


def test_a_conflict_blocks_the_application_for_good():
    challenge = make_opened()
    blocked = first_of(challenge)
    reviewer = make_reviewer(challenge, conflicts={blocked.pk: "Mein Bruder arbeitet dort."})
    assert Declaration.objects.scorable_by(reviewer.user).count() == 1
    refused = reviewer.declarations.get(application=blocked)
    criterion = judging.judged_criteria(challenge)[0]
    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        Score.objects.create(declaration=refused, criterion=criterion, points=5, reason=REASON)
    Panel.objects.update(closed_at=AT)
    readable = Submission.objects.readable_by(reviewer.user)
    assert blocked not in [row.application for row in readable]


def test_who_belongs_to_an_applicant_has_a_conflict_whatever_was_said():
    challenge = make_opened()
    applicant = first_of(challenge)
    reviewer = make_reviewer(challenge, user=make_member(applicant.organisation, "viewer"))
    assert reviewer.declarations.get(application=applicant).has_conflict


def test_a_declaration_is_made_once_and_stays():
    challenge = make_opened()
    reviewer = make_reviewer(challenge)
    judging.declare(reviewer, {first_of(challenge).pk: "doch"}, at=AT)
    assert not reviewer.declarations.filter(has_conflict=True).exists()
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        reviewer.declarations.update(has_conflict=True)


def test_names_and_prices_are_hidden():
    content = {
        "applicant": "Wortkaskade GmbH",
        "partners": ["Beispielstadtwerke"],
        "answers": [{"question": "Was?", "answer": "WORTKASKADE und Beispielstadtwerke liefern."}],
        "total_eur": "4711",
        "solution": {"title": "Rathausbote", "summary": "Der Rathausbote hilft.", "price": "9"},
    }
    shown = blind.without_names(content)
    assert shown["answers"][0]["answer"] == f"{blind.BLACK} und {blind.BLACK} liefern."
    assert shown["solution"] == {"summary": f"Der {blind.BLACK} hilft.", "benefit": ""}
    assert "4711" not in str(shown)


def test_all_reviewers_have_the_same_letters():
    challenge = make_opened()
    letters = [
        dict(make_reviewer(challenge).declarations.values_list("application", "letter"))
        for _number in range(2)
    ]
    assert letters[0] == letters[1]
    assert sorted(letters[0].values()) == ["A", "B"]


def test_an_incomplete_sheet_is_not_locked():
    challenge = make_opened()
    reviewer = make_reviewer(challenge)
    with pytest.raises(ValidationError, match="fehlen noch Punkte"):
        judging.lock(reviewer, at=AT)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_keeps_a_locked_sheet_as_it_is(change):
    challenge = make_opened()
    reviewer = make_reviewer(challenge)
    judge(reviewer)
    rows = Score.objects.filter(declaration__reviewer=reviewer)
    with pytest.raises(IntegrityError, match="locked sheet"), transaction.atomic():
        rows.update(points=1) if change == "update" else rows.delete()


def test_the_round_closes_with_a_chair_and_two_sheets_for_each():
    challenge = make_opened()
    first, second = make_reviewer(challenge), make_reviewer(challenge)
    judge(first)
    with pytest.raises(ValidationError) as refused:
        judging.close(first.panel, by=first.user, at=AT)
    assert len(refused.value.messages) == 3  # no chair, and one sheet each
    judging.appoint(first, by=first.user, at=AT)
    judge(second)
    judging.close(first.panel, by=first.user, at=AT)
    assert Panel.objects.get().closed_at == AT


def test_who_has_a_conflict_is_no_chair():
    challenge = make_opened()
    reviewer = make_reviewer(challenge, conflicts={first_of(challenge).pk: "Aktien"})
    with pytest.raises(ValidationError, match="befangen"):
        judging.appoint(reviewer, by=reviewer.user, at=AT)


def test_scores_far_apart_are_highlighted_and_sheets_left_open_do_not_count():
    challenge = make_closed()
    late = challenge.panel.reviewers.create(user=make_user(), invited_at=AT)
    assert consensus.voices(challenge.panel, first_of(challenge))[0].is_wide
    challenge.panel.spread = 5
    voice = consensus.voices(challenge.panel, first_of(challenge))[0]
    assert not voice.is_wide
    assert sorted(row.points for row in voice.scores) == [3, 8]
    assert not consensus.chaired_by(late.user).exists()


def test_the_ranking_is_there_once_all_is_agreed_upon():
    challenge = make_closed(3000, 1000)
    assert consensus.results(challenge) == []
    challenge = make_agreed(3000, 1000)
    ranked = consensus.results(challenge)
    assert [row.place.bid.price for row in ranked] == [1000, 3000]
    assert [float(row.place.total) for row in ranked] == [72, 52]
    assert not any(change.is_other for change in consensus.changes(challenge, ranked))


def test_what_was_agreed_upon_stays_once_the_evaluation_is_over():
    challenge = make_agreed()
    challenge.take(Action.FINISH_EVALUATION, by=chair_of(challenge), at=AT)
    with pytest.raises(IntegrityError, match="evaluation is over"), transaction.atomic():
        AgreedScore.objects.update(points=1)
    chair = chair_of(challenge)
    assert not consensus.agree(challenge.panel, first_of(challenge), {}, by=chair, at=AT)
