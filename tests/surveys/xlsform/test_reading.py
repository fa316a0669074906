"""Forms made elsewhere arrive whole, and what could not is named.

1. Each type becomes its nearest kind of question, with its limits.
2. Groups become pages, tables become grids, “other” becomes ours.
3. Names are made to fit, and every change is noted.
4. Languages are known by their codes or their names.
5. `relevant` becomes a condition; what cannot be said is noted, and then more people are asked.
"""

import pytest

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
    Question,
    Ranking,
    ShortText,
    Single,
    Statement,
    Upload,
)
from surveys.soundness import unsound
from surveys.xlsform import read_xlsform
from tests.surveys.xlsform.building import PARKS, YES_NO, Row, asked, imported, noted, workbook


@pytest.mark.parametrize(
    ("row", "kind", "settings"),
    [
        ({"type": "text"}, ShortText, {}),
        ({"type": "text", "appearance": "multiline"}, LongText, {}),
        ({"type": "text", "constraint": "string-length(.) < 81"}, ShortText, {"max_length": 80}),
        ({"type": "integer"}, Number, {"whole": True}),
        ({"type": "int", "constraint": ". > 4 and 20 >= ."}, Number, {"min": 5, "max": 20}),
        ({"type": "decimal", "constraint": ".<=0.5"}, Number, {"max": 0.5, "whole": False}),
        (
            {"type": "range", "parameters": "start=1 end=5 step=0.5"},
            Number,
            {"min": 1, "max": 5, "whole": False},
        ),
        ({"type": "date", "constraint": ". >= date('2020-01-01')"}, Date, {"min": "2020-01-01"}),
        ({"type": "dateTime"}, ShortText, {}),
        ({"type": "time"}, ShortText, {}),
        ({"type": "barcode"}, ShortText, {}),
        ({"type": "geopoint"}, Location, {}),
        ({"type": "geoshape"}, Location, {}),
        ({"type": "image"}, Upload, {"accept": ("image",)}),
        ({"type": "file"}, Upload, {"accept": ()}),
        ({"type": "audio"}, LongText, {}),
        ({"type": "note"}, Statement, {}),
        ({"type": "acknowledge"}, Single, {}),
        ({"type": "select_one yes_no"}, Single, {"other": False}),
        ({"type": "select_one yes_no", "appearance": "minimal"}, Dropdown, {}),
        ({"type": "select_one parks or_other"}, Single, {"other": True}),
        ({"type": "select_one parks", "appearance": "likert"}, Likert, {}),
        ({"type": "select_multiple parks"}, Multiple, {"random_order": False}),
        (
            {"type": "select_multiple parks", "parameters": "randomize=true"},
            Multiple,
            {"random_order": True},
        ),
        (
            {"type": "select_multiple parks", "constraint": "count-selected(.) <= 2"},
            Multiple,
            {"max_choices": 2},
        ),
        ({"type": "rank parks"}, Ranking, {}),
        ({"type": "select_one_from_file towns.csv"}, ShortText, {}),
        ({"type": "text", "required": "true()"}, ShortText, {"required": True}),
        ({"type": "text", "required": "no"}, ShortText, {"required": False}),
        ({"type": "text", "hint": "As on your card"}, ShortText, {"hint": "As on your card"}),
    ],
)
def test_each_type_becomes_its_nearest(
    row: Row, kind: type[Question], settings: dict[str, object]
) -> None:
    question = asked(row)
    assert isinstance(question, kind)
    assert {name: getattr(question, name) for name in settings} == settings


def test_a_choice_that_stands_alone_is_exclusive() -> None:
    rule = "not(selected(., 'none') and count-selected(.) > 1)"
    question = asked({"type": "select_multiple parks", "constraint": rule})
    assert isinstance(question, Multiple)
    assert [option.exclusive for option in question.options] == [False, False, True]


