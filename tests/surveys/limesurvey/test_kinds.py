"""What each of LimeSurvey's types of question becomes.

1. Every type arrives as the nearest one here, with its options, rows, limits and “other”.
2. What has no counterpart is left out or made simpler, and a note says so with the question's code.
3. Both generations of the format give the same questionnaire.
"""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from surveys.limesurvey.kinds import KINDS
from surveys.questionnaire import (
    Condition,
    Date,
    Dropdown,
    Grid,
    Likert,
    Location,
    LongText,
    Multiple,
    Number,
    Option,
    Question,
    Ranking,
    Row,
    ShortText,
    Single,
    Statement,
    Upload,
    type_name,
)
from tests.surveys.limesurvey.building import LIST, TICKS, Asked, imported, notes, questions

ROWS = {"SQ1": "Paths", "SQ2": "Toilets"}
ANSWERS = {"A1": "Good", "A2": "Fair", "A3": "Bad"}
OPTIONS = (Option("A1", "Good"), Option("A2", "Fair"), Option("A3", "Bad"))
GRID_ROWS = (Row("SQ1", "Paths"), Row("SQ2", "Toilets"))
COLUMNS = {"C1": "Now", "C2": "Later"}

EVERY_KIND = (
    Asked("L", "q_l", "List?", answers=ANSWERS, other="Y"),
    Asked("!", "q_drop", "Dropdown?", answers=ANSWERS),
    Asked("O", "q_o", "With comment?", answers=ANSWERS),
    Asked("M", "q_m", "Several?", rows=ROWS, other="Y"),
    Asked("P", "q_p", "Several with comments?", rows=ROWS),
    Asked("5", "q_5", "Points?"),
    Asked("A", "q_a", "Five?", rows=ROWS),
    Asked("B", "q_b", "Ten?", rows=ROWS),
    Asked("C", "q_c", "Uncertain?", rows=ROWS),
    Asked("E", "q_e", "More?", rows=ROWS),
    Asked("F", "q_f", "Array?", rows=ROWS, answers=ANSWERS),
    Asked("H", "q_h", "By column?", rows=ROWS, answers=ANSWERS),
    Asked("1", "q_1", "Two?", rows=ROWS, answers=ANSWERS, more_answers={"B1": "Up", "B2": "Down"}),
    Asked(":", "q_n", "Numbers?", rows=ROWS, columns=COLUMNS),
    Asked(";", "q_t", "Texts?", rows=ROWS, columns=COLUMNS),
    Asked("Y", "q_y", "Yes?"),
    Asked("G", "q_g", "Sex?"),
    Asked("N", "q_num", "How many?"),
    Asked("K", "q_k", "How many each?", rows=ROWS),
    Asked("S", "q_s", "Short?"),
    Asked("T", "q_long", "Long?"),
    Asked("U", "q_u", "Huge?"),
    Asked("Q", "q_q", "Short each?", rows=ROWS),
    Asked("D", "q_d", "When?"),
    Asked("R", "q_r", "Rank?", answers=ANSWERS),
    Asked("|", "q_up", "File?"),
    Asked("X", "q_x", "Read this."),
)


def only(asked: Asked) -> Question:
    [found] = questions(asked)
    return found


def test_the_table_of_kinds_is_tested_whole() -> None:
    assert {asked.kind for asked in EVERY_KIND} == set(KINDS)


@pytest.mark.parametrize("asked", EVERY_KIND, ids=lambda asked: asked.kind)
def test_both_generations_of_the_format_give_the_same(asked: Asked) -> None:
    assert imported(asked, old=True) == imported(asked)


@pytest.mark.parametrize("asked", EVERY_KIND, ids=lambda asked: asked.kind)
def test_every_kind_can_be_required_and_has_its_hint(asked: Asked) -> None:
    found = questions(replace(asked, mandatory="Y", help="Take your time"))
    said = " ".join(f"{question.text} {question.hint}" for question in found)
    assert "Take your time" in said
    asking = [each for each in found if not isinstance(each, Statement) and not each.show_if]
    assert all(question.required for question in asking)


def test_all_kinds_together_are_one_sound_questionnaire() -> None:
    found = imported(*EVERY_KIND)
    kinds = {type_name(question) for question in found.questionnaire.questions}
    assert kinds == {
        "single", "dropdown", "long_text", "multiple", "text", "likert", "grid", "statement",
        "number", "date", "ranking", "upload",
    }  # fmt: skip


def test_lists_keep_codes_texts_and_other() -> None:
    single = only(EVERY_KIND[0])
    assert single == Single(key="q_l", text="List?", options=OPTIONS, other=True)
    assert only(EVERY_KIND[1]) == Dropdown(key="q_drop", text="Dropdown?", options=OPTIONS)


