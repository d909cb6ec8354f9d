from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.assessments.roadmap import Step, ordered


def step(key: str, rank: int = 1, *, is_milestone: bool = False, names: str = "") -> Step:
    return Step(key, rank, ord(key), is_milestone, frozenset(names))


def keys(*steps: Step) -> str:
    return "".join(found.key for found in ordered(steps))


def test_without_relations_phase_and_number_decide():
    assert keys(step("c"), step("a", 2), step("b")) == "bca"


def test_milestones_come_first_within_their_phase():
    assert keys(step("a"), step("b", is_milestone=True), step("c", 0)) == "cba"


def test_what_a_milestone_waits_for_comes_right_before_it():
    milestone = step("z", is_milestone=True, names="y")
    assert keys(step("a"), step("y"), milestone) == "yza"


def test_of_two_related_ones_the_earlier_phase_comes_first_whoever_names_whom():
    assert keys(step("a", 2), step("b", 1, names="a")) == "ba"
    assert keys(step("a", 2, names="b"), step("b", 1)) == "ba"


def test_within_a_phase_what_is_named_comes_first():
    assert keys(step("a", names="b"), step("b")) == "ba"


def test_those_that_name_each_other_stand_together():
    assert keys(step("a", names="d"), step("b"), step("c"), step("d", names="a")) == "adbc"


def test_a_circle_is_taken_as_one():
    circle = [step("a", names="c"), step("c", names="d"), step("d", names="a")]
    assert keys(*circle, step("b")) == "acdb"


def test_relations_to_what_is_no_longer_open_do_not_matter():
    assert keys(step("a", names="x"), step("b")) == "ab"


def test_a_criterion_that_names_itself_is_no_trouble():
    assert keys(step("a", names="a")) == "a"


LETTERS = "abcdefgh"
STEPS = st.lists(
    st.builds(
        step,
        st.sampled_from(LETTERS),
        st.integers(1, 3),
        is_milestone=st.booleans(),
        names=st.text(LETTERS, max_size=4),
    ),
    unique_by=lambda found: found.key,
)


@settings(deadline=None, max_examples=60)
@given(STEPS, st.randoms())
def test_every_step_comes_once_in_an_order_that_does_not_depend_on_how_they_are_given(
    steps, random
):
    found = ordered(steps)
    assert sorted(each.key for each in found) == sorted(each.key for each in steps)
    random.shuffle(steps)
    assert ordered(steps) == found


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_an_earlier_phase_that_is_related_never_comes_later(steps):
    found = ordered(steps)
    for at, one in enumerate(found):
        for later in found[at + 1 :]:
            related = later.key in one.names or one.key in later.names
            assert not (related and later.rank < one.rank)
