"""Closed answers as bytes."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from surveys.coded import Column, code_table
from surveys.questionnaire import (
    Dropdown,
    Grid,
    Likert,
    Multiple,
    Option,
    Page,
    Question,
    Questionnaire,
    Ranking,
    Row,
    ShortText,
    Single,
    Statement,
)
from surveys.routing import shown
from tests.surveys.questionnaires import CLOSED, answers_for, questionnaires


def asking(*questions: Question) -> Questionnaire:
    return Questionnaire("Parks", ("en",), (Page("One", questions),))


def listed(count: int) -> tuple[Option, ...]:
    return tuple(Option(f"v{number}", f"Option {number}") for number in range(1, count + 1))


def coded(questionnaire: Questionnaire, answers: dict[str, Any]) -> bytes:
    return code_table(questionnaire).encode(answers, shown(questionnaire, answers))


@given(st.data())
def test_closed_answers_come_back_from_their_bytes(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_for(questionnaire))
    table = code_table(questionnaire)
    closed = {each.key for each in questionnaire.questions if isinstance(each, CLOSED)}
    decoded = table.decode(table.encode(answers, shown(questionnaire, answers)))
    assert decoded == {key: answer for key, answer in answers.items() if key in closed}


@given(st.data())
def test_the_columns_lie_one_after_another_and_fill_the_width(data: st.DataObject) -> None:
    table = code_table(data.draw(questionnaires()))
    end = 0
    for column in table.columns:
        assert column.offset == end
        end += column.width
    assert end == table.width


@given(st.data())
def test_every_state_says_whether_it_was_asked_and_answered(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(answers_for(questionnaire))
    routed = shown(questionnaire, answers)
    table = code_table(questionnaire)
    row = table.encode(answers, routed)
    for column in table.columns:
        if column.kind == "state":
            expected = 0 if column.question not in routed else 1 + (column.question in answers)
            assert row[column.offset] == expected


def test_a_choice_counts_from_one_with_other_after_the_options() -> None:
    asked = asking(Single(key="a", text="?", options=listed(2), other=True))
    assert [coded(asked, {"a": value})[1] for value in ("v1", "v2", "other")] == [1, 2, 3]
    assert coded(asked, {}) == bytes([1, 0])


def test_dont_know_comes_after_the_points_of_a_scale() -> None:
    asked = asking(Likert(key="a", text="?", scale="agreement", no_opinion=True))
    assert coded(asked, {"a": "strongly_agree"}) == bytes([2, 1])
    assert coded(asked, {"a": "dont_know"}) == bytes([2, 6])


def test_more_than_250_values_take_two_bytes_little_endian() -> None:
    asked = asking(Dropdown(key="a", text="?", options=listed(300)))
    assert code_table(asked).width == 3
    assert coded(asked, {"a": "v258"}) == bytes([2, 2, 1])
    at_the_edge = asking(Dropdown(key="a", text="?", options=listed(250)))
    assert code_table(at_the_edge).width == 2


def test_a_multiple_choice_is_a_bit_a_value_least_significant_first() -> None:
    asked = asking(Multiple(key="a", text="?", options=listed(9), other=True))
    assert coded(asked, {"a": ["v1", "v3", "v9", "other"]}) == bytes([2, 0b101, 0b11])
    just_a_byte = asking(Multiple(key="a", text="?", options=listed(8)))
    assert coded(just_a_byte, {"a": ["v8"]}) == bytes([2, 0b1000_0000])


def test_a_grid_is_a_byte_a_row() -> None:
    rows = (Row("x", "X"), Row("y", "Y"), Row("z", "Z"))
    asked = asking(Grid(key="a", text="?", rows=rows, scale="likelihood", no_opinion=True))
    given_answers = {"a": {"x": "very_unlikely", "z": "dont_know"}}
    assert coded(asked, given_answers) == bytes([2, 5, 0, 6])


def test_a_ranking_is_a_byte_an_option_with_its_rank() -> None:
    asked = asking(Ranking(key="a", text="?", options=listed(3)))
    assert coded(asked, {"a": ["v3", "v1"]}) == bytes([2, 2, 0, 1])


def test_words_are_only_a_state_and_statements_nothing() -> None:
    asked = asking(Statement(key="s", text="Read this"), ShortText(key="a", text="?"))
    assert code_table(asked).columns == (Column("a", None, 0, 1, "state", ()),)
    assert coded(asked, {"a": "words"}) == bytes([2])
