import pytest
from django.core.exceptions import ValidationError

from challenges.models import Wording
from challenges.surveys.form_fields import field_of

OPTIONS = [{"id": key, "label_de": f"Thema {key}", "label_en": f"topic {key}"} for key in "abc"]


def make_wording(kind, **fields):
    return Wording(**{"kind": kind, "text_de": "Was?", "options": OPTIONS} | fields)


def cleaned(wording, **data):
    """Clean what a browser would send for the one question of a form."""
    field = field_of(wording)
    value = field.widget.value_from_datadict(data, {}, "q")
    return field.clean(value)


@pytest.mark.parametrize("kind", Wording.Kind.values)
def test_a_draft_may_leave_any_question_open(kind):
    assert not cleaned(make_wording(kind))


def test_priorities_are_kept_by_topic_without_those_left_out():
    assert cleaned(make_wording("priority_matrix"), q_a="5", q_c="1") == {"a": 5, "c": 1}


@pytest.mark.parametrize("value", ["0", "6", "wichtig"])
def test_a_priority_lies_between_1_and_5(value):
    with pytest.raises(ValidationError):
        cleaned(make_wording("priority_matrix"), q_a=value)


def test_a_ranking_is_in_order():
    wording = make_wording("ranking", limits={"ranks": 2})
    assert cleaned(wording, q_1="c", q_2="a") == ["c", "a"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"q_1": "a", "q_2": "a"}, "nur einmal"),
        ({"q_2": "a"}, "keinen Rang"),
        ({"q_1": "z"}, "z"),
    ],
)
def test_a_ranking_says_what_is_wrong(data, message):
    with pytest.raises(ValidationError, match=message):
        cleaned(make_wording("ranking"), **data)


@pytest.mark.parametrize(("typed", "number"), [("3", 3), ("3,5", 3.5), ("1.000", 1000), ("0", 0)])
def test_numbers_are_read_as_germans_write_them(typed, number):
    assert cleaned(make_wording("number", limits={"min": 0}), q=typed) == number


@pytest.mark.parametrize("typed", ["-1", "201", "viel"])
def test_a_number_keeps_its_limits(typed):
    with pytest.raises(ValidationError):
        cleaned(make_wording("number", limits={"min": 0, "max": 200}), q=typed)


def test_a_need_is_private_unless_something_else_is_ticked():
    value = cleaned(make_wording("need"), q_text="Eine App")
    assert value == {"text": "Eine App", "visibility": "private", "is_named": False}


def test_a_condition_asks_for_one_of_its_answers():
    wording = make_wording("number", condition={"question": "q1", "any_of": ["a", "b"]})
    assert wording.is_asked({"q1": "a"})
    assert wording.is_asked({"q1": ["c", "b"]})
    assert not wording.is_asked({"q1": "c"})
    assert not wording.is_asked({})