@pytest.mark.parametrize("type_name", ["start", "end", "today", "deviceid", "hidden"])
def test_what_asks_nothing_is_left_out_and_named(type_name: str) -> None:
    read = imported(
        [{"type": type_name, "name": "m"}, {"type": "text", "name": "a", "label": "What?"}]
    )
    assert [question.key for question in read.questionnaire.questions] == ["a"]
    assert "‘m’" in noted(read)


def test_a_calculation_is_left_out_and_named() -> None:
    rows = [
        {"type": "integer", "name": "a", "label": "How many?"},
        {"type": "calculate", "name": "twice", "calculation": "${a} * 2"},
    ]
    read = imported(rows)
    assert [question.key for question in read.questionnaire.questions] == ["a"]
    assert "‘twice’" in noted(read)
    assert "worked out" in noted(read)


GROUPS = [
    {"type": "text", "name": "first", "label": "First?"},
    {"type": "begin_group", "name": "g", "label": "About you"},
    {"type": "text", "name": "second", "label": "Second?"},
    {"type": "begin_group", "name": "inner", "label": "Your street"},
    {"type": "text", "name": "third", "label": "Third?"},
    {"type": "end_group"},
    {"type": "end_group"},
    {"type": "begin_repeat", "name": "child", "label": "Each child"},
    {"type": "text", "name": "fourth", "label": "Fourth?"},
    {"type": "end_repeat"},
]


def test_groups_become_pages() -> None:
    read = imported(GROUPS)
    pages = read.questionnaire.pages
    assert [page.title for page in pages] == ["Part 1", "About you", "Each child"]
    inner = [(question.key, question.text) for question in pages[1].questions]
    assert inner == [("second", "Second?"), ("inner_intro", "Your street"), ("third", "Third?")]
    assert "Could be repeated" in noted(read)


def test_a_group_around_everything_is_no_page() -> None:
    whole = [{"type": "begin_group", "name": "all", "label": "All"}, *GROUPS]
    read = imported([*whole, {"type": "end_group"}])
    titles = [page.title for page in read.questionnaire.pages]
    assert titles == ["Part 1", "About you", "Each child"]


TABLE = [
    {"type": "begin_group", "name": "t", "label": "Your parks", "appearance": "field-list"},
    {"type": "select_one how", "name": "head", "label": "How is each?", "appearance": "label"},
    {"type": "select_one how", "name": "north", "label": "North", "appearance": "list-nolabel"},
    {"type": "select_one how", "name": "south", "label": "South", "appearance": "list-nolabel"},
    {"type": "end_group"},
    {"type": "text", "name": "why", "label": "Why?", "relevant": "${south} = 'bad'"},
]
HOW = [
    {"list_name": "how", "name": "good", "label": "Good"},
    {"list_name": "how", "name": "bad", "label": "Bad"},
    {"list_name": "how", "name": "dont_know", "label": "Don’t know"},
]


def test_a_table_becomes_a_grid_whose_rows_can_be_tested() -> None:
    grid, why = imported(TABLE, HOW).questionnaire.questions
    assert isinstance(grid, Grid)
    assert (grid.key, grid.text, grid.no_opinion) == ("head", "How is each?", True)
    assert [row.value for row in grid.rows] == ["north", "south"]
    assert why.show_if == Condition(question="head.south", is_="bad")


def test_a_table_list_is_a_grid_under_the_words_of_its_group() -> None:
    rows = [
        {"type": "begin_group", "name": "t", "label": "How is each?", "appearance": "table-list"},
        {"type": "select_one how", "name": "north", "label": "North"},
        {"type": "select_one how", "name": "south", "label": "South"},
        {"type": "end_group"},
    ]
    (grid,) = imported(rows, HOW).questionnaire.questions
    assert isinstance(grid, Grid)
    assert (grid.key, grid.text) == ("t", "How is each?")


OTHER = [*PARKS, {"list_name": "parks", "name": "other", "label": "Another"}]
SPECIFY = {"type": "text", "name": "which", "label": "Which?"}


