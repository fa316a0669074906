"""Two sides of one question: both shares, and whole points between them."""

from analysis.asked import asked_in_words
from analysis.beside import beside, same_way
from analysis.narrowing import Narrowing
from analysis.tally import Plan, tally
from tests.analysis.examples import as_marks, coded, grid, likert, questionnaire, single

ASKED = questionnaire(single(), likert(), grid())


def side(*answers: dict[str, object]) -> tuple[object, ...]:
    marks = as_marks({1: ASKED}, coded(ASKED, *answers))
    return tally(marks, Plan(())).questions


def opens(place: str, value: str | None) -> str:
    return f"{place}={value}"


def test_points_are_the_second_share_less_the_first() -> None:
    left = side({"group": "yes"}, {"group": "yes"}, {"group": "no"})
    right = side({"group": "yes"}, {"group": "no"})
    words = asked_in_words([ASKED])[0]
    (table,) = beside(words, (left[0], opens), (right[0], opens)).tables  # type: ignore[arg-type]
    lines = [(line.label, line.left.n, line.right.n, line.points) for line in table.lines]
    assert lines == [("Yes", 2, 1, "−17"), ("No", 1, 1, "+17"), ("Answered", 3, 2, "")]
    assert table.lines[0].left.address == "group=yes"


def test_where_nobody_answered_there_are_no_points() -> None:
    left, right = side({"plan": "agree"}), side({})
    words = asked_in_words([ASKED])[1]
    (table,) = beside(words, (left[1], opens), (right[1], opens)).tables  # type: ignore[arg-type]
    assert {line.points for line in table.lines} == {""}


def test_a_grid_is_told_row_by_row() -> None:
    both = side({"parts": {"paths": "important"}}), side({"parts": {"ponds": "important"}})
    words = asked_in_words([ASKED])[2]
    found = beside(words, (both[0][2], opens), (both[1][2], opens))  # type: ignore[arg-type]
    assert [table.label for table in found.tables] == ["Paths", "Ponds"]
    assert found.tables[0].lines[1].left.address == "parts.paths=important"


def test_a_comparison_goes_by_the_one_way_in_which_the_sides_differ() -> None:
    paper = Narrowing((1,), ("paper",), (("group", "yes"),))
    assert same_way(paper, Narrowing((2,), ("paper",), (("group", "yes"),))) == "by=_round"
    assert same_way(paper, Narrowing((1,), ("online",), (("group", "yes"),))) == "by=_channel"
    assert same_way(paper, Narrowing((1,), ("paper",), (("group", "no"),))) == "by=group"
    assert same_way(paper, Narrowing((2,), ("online",))) == ""
    assert same_way(paper, paper) == ""
