"""The orders in which people see options: fair to each, and never a change of what is stored."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.checks import check, read_fields
from surveys.ordering import ORDERINGS, ordered
from surveys.page_views import every_view, page_views
from surveys.questionnaire import (
    Dropdown,
    Grid,
    Multiple,
    Option,
    Page,
    Question,
    Questionnaire,
    Ranking,
    Row,
    Single,
)
from tests.surveys.questionnaires import answers_for, questionnaires

FRUIT = tuple(Option(value, value) for value in "abcd")
NONE = Option("none", "None of these", exclusive=True)


@given(st.lists(st.integers(), unique=True, max_size=40), st.integers(0, 200))
def test_an_order_has_everything_once(listed: list[int], ordering: int) -> None:
    assert sorted(ordered(listed, ordering)) == sorted(listed)


def test_the_first_order_is_as_written() -> None:
    assert ordered("abcd", 0) == tuple("abcd")


@pytest.mark.parametrize("count", [2, 3, 4, 6, 12])
def test_each_option_stands_at_each_place_equally_often(count: int) -> None:
    orders = [ordered(range(count), ordering) for ordering in range(ORDERINGS)]
    for place in range(count):
        times = Counter(order[place] for order in orders)
        assert set(times.values()) == {ORDERINGS // count}


@pytest.mark.parametrize("count", [5, 7, 10, 30])
def test_no_option_is_always_first(count: int) -> None:
    firsts = Counter(ordered(range(count), ordering)[0] for ordering in range(ORDERINGS))
    assert max(firsts.values()) <= ORDERINGS / min(count, ORDERINGS / 2) * 2


def shown(question: Question, ordering: int) -> list[str]:
    asked = Questionnaire("Fruit", ("en",), (Page("One", (question,)),))
    view = page_views(asked, [question], language="en", answers={}, ordering=ordering)[0]
    return [each.value for each in view.choices] or [
        part.name.partition(".")[2] for part in view.parts
    ]


@pytest.mark.parametrize("kind", [Single, Multiple, Dropdown])
def test_other_and_what_excludes_the_rest_stay_last(kind: type[Any]) -> None:
    options = (NONE, *FRUIT) if kind is Multiple else FRUIT
    question = kind(key="q", text="Which?", options=options, other=True, random_order=True)
    last = ["other", "none"] if kind is Multiple else ["other"]
    orders = {tuple(shown(question, ordering)) for ordering in range(ORDERINGS)}
    assert len(orders) == 8
    assert {order[4:] for order in orders} == {tuple(last)}


def test_rows_and_ranked_options_vary_and_the_points_of_a_scale_do_not() -> None:
    rows = tuple(Row(value, value) for value in "abcd")
    grid = Grid(key="g", text="How?", rows=rows, scale="agreement", random_order=True)
    ranking = Ranking(key="r", text="What first?", options=FRUIT, random_order=True)
    assert shown(ranking, 1) == list("dcba")
    asked = Questionnaire("Fruit", ("en",), (Page("One", (grid,)),))
    view = page_views(asked, [grid], language="en", answers={}, ordering=1)[0]
    assert [part.name for part in view.parts] == ["g.d", "g.c", "g.b", "g.a"]
    assert view.parts[0].choices[0].value == "strongly_agree"


def test_without_the_setting_the_order_is_the_officers() -> None:
    question = Single(key="q", text="Which?", options=FRUIT)
    assert {tuple(shown(question, ordering)) for ordering in range(ORDERINGS)} == {tuple("abcd")}


def test_the_preview_shows_the_order_as_written_and_says_that_it_varies() -> None:
    question = Single(key="q", text="Which?", options=FRUIT, random_order=True)
    asked = Questionnaire("Fruit", ("en",), (Page("One", (question,)),))
    view = every_view(asked, [question], language="en")[0]
    assert view.varies
    assert [each.value for each in view.choices] == list("abcd")


@given(st.data(), st.integers(0, ORDERINGS - 1))
def test_the_order_shown_never_changes_what_is_stored(data: st.DataObject, ordering: int) -> None:
    choices = (Single, Multiple, Dropdown, Ranking, Grid)
    questionnaire = data.draw(questionnaires(kinds=choices))
    answers = data.draw(answers_for(questionnaire))
    views = page_views(
        questionnaire,
        questionnaire.questions,
        language="en",
        answers=answers,
        ordering=ordering,
    )
    fields: dict[str, list[str]] = {}
    for view in views:
        chosen = [choice.value for choice in view.choices if choice.chosen]
        fields |= {view.key: chosen} if chosen else {}
        fields |= {part.name: [part.typed] for part in view.parts if part.typed}
        if view.other and view.other.typed:
            fields[view.other.name] = [view.other.typed]
    again = check(questionnaire, read_fields(questionnaire.questions, fields))
    assert again.answers == check(questionnaire, answers).answers
