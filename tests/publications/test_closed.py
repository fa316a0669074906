"""Closed questions of a report: public tallies in the words that people were asked in."""

from msgspec.structs import replace

from analysis.tally import OptionTally, QuestionTally, RowTally, Tally
from publications.closed import closed_questions, written_questions
from publications.drafting import draft
from publications.reading import read_on
from surveys.questionnaire import (
    Grid,
    LongText,
    Option,
    Page,
    Questionnaire,
    Row,
    ShortText,
    Single,
)
from tests.publications.samples import IMPRINT, MATERIAL, TODAY

HOURS = Single(
    key="hours",
    text={"en": "Open later?", "cy": "Agor yn hwyrach?"},
    options=(Option("yes", "Yes"), Option("no", "No")),
)
VIEWS = Grid(
    key="views",
    text="How far do you agree?",
    rows=(Row("lit", "Paths should be lit"), Row("dug", "Beds should be dug")),
    scale="agreement",
)
POINTS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")


def questionnaire(*questions: Single | Grid | LongText | ShortText) -> Questionnaire:
    return Questionnaire(title="Parks", languages=("en",), pages=(Page("One", questions),))


def counted(key: str, *, type: str = "single", answered: int = 10) -> QuestionTally:  # noqa: A002
    return QuestionTally(
        key=key,
        type=type,
        answered=answered,
        missing=0,
        not_routed=0,
        options=(OptionTally("yes", answered, 1.0), OptionTally("no", 0, 0.0)),
    )


def row(value: str, *counts: int) -> RowTally:
    total = sum(counts)
    return RowTally(
        value=value,
        answered=total,
        missing=0,
        not_routed=0,
        options=tuple(
            OptionTally(point, n, n / total) for point, n in zip(POINTS, counts, strict=True)
        ),
        scored=total,
        agree=(counts[0] + counts[1]) / total,
        neutral=counts[2] / total,
        disagree=(counts[3] + counts[4]) / total,
        net=0.0,
        median=None,
        interval=None,
    )


GRID = QuestionTally(
    key="views",
    type="grid",
    answered=10,
    missing=0,
    not_routed=0,
    options=(),
    rows=(row("lit", 4, 2, 2, 1, 1), row("dug", 0, 0, 0, 5, 5)),
)


def test_a_question_is_told_in_its_own_words() -> None:
    (told,) = closed_questions(Tally(10, (counted("hours"),)), [questionnaire(HOURS)])
    assert told.text == "Open later?"
    assert [(each.text, each.n) for each in told.items[0].options] == [("Yes", 10), ("No", 0)]


def test_a_grid_has_an_item_for_each_row() -> None:
    (told,) = closed_questions(Tally(10, (GRID,)), [questionnaire(VIEWS)])
    assert [item.text for item in told.items] == ["Paths should be lit", "Beds should be dug"]
    assert told.items[0].agree == 0.6


def test_a_question_that_nobody_was_asked_is_left_out() -> None:
    tally = Tally(0, (counted("hours", answered=0),))
    assert closed_questions(tally, [questionnaire(HOURS)]) == ()


def test_a_key_that_was_given_to_another_question_keeps_its_figures_apart() -> None:
    older = Grid(key="hours", text="Before?", rows=VIEWS.rows, scale="agreement")
    versions = [questionnaire(HOURS), questionnaire(older)]
    again = QuestionTally(
        key="hours",
        type="grid",
        answered=10,
        missing=0,
        not_routed=0,
        options=(),
        rows=GRID.rows,
    )
    told = closed_questions(Tally(20, (counted("hours"), again)), versions)
    assert [(each.key, each.text) for each in told] == [
        ("hours", "Open later?"),
        ("hours-2", "Before?"),
    ]


def test_written_questions_are_each_named_once_in_their_newest_words() -> None:
    newer = questionnaire(LongText(key="view", text="What matters most?"), HOURS)
    older = questionnaire(LongText(key="view", text="Anything?"), ShortText(key="who", text="Who?"))
    assert written_questions([newer, older]) == ("What matters most?", "Who?")


def test_a_grid_is_drawn_on_one_measure_with_disagreement_to_the_left() -> None:
    questions = closed_questions(Tally(10, (GRID,)), [questionnaire(VIEWS)])
    report = draft(replace(MATERIAL, questions=questions), IMPRINT)
    (view,) = read_on(report, today=TODAY).questions
    assert view.legend[0].text == "Strongly disagree"
    assert {bar.middle for bar in view.bars} == {view.bars[0].middle}
    assert all(
        each.start + each.width <= view.bars[1].middle + 0.01 for each in view.bars[1].segments
    )