def test_a_list_with_comment_asks_for_the_comment_once_answered() -> None:
    single, comment = questions(EVERY_KIND[2])
    assert single == Single(key="q_o", text="With comment?", options=OPTIONS)
    assert comment == LongText(
        key="q_o_comment",
        text="With comment? – your comment",
        show_if=Condition(question="q_o", answered=True),
    )


def test_a_list_without_answers_is_asked_in_words_and_noted() -> None:
    found = imported(Asked("L", "empty", other="Y"))
    assert isinstance(found.questionnaire.questions[0], ShortText)
    assert "‘empty’ “What?”: It offers no answers to choose from" in notes(found)


def test_tick_boxes_keep_limits_and_the_exclusive_one() -> None:
    settings = {"min_answers": "1", "max_answers": "2", "exclude_all_others": "SQ3"}
    multiple = only(replace(TICKS, settings=settings, other="Y"))
    assert isinstance(multiple, Multiple)
    assert (multiple.min_choices, multiple.max_choices, multiple.other) == (1, 2, True)
    assert [option.value for option in multiple.options if option.exclusive] == ["SQ3"]


def test_a_limit_that_is_worked_out_or_upside_down_is_noted() -> None:
    found = imported(replace(TICKS, settings={"max_answers": "{num}"}))
    assert "limit max_answers was worked out (‘{num}’)" in notes(found)
    turned = imported(replace(TICKS, settings={"max_answers": "1", "min_answers": "2"}))
    assert "asked for more answers than it took" in notes(turned)


def test_comments_on_tick_boxes_are_asked_where_ticked() -> None:
    multiple, first, second = questions(EVERY_KIND[4])
    assert isinstance(multiple, Multiple)
    assert first.show_if == Condition(question="q_p", includes="SQ1")
    assert (first.key, second.text) == ("q_p_sq1_comment", "Toilets – your comment")


def test_comments_on_many_tick_boxes_become_one() -> None:
    rows = {f"S{number}": f"Row {number}" for number in range(30)}
    found = imported(Asked("P", "many", rows=rows))
    assert len(found.questionnaire.questions) == 2
    assert "Its 30 comments, one on each answer, became one" in notes(found)


def test_points_run_from_the_highest_and_a_note_says_so() -> None:
    likert = only(EVERY_KIND[5])
    assert isinstance(likert, Likert)
    assert [point.value for point in likert.scale] == ["5", "4", "3", "2", "1"]  # type: ignore[union-attr]
    assert "5 of its points 1 to 5 is taken as the most positive" in notes(imported(EVERY_KIND[5]))


@pytest.mark.parametrize(
    ("place", "values"),
    [(6, "54321"), (8, "YUN"), (9, "ISD")],
)
def test_arrays_that_limesurvey_words_itself_are_grids(place: int, values: str) -> None:
    grid = only(EVERY_KIND[place])
    assert isinstance(grid, Grid)
    assert grid.rows == GRID_ROWS
    assert "".join(point.value for point in grid.scale) == values  # type: ignore[union-attr]


@pytest.mark.parametrize("place", [10, 11])
def test_arrays_with_answers_of_their_own_are_grids(place: int) -> None:
    grid = only(EVERY_KIND[place])
    assert isinstance(grid, Grid)
    assert (grid.rows, grid.scale) == (GRID_ROWS, OPTIONS)
    assert "first point of its scale is taken as the most positive" in notes(
        imported(EVERY_KIND[place])
    )


AGREEMENT = {
    "1": "Strongly disagree",
    "2": "Disagree",
    "3": "Neither agree nor disagree",
    "4": "Agree",
    "5": "Strongly agree",
}


def test_a_well_known_scale_is_turned_with_the_positive_end_first() -> None:
    found = imported(Asked("F", "views", rows=ROWS, answers={**AGREEMENT, "6": "Don't know"}))
    grid = found.questionnaire.questions[0]
    assert isinstance(grid, Grid)
    assert [point.value for point in grid.scale] == ["5", "4", "3", "2", "1"]  # type: ignore[union-attr]
    assert grid.no_opinion
    assert "scale is turned round" in notes(found)
    assert "‘Don’t know’ stands apart" in notes(found)


def test_rows_with_two_ends_read_as_words() -> None:
    grid = only(Asked("F", "ends", rows={"1": "Cold|Warm"}, answers=ANSWERS))
    assert isinstance(grid, Grid)
    assert grid.rows[0].text == "Cold – Warm"


def test_an_array_with_one_answer_becomes_boxes_to_tick() -> None:
    found = imported(Asked("F", "tick", rows=ROWS, answers={"1": "Yes"}))
    assert isinstance(found.questionnaire.questions[0], Multiple)
    assert "its rows became boxes to tick" in notes(found)


