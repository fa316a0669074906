"""Statements of counted answers, by rule and in somebody's own words."""

import pytest

from analysis.asked import asked_in_words
from analysis.quantities import BANDS, Stated, stated
from analysis.statements import (
    Bound,
    Did,
    Saying,
    by_rule,
    can_be_bound,
    counted,
    offered,
    sentence_problems,
    with_numbers,
)
from analysis.tally import OptionTally, QuestionTally
from app.speech import ENGLISH, speech
from surveys.questionnaire import (
    Likert,
    Multiple,
    Option,
    Page,
    Questionnaire,
    Ranking,
)

OPTIONS = (Option("a", "Lights"), Option("b", "Benches"))
QUESTIONS = (
    Likert(key="later", text="Parks should open later", scale="agreement"),
    Likert(key="happy", text="The paths", scale="satisfaction"),
    Multiple(key="wanted", text="What would you like?", options=OPTIONS),
    Ranking(key="first", text="What comes first?", options=OPTIONS),
)
LATER, HAPPY, WANTED, FIRST = asked_in_words(
    [Questionnaire(title="Parks", languages=("en",), pages=(Page("One", QUESTIONS),))]
)


def tallied(*numbers: int | None, answered: int | None, key: str = "later") -> QuestionTally:
    values = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")
    options = tuple(OptionTally(value, n, None) for value, n in zip(values, numbers, strict=True))
    return QuestionTally(
        key=key, type="likert", answered=answered, missing=0, not_routed=0, options=options
    )


def test_kents_54_of_78_reads_as_most_and_69_per_cent() -> None:
    agreed, disagreed = offered(LATER, tallied(20, 34, 10, 9, 5, answered=78), BANDS, None)
    assert agreed.sentence(BANDS) == (
        "Most of those who answered (54 of 78, 69%) agreed with ‘Parks should open later’."
    )
    assert disagreed.sentence(BANDS) == (
        "A minority of those who answered (14 of 78, 18%) disagreed with ‘Parks should open later’."
    )


@pytest.mark.parametrize(
    ("base", "words"),
    [
        (29, "20 of 29 who answered agreed with ‘Parks should open later’."),
        (
            30,
            "Most of those who answered (20 of 30, 67%) agreed with ‘Parks should open later’.",
        ),
    ],
)
def test_under_thirty_the_count_speaks(base: int, words: str) -> None:
    counts = tallied(10, 10, base - 20, 0, 0, answered=base)
    assert offered(LATER, counts, BANDS, None)[0].sentence(BANDS) == words


@pytest.mark.parametrize(
    ("saying", "words"),
    [
        (
            Saying(
                did=Did.ANSWERED,
                question="The paths",
                row="",
                answers=("Satisfied", "Very satisfied"),
                round_number=2,
            ),
            "Round 2: Most of those who answered (54 of 78, 69%) answered ‘Satisfied’ or "
            "‘Very satisfied’ to ‘The paths’.",
        ),
        (
            Saying(
                did=Did.PUT_FIRST,
                question="What comes first?",
                row="",
                answers=("Lights",),
                round_number=None,
            ),
            "Most of those who answered (54 of 78, 69%) put ‘Lights’ first for "
            "‘What comes first?’.",
        ),
        (
            Saying(
                did=Did.AGREED,
                question="How far do you agree?",
                row="More lights",
                answers=(),
                round_number=None,
            ),
            "Most of those who answered (54 of 78, 69%) agreed with ‘More lights’ "
            "(‘How far do you agree?’).",
        ),
    ],
)
def test_what_people_did_is_said_as_the_question_asks_it(saying: Saying, words: str) -> None:
    assert by_rule(saying, stated(54, 78), BANDS) == words


def test_a_statement_is_said_in_the_readers_language() -> None:
    (agreed, _) = offered(LATER, tallied(20, 34, 10, 9, 5, answered=78), BANDS, None)
    welsh = by_rule(agreed.saying, agreed.now, BANDS, speaks=speech("cy"))
    assert welsh == (
        "Cytunodd y rhan fwyaf o’r rhai a atebodd (54 o 78, 69%) â "
        '‘<span lang="en">Parks should open later</span>’.'
    )
    arabic = by_rule(agreed.saying, agreed.now, BANDS, speaks=speech("ar"))
    assert arabic.startswith("وافق الأكثرية ممن أجابوا (54 من 78")


def test_of_hidden_numbers_there_is_no_statement() -> None:
    assert offered(LATER, tallied(None, 34, 10, 9, None, answered=78), BANDS, None) == ()
    assert offered(LATER, tallied(0, 0, 0, 0, 0, answered=0), BANDS, None) == ()
    withheld = tallied(None, None, None, None, None, answered=None)
    assert offered(LATER, withheld, BANDS, None) == ()


def test_a_round_that_is_not_counted_apart_has_no_statement() -> None:
    counts = tallied(20, 34, 10, 9, 5, answered=78)
    assert counted(counts, Bound("later", values=("agree",), round_number=1)) is None


@pytest.mark.parametrize(
    ("asked", "bound", "fits"),
    [
        (LATER, Bound("later", values=("agree", "neither")), True),
        (LATER, Bound("later"), False),
        (LATER, Bound("later", values=("maybe",)), False),
        (LATER, Bound("later", "a row", ("agree",)), False),
        (WANTED, Bound("wanted", values=("a",)), True),
        # Somebody who chose both would be counted twice.
        (WANTED, Bound("wanted", values=("a", "b")), False),
        (FIRST, Bound("first", values=("a", "b")), True),
    ],
)
def test_answers_are_counted_together_where_a_person_gives_one(
    asked: object, bound: Bound, fits: bool
) -> None:
    assert can_be_bound(asked, bound) is fits  # type: ignore[arg-type]


MOST = Stated("most", 54, 78)


@pytest.mark.parametrize(
    ("sentence", "now", "problems"),
    [
        ("Most people want the parks open.", MOST, []),
        ("The most active want it.", MOST, ["Say “most” in the sentence"]),
        ("", MOST, ["Write the sentence"]),
        (
            "Almost all want it.",
            MOST,
            ["Say “most” in the sentence", "“almost all” is another share"],
        ),
        ("Most want it, a few do not.", MOST, ["“a few” is another share"]),
        ("Most, 69 per cent, want it.", MOST, ["Leave the percentage out"]),
        ("9 of 12 people want it.", stated(9, 12), []),
        ("Most people want it.", stated(9, 12), ["Say “9 of 12”", "“most” is another share"]),
        ("All wanted it.", stated(78, 78), []),
    ],
)
def test_somebodys_own_sentence_says_the_word_of_its_numbers(
    sentence: str, now: Stated, problems: list[str]
) -> None:
    found = [problem.words for problem in sentence_problems(sentence, now, BANDS)]
    assert len(found) == len(problems)
    assert all(one.startswith(other) for one, other in zip(found, problems, strict=True))


def test_n_and_base_stand_after_somebodys_own_sentence() -> None:
    english = speech(ENGLISH)
    assert with_numbers("Most want it.", MOST, english) == "Most want it (54 of 78, 69%)."
    assert with_numbers("Most want it", MOST, english) == "Most want it (54 of 78, 69%)."
    few = stated(9, 12)
    assert with_numbers("9 of 12 want it.", few, english) == "9 of 12 want it."
