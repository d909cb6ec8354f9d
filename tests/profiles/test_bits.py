import numpy as np

from profiles.snapshot.bits import are_in, from_slots, rewritten


def test_a_few_slots_are_looked_up_in_the_words_that_hold_them():
    slots = np.array([0, 1, 63, 64, 130, 191])
    held = are_in(from_slots(np.array([0, 63, 64, 130]), words=3), slots)
    assert held.tolist() == [True, False, True, True, True, False]


def test_a_set_is_written_on_where_slots_have_changed_and_else_stays_itself():
    bits = from_slots(np.array([0, 63, 64]), words=2)
    touched = np.array([1, 63, 64])
    assert rewritten(bits, touched, np.array([64, 63]), 2) is bits
    for having, words in (([1, 64], 2), ([1, 63, 64], 2), ([63, 64, 150], 3), ([], 2)):
        slots = np.union1d(touched, np.array([150])) if words == 3 else touched
        new = rewritten(bits, slots, np.array(having, dtype=np.int64), words)
        assert new.tolist() == from_slots(np.array([0, *having]), words).tolist()
    assert bits.tolist() == from_slots(np.array([0, 63, 64]), words=2).tolist()
