"""Receipts: derived, unambiguous, and readable however people type them."""

from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.receipt import LENGTH, normalise, receipt_code, receipt_hash
from surveys.check_character import ALPHABET

SECRET = b"a secret of thirty-two characters"
KEY = UUID("6f1d1b8e-2f2c-4c60-9d5a-1c7f4f1f9a10")


def test_a_receipt_is_the_same_each_time_it_is_derived() -> None:
    assert receipt_code(SECRET, KEY) == receipt_code(SECRET, KEY)


def test_a_receipt_needs_the_secret_and_the_key() -> None:
    codes = {
        receipt_code(SECRET, KEY),
        receipt_code(b"another secret of enough characters", KEY),
        receipt_code(SECRET, UUID(int=1)),
    }
    assert len(codes) == 3


@given(st.uuids())
def test_a_receipt_has_groups_of_four_and_its_check_character_last(key: UUID) -> None:
    groups = receipt_code(SECRET, key).split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 1]
    assert set("".join(groups)) <= set(ALPHABET)


def test_the_alphabet_has_no_letters_that_look_or_sound_like_another() -> None:
    assert not set("OILSU") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


@given(st.uuids(), st.sampled_from([" ", "", "-", "–", " - ", "\t"]))
def test_a_receipt_is_read_however_it_is_typed(key: UUID, gap: str) -> None:
    code = receipt_code(SECRET, key)
    typed = gap.join(code.split("-")).lower()
    assert normalise(f"  {typed} ") == code


@given(st.uuids())
def test_letters_that_are_taken_for_others_are_read_as_meant(key: UUID) -> None:
    code = receipt_code(SECRET, key)
    lookalikes = {"0": "o", "1": "l", "5": "S", "V": "u"}
    assert normalise("".join(lookalikes.get(symbol, symbol) for symbol in code)) == code
    assert normalise(code.replace("1", "I")) == code


@given(st.uuids(), st.integers(0, LENGTH), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(key: UUID, place: int, wrong: str) -> None:
    symbols = receipt_code(SECRET, key).replace("-", "")
    mistyped = symbols[:place] + wrong + symbols[place + 1 :]
    assert (normalise(mistyped) is None) == (mistyped != symbols)


@given(st.uuids())
def test_two_characters_that_changed_places_are_noticed(key: UUID) -> None:
    symbols = receipt_code(SECRET, key).replace("-", "")[:LENGTH]
    check = receipt_code(SECRET, key)[-1]
    for place, (one, two) in enumerate(pairwise(symbols)):
        swapped = symbols[:place] + two + one + symbols[place + 2 :]
        assert (normalise(swapped + check) is None) == (one != two)


@pytest.mark.parametrize(
    "typed", ["", "K7QF", "K7QF-2M9X-4TRD", "K7QF-2M9X-4TRD-8-8", "é" * 13, "!" * 13]
)
def test_what_is_no_code_is_not_read_as_one(typed: str) -> None:
    assert normalise(typed) is None


def test_a_stored_hash_does_not_hold_the_code_and_needs_the_secret() -> None:
    code = receipt_code(SECRET, KEY)
    hashed = receipt_hash(SECRET, code)
    assert code.replace("-", "").lower() not in hashed
    assert hashed != receipt_hash(b"another secret of enough characters", code)
    assert len(hashed) == 64
