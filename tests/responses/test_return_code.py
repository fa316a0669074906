"""The code to come back with: easy to say and to mend, hard to guess, and never stored."""

import itertools
import math
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from responses.code_words import WORDS
from responses.return_code import (
    LENGTH,
    hashed,
    is_whole,
    normalise,
    return_code,
    return_link,
    unknown_words,
)

SECRET = b"a secret of this test"
KEY = UUID(int=7)


def one_letter_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def test_a_code_holds_44_bits() -> None:
    assert 44 < math.log2(len(set(WORDS)) ** LENGTH) < 45


def test_no_word_is_a_letter_away_from_another() -> None:
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    close = [pair for pair in itertools.combinations(WORDS, 2) if one_letter_apart(*pair)]
    assert close == []


@given(st.uuids(), st.integers(0, 4))
def test_a_code_is_whole_however_it_is_typed(key: UUID, attempt: int) -> None:
    code = return_code(SECRET, key, attempt=attempt)
    assert is_whole(code)
    for typed in (code.upper(), code.replace("-", "  "), f" {code}. ", code.replace("-", ", ")):
        assert normalise(typed) == code


def test_codes_and_links_are_the_drafts_own_and_rest_on_the_secret() -> None:
    keys = [uuid4() for _ in range(200)]
    assert len({return_code(SECRET, key) for key in keys}) == 200
    assert len({return_link(SECRET, key) for key in keys}) == 200
    assert return_code(SECRET, KEY) == return_code(SECRET, KEY)
    assert return_code(SECRET, KEY) != return_code(SECRET, KEY, attempt=1)
    assert return_code(SECRET, KEY) != return_code(b"another", KEY)
    assert hashed(SECRET, return_code(SECRET, KEY)) != hashed(b"another", return_code(SECRET, KEY))


def test_a_mistyped_word_is_named_with_the_one_that_was_meant() -> None:
    words = ["violin", "otter", "maple", "kettle", "north"]
    meant = next(word for word in WORDS if len(word) > 5)
    wrong = f"{meant[:2]}x{meant[2:]}"
    code = "-".join([wrong, *words[1:]])
    assert unknown_words(code)[0] == (wrong, meant)
    assert not is_whole(code)
    assert not is_whole("-".join(WORDS[:4]))
    assert not is_whole("-".join(WORDS[:6]))


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_without_trouble(typed: str) -> None:
    code = normalise(typed)
    unknown_words(code)
    assert len(code.split("-")) <= LENGTH + 1
