"""A question becomes one of another kind while it is answered: what was said counts as none."""

import pytest

from challenges.models import Need, Response
from challenges.surveys.results.reading import Answers, questions_of
from marketplace.grouping.models import Statement
from tests.challenges.surveys.answering import page, send, submit
from tests.factories import make_question, make_respondent

pytestmark = pytest.mark.django_db
OPTIONS = [{"id": one, "label_de": f"Auswahl {one}"} for one in "ab"]
VALUES = {
    "single_choice": "a",
    "multiple_choice": ["a"],
    "priority_matrix": {"a": 5},
    "ranking": ["b", "a"],
    "number": 3,
    "free_text": "a",
    "need": {"text": "Eine App", "visibility": "public", "is_named": True},
    "contact_consent": True,
}


def make_answered(new, *kinds):
    """Return who answered a question of each kind before all became ones of the new kind."""
    respondent = make_respondent()
    at = respondent.survey.opened_at
    response = Response.objects.create(respondent=respondent, started_at=at)
    for number, kind in enumerate(kinds, start=1):
        question = make_question(respondent.survey, f"q{number}", kind)
        given = {"question": question, "wording": question.wording, "value": VALUES[kind]}
        response.answers.create(**given, changed_at=at, version=3)
        question.reword(kind=new, options=OPTIONS)
    return respondent


@pytest.mark.parametrize("new", VALUES)
def test_all_pages_show_an_answer_to_another_kind_of_question_as_none(client, new):
    respondent = make_answered(new, *(kind for kind in VALUES if kind != new))
    assert client.get(page(respondent)).status_code == 200
    assert client.get(page(respondent, "answer_review")).text.count("keine Antwort") == 7
    assert client.get(page(respondent, "answer_copy")).status_code == 200
    assert submit(client, respondent).status_code == 302
    assert Response.objects.get().submitted_at
    assert not Need.objects.exists()
    asked = questions_of(respondent.survey)
    assert not Answers.load(respondent.survey, asked).values
    for row in asked:
        Statement.objects.collect(row.question)
    assert not Statement.objects.exists()


def test_it_is_asked_again_and_can_be_answered(client):
    respondent = make_answered("single_choice", "multiple_choice")
    respondent.survey.questions.get().reword(is_required=True)
    make_question(respondent.survey, "q2", condition={"question": "q1", "any_of": ["a"]})
    shown = client.get(page(respondent)).text
    assert "Frage q2" not in shown
    assert 'name="v-q1" value="3"' in shown
    submit(client, respondent)
    assert not Response.objects.submitted().exists()
    overtaken = send(client, respondent, q1="b")
    assert overtaken.status_code == 409
    assert "keine Antwort" in overtaken.text
    client.post(page(respondent), {"q1": "b", "v-q1": "3", "was-q1": "null"})
    assert respondent.response.values() == {"q1": "b"}
    submit(client, respondent)
    assert Response.objects.submitted().exists()


def test_what_hangs_on_a_choice_is_not_asked_once_that_is_a_matrix(client):
    respondent = make_answered("priority_matrix", "single_choice")
    make_question(respondent.survey, "q2", condition={"question": "q1", "any_of": ["a"]})
    answer = client.post(page(respondent), {"q1_a": "5", "v-q1": "3", "was-q1": "null"})
    assert answer.status_code == 302
    assert respondent.response.values() == {"q1": {"a": 5}}
    assert "Frage q2" not in client.get(page(respondent)).text
