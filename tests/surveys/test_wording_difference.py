"""The difference between two wordings, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.wording_difference import Change, Piece, wording_difference

SAME, OUT, IN = Change.SAME, Change.REMOVED, Change.ADDED
TEXTS = st.text(st.sampled_from("ab ’',.-\né"), max_size=40)


def without(pieces: tuple[Piece, ...], change: Change) -> str:
    return "".join(piece.words for piece in pieces if piece.change is not change)


def test_a_word_that_was_changed_is_taken_out_and_put_in_whole() -> None:
    assert wording_difference("The hall shuts at 9.", "The hall closes at 9.") == (
        Piece(SAME, "The hall "),
        Piece(OUT, "shuts"),
        Piece(IN, "closes"),
        Piece(SAME, " at 9."),
    )


def test_words_with_an_apostrophe_stay_whole() -> None:
    assert wording_difference("Don’t", "Do") == (Piece(OUT, "Don’t"), Piece(IN, "Do"))


@given(TEXTS, TEXTS)
def test_both_wordings_can_be_read_back_to_the_letter(before: str, after: str) -> None:
    pieces = wording_difference(before, after)
    assert (without(pieces, IN), without(pieces, OUT)) == (before, after)


@given(TEXTS)
def test_the_same_wording_has_nothing_taken_out_or_put_in(words: str) -> None:
    assert {piece.change for piece in wording_difference(words, words)} <= {SAME}
