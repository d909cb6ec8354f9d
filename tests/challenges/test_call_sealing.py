"""Sealed is sealed: any two open it, nobody alone, and nothing that was changed."""

from itertools import permutations

import pytest

from challenges.calls import sealing
from challenges.calls.sealing import SealError

ABOUT = "challenge 7"


@pytest.fixture(scope="module")
def holders() -> dict[int, tuple[bytes, bytes]]:
    return {number: sealing.new_pair() for number in (1, 2, 3)}


@pytest.fixture(scope="module")
def key() -> tuple[bytes, bytes]:
    return sealing.new_pair()


@pytest.fixture(scope="module")
def copies(key, holders) -> dict[tuple[int, int], bytes]:
    publics = {number: public for number, (_, public) in holders.items()}
    return sealing.copies(key[0], publics, about=ABOUT)


@pytest.mark.parametrize("pair", list(permutations((1, 2, 3), 2)))
def test_any_two_open_it_in_any_order(pair, copies, holders, key):
    first, second = pair
    left = sealing.turn(copies[pair], first, holders[first][0], about=ABOUT)
    assert left != key[0]
    assert sealing.turn(left, second, holders[second][0], about=ABOUT) == key[0]


def test_nobody_opens_it_alone(copies, holders):
    for (first, _), copy in copies.items():
        left = sealing.turn(copy, first, holders[first][0], about=ABOUT)
        with pytest.raises(SealError):
            sealing.turn(left, first, holders[first][0], about=ABOUT)


def test_one_holder_is_refused(holders):
    with pytest.raises(ValueError, match="alone"):
        sealing.copies(b"x" * 32, {1: holders[1][1]}, about=ABOUT)


def test_an_application_opens_with_the_key_of_its_challenge_in_its_place(key):
    sealed = sealing.seal("Angebot: 5 €".encode(), key[1], about="application 3")
    assert sealing.unseal(sealed, key[0], about="application 3").decode() == "Angebot: 5 €"
    assert b"Angebot" not in sealed
    with pytest.raises(SealError):
        sealing.unseal(sealed, key[0], about="application 4")
    with pytest.raises(SealError):
        sealing.unseal(sealed, sealing.new_pair()[0], about="application 3")


def test_what_was_changed_does_not_open(key):
    sealed = bytearray(sealing.seal(b"Angebot", key[1], about=ABOUT))
    sealed[-1] ^= 1
    with pytest.raises(SealError):
        sealing.unseal(bytes(sealed), key[0], about=ABOUT)


def test_a_holders_key_opens_with_the_passphrase_alone():
    locked = sealing.lock(b"k" * 32, "drei Wörter genügen nie")
    assert sealing.unlock(locked, "drei Wörter genügen nie") == b"k" * 32
    with pytest.raises(SealError):
        sealing.unlock(locked, "Drei Wörter genügen nie")


def test_the_same_passphrase_locks_differently_each_time():
    assert sealing.lock(b"k" * 32, "gleich") != sealing.lock(b"k" * 32, "gleich")


def test_a_guess_at_a_passphrase_costs_32_mb_and_a_tenth_of_a_second(fast_passphrases, monkeypatch):
    assert fast_passphrases == 2**15  # not what the tests derive keys with
    locked = sealing.lock(b"private", "fünf Wörter")
    monkeypatch.setattr(sealing, "SCRYPT_COST", fast_passphrases)
    assert sealing.unlock(sealing.lock(b"private", "fünf Wörter"), "fünf Wörter") == b"private"
    with pytest.raises(SealError):
        sealing.unlock(locked, "fünf Wörter")
