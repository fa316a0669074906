"""What is told before an answer is typed, and how a grid's points stand."""

from typing import Any

import pytest

from app.speech import speech
from surveys.instructions import example, limits
from surveys.page_views import page_views
from surveys.question_view import ChoiceView, PartView, Words
from surveys.questionnaire import (
    Date,
    Email,
    Location,
    LongText,
    Map,
    Multiple,
    Number,
    Option,
    Page,
    Question,
    Questionnaire,
    Ranking,
    ShortText,
    Upload,
)

OPTIONS = tuple(Option(value, value.upper()) for value in "abcd")
TOWN = Map("/static/town.png", "The town", west=0.5, south=51.25, east=0.55, north=51.29)


def multiple(**settings: Any) -> Multiple:
    return Multiple(key="q", text="Q?", options=OPTIONS, **settings)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (multiple(max_choices=3), "Choose up to 3 answers"),
        (multiple(min_choices=1), "Choose at least 1 answer"),
        (multiple(min_choices=2, max_choices=3), "Choose 2 to 3 answers"),
        (multiple(min_choices=2, max_choices=2), "Choose 2 answers"),
        (multiple(), ""),
        (Ranking(key="q", text="Q?", options=OPTIONS, max_choices=3), "Rank up to 3: 1 is the"),
        (Number(key="q", text="Q?", min=1, max=5000), "From 1 to 5,000"),
        (Number(key="q", text="Q?", min=0, max=10), "10 or less"),
        (Number(key="q", text="Q?", min=0), ""),
        (Number(key="q", text="Q?", min=18), "18 or more"),
        (Date(key="q", text="Q?", min="2020-02-01"), "On or after 1 February 2020"),
        (Date(key="q", text="Q?", max="2020-02-01"), "On or before 1 February 2020"),
        (
            Date(key="q", text="Q?", min="2020-02-01", max="2021-02-01"),
            "From 1 February 2020 to 1 February 2021",
        ),
        (ShortText(key="q", text="Q?", max_length=40), "You can write up to 40 characters"),
        (ShortText(key="q", text="Q?"), ""),
        (Location(key="q", text="Q?", map=TOWN), "or a point on the map below"),
        (Upload(key="q", text="Q?", accept=("pdf",)), "1 file of up to 10 MB: PDF (.pdf)"),
        (Email(key="q", text="Q?"), ""),
    ],
)
def test_limits_are_told_beforehand(question: Question, words: str) -> None:
    told = limits(question, speech("en"))
    assert words in told
    assert bool(words) is bool(told)


@pytest.mark.parametrize(
    ("language", "words"),
    [("cy", "O 1 Mawrth 2020 i 2 Mai 2021"), ("ar", "من 1 مارس 2020 إلى 2 مايو 2021")],
)
def test_they_are_told_in_the_language_of_the_page(language: str, words: str) -> None:
    question = Date(key="q", text="Q?", min="2020-03-01", max="2021-05-02")
    assert limits(question, speech(language)) == words


@pytest.mark.parametrize(
    ("question", "hints"),
    [
        (multiple(), ["Choose all that apply"]),
        (multiple(hint="As many as you like"), ["As many as you like"]),
        (multiple(hint="Think", max_choices=2), ["Think", "Choose up to 2 answers"]),
        (Date(key="q", text="Q?"), ["Like 27 3 2024"]),
        (Date(key="q", text="Q?", hint="About"), ["About"]),
        (LongText(key="q", text="Q?"), []),
    ],
)
def test_an_example_stands_in_for_a_hint_and_limits_stand_beside_it(
    question: Question, hints: list[str]
) -> None:
    asked = Questionnaire("Q", ("en",), (Page("One", (question,)),))
    (view,) = page_views(asked, asked.questions, language="en", answers={})
    assert [each.text for each in view.hints] == hints
    assert example(Email(key="q", text="Q?"), speech("en")) == ""


@pytest.mark.parametrize(
    ("points", "beside"),
    [
        (["Very good", "Good", "Fair", "Poor", "Very poor", "Don’t know"], True),
        ([str(point) for point in range(11)], True),
        ([f"About {point}" for point in range(11)], False),
    ],
)
def test_points_stand_side_by_side_unless_their_words_would_be_squeezed(
    points: list[str], beside: bool
) -> None:
    each = tuple(ChoiceView(point, Words(point), False) for point in points)
    assert PartView("grid.row", Words("Row"), "", None, each).side_by_side is beside