@pytest.mark.parametrize("test", ["selected(${a}, 'other')", '${a} = "other"'])
def test_a_question_that_asks_for_the_other_becomes_its_box(test: str) -> None:
    rows = [
        {"type": "select_one parks", "name": "a", "label": "Park?"},
        {**SPECIFY, "relevant": test},
    ]
    read = imported(rows, OTHER)
    (question,) = read.questionnaire.questions
    assert isinstance(question, Single)
    assert question.other
    assert [option.value for option in question.options] == ["north", "south", "none"]
    assert "‘which’" in noted(read)


def test_a_bare_other_keeps_its_words_under_another_value() -> None:
    read = imported([{"type": "select_one parks", "name": "a", "label": "Park?"}], OTHER)
    (question,) = read.questionnaire.questions
    assert isinstance(question, Single)
    assert not question.other
    assert question.options[-1].value == "other_2"
    assert "‘other’ became ‘other_2’" in noted(read)


def test_names_are_made_to_fit_and_every_change_is_noted() -> None:
    rows = [
        {"type": "text", "name": "Age-Band", "label": "Age?"},
        {"type": "text", "name": "age_band", "label": "Again?", "relevant": "${Age-Band} = 'x'"},
    ]
    read = imported(rows)
    assert [question.key for question in read.questionnaire.questions] == ["age_band", "age_band_2"]
    second = read.questionnaire.questions[1]
    assert second.show_if == Condition(question="age_band", is_="x")
    assert noted(read).count("became the key") == 2


def test_choices_of_one_name_are_told_apart() -> None:
    choices = [*YES_NO, {"list_name": "yes_no", "name": "yes", "label": "Oh yes"}]
    question = asked({"type": "select_one yes_no"}, choices=choices)
    assert isinstance(question, Single)
    assert [option.value for option in question.options] == ["yes", "no", "yes_2"]


def test_languages_are_known_by_code_and_by_name() -> None:
    row = {
        "type": "text",
        "name": "a",
        "label::English (en)": "Name?",
        "label::Cymraeg": "Enw?",
        "label::Arabic": "الاسم؟",
        "label::Elvish": "Essë?",
    }
    read = imported([row], settings={"default_language": "Cymraeg", "form_title": "Enwau"})
    assert read.questionnaire.languages[0] == "cy"
    assert set(read.questionnaire.languages) == {"cy", "en", "ar", "mis-x03"}
    assert read.questionnaire.questions[0].text["en"] == "Name?"  # type: ignore[index]
    assert "Elvish" in noted(read)


def test_words_without_a_language_are_in_the_default_one() -> None:
    row = {"type": "text", "name": "a", "label": "Name?", "label::French (fr)": "Nom ?"}
    questionnaire = imported([row]).questionnaire
    assert questionnaire.languages == ("en", "fr")
    assert questionnaire.questions[0].text == {"en": "Name?", "fr": "Nom ?"}


def test_markup_and_repeated_answers_become_plain_words() -> None:
    rows = [
        {"type": "text", "name": "who", "label": "Who?"},
        {
            "type": "note",
            "name": "n",
            "label": "# Thanks\n**${who}**, see [this](https://a.example)",
        },
    ]
    read = imported(rows)
    assert read.questionnaire.questions[1].text == "Thanks\n…, see this (https://a.example)"
    assert "“…” stands there" in noted(read)


FIRST = [
    {"type": "select_one yes_no", "name": "q", "label": "Yes?"},
    {"type": "select_multiple parks", "name": "m", "label": "Which?"},
    {"type": "integer", "name": "n", "label": "How many?"},
    {"type": "text", "name": "t", "label": "What?"},
    {"type": "date", "name": "d", "label": "When?"},
]
YES, NORTH = Condition(question="q", is_="yes"), Condition(question="m", includes="north")


