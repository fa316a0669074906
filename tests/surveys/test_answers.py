"""What each newer setting asks of an answer: words, ranks, points and files."""

import pytest

from surveys.answers import found
from surveys.questionnaire import Location, LongText, Map, Option, Question, Ranking, Upload

TOWN = Map("/static/town.png", "The town", west=0.5, south=51.25, east=0.55, north=51.29)
ONE, TWO, THREE = (f"{number:032x}" for number in range(3))
FRUIT = (Option("a", "Apples"), Option("b", "Bananas"), Option("c", "Cherries"))


def wrong(question: Question, given: object, language: str = "en") -> list[str]:
    return [problem.words for problem in found(question, [given], language).problems]


def test_words_are_counted_where_there_is_a_limit_of_words() -> None:
    question = LongText(key="why", text="Why?", max_words=3)
    assert found(question, ["  one two\n\nthree "], "en").answer == "one two\n\nthree"
    assert wrong(question, "one two three four") == [
        "Shorten your answer to ‘Why?’ by 1 word. It can have up to 3"
    ]
    assert wrong(question, "one two three four five")[0].startswith(
        "Shorten your answer to ‘Why?’ by 2 words"
    )


def test_a_limit_of_characters_holds_beside_one_of_words() -> None:
    question = LongText(key="why", text="Why?", max_words=3, max_length=5)
    assert wrong(question, "aaaaaaa") == [
        "Shorten your answer to ‘Why?’ by 2 characters. It can have up to 5"
    ]


def test_no_more_is_ranked_than_the_question_takes() -> None:
    question = Ranking(key="first", text="What first?", options=FRUIT, max_choices=2)
    assert found(question, [["c", "a"]], "en").answer == ["c", "a"]
    assert wrong(question, ["c", "a", "b"]) == ["Rank up to 2 answers in ‘What first?’"]
    assert wrong(question, {"a": "1", "b": "2", "c": "2"}) == [
        "Rank up to 2 answers in ‘What first?’"
    ]
    assert wrong(question, {"a": "3"}) == ["Rank answers in ‘What first?’ with numbers from 1 to 2"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("me14 1xq", "ME14 1XQ"),
        ("51.27, 0.52", "51.27000, 0.52000"),
        ("51.2712345 0.5249999", "51.27123, 0.52500"),
        (" 51.25,0.5 ", "51.25000, 0.50000"),
        ("By the bridge", "By the bridge"),
        ("12 High Street", "12 High Street"),
    ],
)
def test_a_place_is_a_postcode_a_point_or_words(typed: str, kept: str) -> None:
    question = Location(key="place", text="Where?", map=TOWN)
    once = found(question, [typed], "en").answer
    assert once == kept
    assert found(question, [once], "en").answer == kept


@pytest.mark.parametrize("typed", ["51.30, 0.52", "51.24999, 0.52", "51.27, 0.56", "0.52, 51.27"])
def test_a_point_must_lie_on_the_map(typed: str) -> None:
    question = Location(key="place", text="Where?", map=TOWN)
    assert "is not on the map" in wrong(question, typed)[0]
    assert found(Location(key="place", text="Where?"), [typed], "en").problems == ()


def test_a_point_that_is_nowhere_is_words() -> None:
    plain = Location(key="place", text="Where?")
    assert found(plain, ["91.0, 181.0"], "en").answer == "91.0, 181.0"
    assert found(plain, ["−0.1, −0.2"], "en").answer == "-0.10000, -0.20000"


def test_an_answer_of_files_is_their_tokens() -> None:
    question = Upload(key="plan", text="A plan?", max_files=2)
    assert found(question, [[ONE, TWO, ONE]], "en").answer == [ONE, TWO]
    assert wrong(question, [ONE, TWO, THREE]) == [
        "You can send up to 2 files in answer to ‘A plan?’. Remove one before you add another"
    ]


@pytest.mark.parametrize(
    "given", ["plan.pdf", ["../../secret"], [7], {"a": ONE}, [ONE.upper()[:-1]]]
)
def test_nothing_but_tokens_is_an_answer_of_files(given: object) -> None:
    assert wrong(Upload(key="plan", text="A plan?"), given) == ["Choose a file to answer ‘A plan?’"]


def test_a_file_that_is_needed_is_asked_for() -> None:
    question = Upload(key="plan", text="A plan?", required=True)
    assert wrong(question, None) == ["Choose a file to answer ‘A plan?’"]
    assert found(Upload(key="plan", text="A plan?"), [[]], "en").answer is None
