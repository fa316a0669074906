"""The code at the foot of each printed page: short, told apart, and safe from slips of the pen."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.check_character import ALPHABET
from surveys.paper.barcode import BARS, START_AND_STOP
from surveys.paper.page_code import MOST_LANGUAGES, MOST_PAGES, PageCode, read_page_code

CODES = st.builds(
    PageCode,
    version_id=st.integers(1, 2**31 - 1),
    language=st.integers(0, MOST_LANGUAGES - 1),
    large=st.booleans(),
    page=st.integers(1, MOST_PAGES),
)


@given(CODES)
def test_a_code_names_version_language_size_and_page(code: PageCode) -> None:
    assert read_page_code(code.written) == code


def test_a_code_of_a_usual_database_has_seven_characters() -> None:
    assert len(PageCode(30_000, 31, True, 400).written.replace("-", "")) == 7


@given(CODES)
def test_case_spaces_and_letters_that_look_like_digits_do_not_matter(code: PageCode) -> None:
    typed = f" {code.written.lower()} ".replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_page_code(typed) == code


@given(CODES, st.data())
def test_one_wrong_character_or_two_that_changed_places_are_noticed(
    code: PageCode, data: st.DataObject
) -> None:
    symbols = code.written.replace("-", "")
    at = data.draw(st.integers(0, len(symbols) - 1))
    other = data.draw(st.sampled_from([each for each in ALPHABET if each != symbols[at]]))
    assert read_page_code(symbols[:at] + other + symbols[at + 1 :]) is None
    before, here = symbols[at - 1 : at], symbols[at]
    if before and before != here:
        assert read_page_code(symbols[: at - 1] + here + before + symbols[at + 1 :]) is None


def test_what_is_no_code_is_none() -> None:
    assert [read_page_code(typed) for typed in ("", "-", "hello", "٣٣٣٣٣٣٣", "0" * 5000)] == [
        None
    ] * 5


def test_every_symbol_has_bars_of_its_own_by_the_rule_of_code_39() -> None:
    """ISO/IEC 16388: nine elements, three of them wide, of which one is a space or all three."""
    assert BARS.keys() == {*ALPHABET, START_AND_STOP}
    assert len(set(BARS.values())) == len(BARS)
    for bars in BARS.values():
        assert len(bars) == 9
        assert bars.count("w") == 3
        assert bars[1::2].count("w") == 1