def test_an_array_with_too_many_answers_becomes_a_list_for_each_row() -> None:
    many = {str(number): f"Answer {number}" for number in range(21)}
    found = imported(Asked("F", "wide", "Wide?", rows=ROWS, answers=many))
    intro, *rows = found.questionnaire.questions
    assert (intro.text, [row.text for row in rows]) == ("Wide?", ["Paths", "Toilets"])
    assert all(isinstance(row, Dropdown) for row in rows)
    assert "each row became a question" in notes(found)


def test_an_array_with_two_scales_becomes_two_grids() -> None:
    first, second = questions(replace(EVERY_KIND[12], settings={"dualscale_headerB": "Cost"}))
    assert isinstance(first, Grid)
    assert isinstance(second, Grid)
    assert (first.key, first.text, first.scale) == ("q_1_scale1", "Two? – 1", OPTIONS)
    assert (second.text, second.scale) == (
        "Two? – Cost",
        (Option("B1", "Up"), Option("B2", "Down")),
    )


def test_arrays_without_rows_or_answers_are_left_out_and_noted() -> None:
    found = imported(Asked("F", "bare", rows=ROWS), Asked(":", "cells", rows=ROWS), LIST)
    assert [question.key for question in found.questionnaire.questions] == ["first"]
    assert "‘bare’ “What?”: It has no rows or no answers" in notes(found)
    assert "‘cells’ “What?”: It has no rows or no columns" in notes(found)


def test_an_array_of_numbers_asks_each_number() -> None:
    intro, *numbers = questions(EVERY_KIND[13])
    assert isinstance(intro, Statement)
    assert [number.key for number in numbers] == [
        "q_n_sq1_c1", "q_n_sq1_c2", "q_n_sq2_c1", "q_n_sq2_c2",
    ]  # fmt: skip
    assert numbers[0] == Number(key="q_n_sq1_c1", text="Paths – Now", min=1, max=10)


def test_an_array_of_boxes_is_a_multiple_choice_for_each_row() -> None:
    settings = {"multiflexible_checkbox": "1"}
    _, first, second = questions(replace(EVERY_KIND[13], settings=settings))
    assert isinstance(first, Multiple)
    assert first.options == (Option("C1", "Now"), Option("C2", "Later"))
    assert second.key == "q_n_sq2"


def test_an_array_of_texts_asks_each_text_and_a_huge_one_row_by_row() -> None:
    _, *texts = questions(EVERY_KIND[14])
    assert texts[3] == ShortText(key="q_t_sq2_c2", text="Toilets – Later")
    rows = {f"R{number}": f"Row {number}" for number in range(20)}
    found = imported(Asked(";", "huge", rows=rows, columns=rows))
    assert len(found.questionnaire.questions) == 21
    assert "It has 400 boxes" in notes(found)


def test_several_numbers_and_texts_are_asked_under_the_words_of_the_whole() -> None:
    intro, *numbers = questions(replace(EVERY_KIND[18], settings={"suffix": "miles"}))
    assert intro == Statement(key="q_k_intro", text="How many each?")
    assert numbers[0] == Number(key="q_k_sq1", text="Paths", unit="miles")
    one = only(Asked("Q", "one", "Your name?", rows={"a": "First"}))
    assert one == ShortText(key="one_a", text="Your name? – First")


def test_numbers_keep_limits_whole_and_unit() -> None:
    settings = {
        "min_num_value_n": "0",
        "max_num_value_n": "99.5",
        "num_value_int_only": "1",
        "prefix": "£",
    }
    found = only(Asked("N", "cost", settings=settings))
    assert found == Number(key="cost", text="What?", min=0, max=99.5, whole=True, unit="£")


def test_texts_keep_their_length_and_number_only_ones_are_numbers() -> None:
    assert only(Asked("S", "s", settings={"maximum_chars": "40"})) == ShortText(
        key="s", text="What?", max_length=40
    )
    assert isinstance(only(Asked("S", "s", settings={"numbers_only": "1"})), Number)
    assert isinstance(only(Asked("S", "s", settings={"location_mapservice": "100"})), Location)


def test_days_keep_limits_and_lose_hours() -> None:
    settings = {"date_min": "2020", "date_max": "2024-06-30", "date_format": "dd.mm.yyyy HH:MM"}
    found = imported(Asked("D", "day", settings=settings))
    assert found.questionnaire.questions == (
        Date(key="day", text="What?", min="2020-01-01", max="2024-06-30"),
    )
    assert "asked for a time too" in notes(found)
    worked_out = imported(Asked("D", "day", settings={"date_min": "{since}"}))
    assert "limit date_min (‘{since}’) is no day" in notes(worked_out)


