"""A quote is made of the answer's own words."""

import pytest

from analysis.quoting import is_of, tidy_quote

ANSWER = (
    "My name is Sam.  We lost our grant,\nand nobody at “the Council” told us why. It’s unfair."
)


@pytest.mark.parametrize(
    "typed",
    [
        "We lost our grant, and nobody at “the Council” told us why.",
        'nobody at "the Council" told us why. It\'s unfair',
        "We lost our grant, […] nobody […] told us why.",
        "[...] We lost our grant",
        ANSWER,
    ],
)
def test_words_of_the_answer_may_be_quoted(typed: str) -> None:
    assert is_of(tidy_quote(typed), ANSWER)


@pytest.mark.parametrize(
    "typed",
    [
        "We lost our funding",
        "told us why […] We lost our grant",
        "We lost our grant […] We lost our grant",
        "[…]",
        "",
        "we lost our grant",
    ],
)
def test_words_that_nobody_wrote_are_no_quote(typed: str) -> None:
    assert not is_of(tidy_quote(typed), ANSWER)


def test_a_quote_is_tidied() -> None:
    assert tidy_quote(" “We  lost\n[ ... ] our grant” ") == "We lost […] our grant"