@pytest.mark.parametrize(
    ("relevant", "condition"),
    [
        ("${q} = 'yes'", YES),
        ("'yes' = ${q}", YES),
        ("selected(${q}, 'yes')", YES),
        ("${q} != 'yes'", Condition(question="q", is_not="yes")),
        ("selected(${m}, 'north')", NORTH),
        ("not(selected(${m},'north'))", Condition(not_=NORTH)),
        ("${q}='yes' and selected(${m}, 'north')", Condition(all=(YES, NORTH))),
        ("(${q}='yes') or\nselected(${m}, 'north')", Condition(any=(YES, NORTH))),
        ("${n} >= 18", Condition(question="n", at_least=18)),
        ("${n}>18", Condition(question="n", at_least=19)),
        ("18 > ${n}", Condition(question="n", at_most=17)),
        ("${t} != ''", Condition(question="t", answered=True)),
        ("string-length(${t}) = 0", Condition(question="t", answered=False)),
        ("count-selected(${m}) > 0", Condition(question="m", answered=True)),
        ("${d} <= date('2024-03-27')", Condition(question="d", at_most="2024-03-27")),
        ("true()", None),
    ],
)
def test_relevant_becomes_a_condition(relevant: str, condition: Condition | None) -> None:
    rows = [*FIRST, {"type": "text", "name": "z", "label": "Why?", "relevant": relevant}]
    read = imported(rows, [*YES_NO, *PARKS])
    assert read.questionnaire.questions[-1].show_if == condition
    assert read.notes == ()


@pytest.mark.parametrize(
    "relevant",
    [
        "${n} + 1 > 3",
        "${n} > ${d} - 3",
        "${n} > ${t}",
        "regex(${t}, '^a')",
        "count-selected(${m}) = 2",
        "today() > ${d}",
        "../q = 'yes'",
    ],
)
def test_what_cannot_be_said_is_noted_and_all_are_asked(relevant: str) -> None:
    rows = [*FIRST, {"type": "text", "name": "z", "label": "Why?", "relevant": relevant}]
    read = imported(rows, [*YES_NO, *PARKS])
    assert read.questionnaire.questions[-1].show_if is None
    assert "‘z’ “Why?”: When it is asked" in noted(read)


def test_what_can_be_said_of_a_rule_is_kept() -> None:
    rule = "${q} = 'yes' and ${n} * 2 > 4"
    rows = [*FIRST, {"type": "text", "name": "z", "label": "Why?", "relevant": rule}]
    read = imported(rows, [*YES_NO, *PARKS])
    assert read.questionnaire.questions[-1].show_if == YES
    assert "in part only" in noted(read)


def test_the_condition_of_a_group_is_that_of_all_in_it() -> None:
    rows = [
        *FIRST,
        {"type": "begin_group", "name": "g", "label": "More", "relevant": "${q} = 'yes'"},
        {"type": "text", "name": "y", "label": "Why?"},
        {"type": "text", "name": "z", "label": "Why?", "relevant": "selected(${m}, 'north')"},
        {"type": "end_group"},
    ]
    *_, first, second = imported(rows, [*YES_NO, *PARKS]).questionnaire.questions
    assert first.show_if == YES
    assert second.show_if == Condition(all=(YES, NORTH))


def test_everything_that_is_read_is_sound() -> None:
    others = [{**row, "name": f"x_{row.get('name', '')}"} for row in GROUPS]
    rows = [*FIRST[:3], *TABLE, *others]
    read = imported(rows, [*YES_NO, *PARKS, *HOW])
    assert unsound(read.questionnaire) == []


def test_a_type_that_nobody_knows_is_left_out_and_named() -> None:
    rows = [FIRST[3], {"type": "no_such_type", "name": "b", "label": "B"}]
    read = imported(rows)
    assert [question.key for question in read.questionnaire.questions] == ["t"]
    assert "‘b’ “B”: There is nothing like its type ‘no_such_type’" in noted(read)