def test_ranking_keeps_its_items_and_its_most() -> None:
    found = only(replace(EVERY_KIND[24], settings={"max_answers": "2", "random_order": "1"}))
    assert found == Ranking(
        key="q_r", text="Rank?", options=OPTIONS, max_choices=2, random_order=True
    )


def test_uploads_keep_kinds_count_and_size() -> None:
    settings = {
        "allowed_filetypes": "pdf, docx, exe",
        "max_num_of_files": "3",
        "max_filesize": "2500",
    }
    found = imported(Asked("|", "file", settings=settings))
    assert found.questionnaire.questions == (
        Upload(key="file", text="What?", accept=("pdf", "word"), max_files=3, max_megabytes=3),
    )
    assert "Files ending in .exe are not taken here" in notes(found)
    large = imported(Asked("|", "file", settings={"max_filesize": "999999"}))
    assert "Each file could have 977 megabytes. It can have 50 now" in notes(large)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Asked("*", "sum", "{1+1}"), "Works something out"),
        (Asked("I", "lang"), "Switches the language"),
        (Asked("S", "gone", settings={"hidden": "1"}), "It was hidden from everyone"),
        (Asked("S", "never", relevance="0"), "It was never shown"),
        (Asked("X", "script", "<script>alert(1)</script>"), "Nothing is left of its text"),
    ],
)
def test_what_asks_nothing_is_left_out_and_noted(asked: Asked, why: str) -> None:
    found = imported(asked, LIST)
    assert [question.key for question in found.questionnaire.questions] == ["first"]
    assert f"‘{asked.code}’" in notes(found)
    assert why in notes(found)


def test_a_type_that_nobody_knows_is_asked_as_well_as_can_be() -> None:
    found = imported(Asked("Z", "z1", answers=ANSWERS), Asked("~", "z2"))
    single, text = found.questionnaire.questions
    assert isinstance(single, Single)
    assert isinstance(text, LongText)
    assert "Its type ‘~’ is not known" in notes(found)


def test_answers_in_random_or_alphabetical_order() -> None:
    shuffled = only(replace(LIST, settings={"random_order": "1"}))
    assert isinstance(shuffled, Single)
    assert shuffled.random_order
    sorted_ = only(replace(LIST, settings={"alphasort": "1"}))
    assert isinstance(sorted_, Single)
    assert [option.text for option in sorted_.options] == ["Never", "Often"]


def test_codes_that_are_reserved_or_hold_a_semicolon_are_changed_and_noted() -> None:
    found = imported(Asked("L", "odd", answers={"other": "A", "a;b": "B", "ok": "C"}))
    single = found.questionnaire.questions[0]
    assert isinstance(single, Single)
    assert [option.value for option in single.options] == ["other_2", "a_b", "ok"]
    assert "answer code ‘other’ became ‘other_2’" in notes(found)


def test_what_nobody_must_answer_is_optional() -> None:
    found = imported(replace(LIST, mandatory="S"))
    assert not found.questionnaire.questions[0].required
    assert "could go on. It is optional" in notes(found)
    filtered = Asked("F", "f", rows=ROWS, answers=ANSWERS, mandatory="Y", shown="x == 1")
    found = imported(filtered)
    assert not found.questionnaire.questions[0].required
    assert "required for the rows that were shown" in notes(found)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (replace(TICKS, settings={"array_filter": "first"}), "Only what was ticked in ‘first’"),
        (replace(TICKS, settings={"array_filter_exclude": "first"}), "in ‘first’ was not shown"),
        (replace(LIST, preg="/^a/"), "had to fit the pattern ‘/^a/’"),
        (replace(LIST, settings={"em_validation_q": "first > 1"}), "by the rule ‘first > 1’"),
        (replace(LIST, settings={"time_limit": "30"}), "a time limit of 30 seconds"),
        (replace(LIST, settings={"random_group": "g"}), "shuffled among the questions of ‘g’"),
        (replace(LIST, settings={"display_columns": "3"}), "display_columns (1)"),
        (
            replace(LIST, other="Y", settings={"other_replace_text": "Elsewhere"}),
            "Its ‘Other’ was called ‘Elsewhere’",
        ),
        (Asked("K", "k", rows=ROWS, settings={"equals_num_value": "9"}), "The sum of its numbers"),
        (Asked("N", "n", settings={"slider_layout": "1"}), "It was a slider"),
        (Asked("S", "s", settings={"prefix": "Dear"}), "‘Dear’ stood beside its box"),
    ],
)
def test_settings_without_a_counterpart_are_noted(asked: Asked, words: str) -> None:
    assert words in notes(imported(asked))


def test_the_document_names_every_kind() -> None:
    document = (Path(__file__).parents[3] / "docs/importing.md").read_text()
    letters = set(re.findall(r"`(\S)`", document.replace("<code>&#124;</code>", "`|`")))
    assert set(KINDS) <= letters