def test_names_of_columns_types_and_settings_may_be_in_capitals() -> None:
    rows = [
        {"Type": "Begin_Group", "Name": "g", "Label": "Yours"},
        {"Type": "Select_one Yes_No", "Name": "a", "Label": "Good?"},
        {"Type": "INTEGER", "Name": "b", "Label": "How many?"},
        {"Type": "End_Group"},
    ]
    choices = [{**each, "list_name": "Yes_No"} for each in YES_NO]
    read = imported(rows, choices, {"Form Title": "Parks", "Form ID": "parks"})
    assert [type(question) for question in read.questionnaire.questions] == [Single, Number]
    assert read.questionnaire.title == "Parks"
    assert read.notes == ()


def test_a_form_without_a_title_says_so() -> None:
    read = imported([{"type": "text", "name": "a", "label": "What?"}], settings={"version": "1"})
    assert read.questionnaire.title == "Untitled form"
    assert "no title" in noted(read)


def test_a_register_of_entities_is_left_out_and_named() -> None:
    rows = [{"type": "text", "name": "a", "label": "Which tree?", "save_to": "species"}]
    data = workbook(rows, sheets={"entities": [{"list_name": "trees", "label": "${a}"}]})
    read = read_xlsform(data)
    assert [question.key for question in read.questionnaire.questions] == ["a"]
    assert "‘entities’" in noted(read)


def test_a_page_is_called_as_its_table_list() -> None:
    rows = [
        {"type": "begin_group", "name": "g", "label": "How is each?", "appearance": "table-list"},
        {"type": "select_one yes_no", "name": "paths", "label": "Paths"},
        {"type": "select_one yes_no", "name": "toilets", "label": "Toilets"},
        {"type": "end_group"},
    ]
    (page,) = imported(rows, YES_NO).questionnaire.pages
    assert page.title == "How is each?"


def test_one_page_of_two_tables_is_one_page() -> None:
    table = [
        {"type": "begin_group", "name": "{}", "appearance": "field-list"},
        {"type": "select_one yes_no", "name": "{}_h", "label": "Each?", "appearance": "label"},
        {"type": "select_one yes_no", "name": "{}_a", "label": "A", "appearance": "list-nolabel"},
        {"type": "end_group"},
    ]
    tables = [{**row, "name": row.get("name", "").format(n)} for n in "st" for row in table]
    rows = [{"type": "begin_group", "name": "g", "label": "Yours"}, *tables, {"type": "end_group"}]
    (page,) = imported(rows, YES_NO).questionnaire.pages
    assert page.title == "Yours"
    assert [type(question) for question in page.questions] == [Grid, Grid]


def test_the_header_of_a_table_of_ticks_asks_nothing() -> None:
    rows = [
        {"type": "select_multiple yes_no", "name": "h", "label": "Which?", "appearance": "label"},
        {"type": "select_multiple yes_no", "name": "a", "label": "A", "appearance": "list-nolabel"},
    ]
    read = imported(rows, YES_NO).questionnaire
    assert [type(question) for question in read.questions] == [Statement, Multiple]


@pytest.mark.parametrize("name", ["other", "dont_know"])
def test_a_row_of_a_table_may_have_a_reserved_name(name: str) -> None:
    rows = [
        {"type": "select_one yes_no", "name": "h", "label": "Each?", "appearance": "label"},
        {"type": "select_one yes_no", "name": name, "label": "X", "appearance": "list-nolabel"},
    ]
    read = imported(rows, YES_NO)
    assert unsound(read.questionnaire) == []
    assert f"Its row ‘{name}’ became ‘{name}_2’" in noted(read)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"type": "image", "appearance": "signature"}, "signed"),
        ({"type": "range", "parameters": "start=0 end=100 step=5"}, "steps of 5"),
        ({"type": "select_one yes_no", "appearance": "search('yes.csv')"}, "another file"),
        ({"type": "select_one faces"}, "pictures"),
    ],
)
def test_what_is_shown_or_worked_otherwise_is_noted(row: Row, words: str) -> None:
    faces = {"list_name": "faces", "name": "glad", "label": "Glad", "media::image": "glad.png"}
    read = imported([{"name": "a", "label": "What?", **row}], [*YES_NO, faces])
    assert words in noted(read)
