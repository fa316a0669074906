"""A question as the fields of its form.

1. Any question goes into fields and comes back the same, translations and all.
2. New words keep their translations; those to look at again are named.
3. Values of options and rows stay for good, once anything relies on them.
4. What cannot be read is said at its field, and the question keeps what it had.
5. The buttons of a list keep everything that was typed.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.drafting.building import as_kind, blank_question
from surveys.file_kinds import KINDS as FILE_KINDS
from surveys.question_fields.lines import Line, line_fields, lines, press, with_spares
from surveys.question_fields.reading import ReadQuestion, read_question
from surveys.question_fields.translated import Recheck, to_recheck
from surveys.question_fields.writing import question_fields
from surveys.questionnaire import (
    KINDS,
    Condition,
    Date,
    Dropdown,
    Grid,
    Likert,
    Location,
    LongText,
    Map,
    Multiple,
    Number,
    Option,
    Question,
    Ranking,
    Row,
    ShortText,
    Single,
    Statement,
    Text,
    Upload,
    type_name,
)
from surveys.scales import SCALES
from tests.surveys.questionnaires import VALUES, WORDS

GROUP = Single(key="group", text="Do you run a group?", options=(Option("yes", "Yes"),))
BEFORE: Mapping[str, Question] = {"group": GROUP}
FLAGS = st.booleans()


@st.composite
def texts(draw: st.DrawFn) -> Text:
    words = draw(WORDS)
    return {"en": words, "cy": draw(WORDS), "ar": draw(WORDS)} if draw(FLAGS) else words


HINTS = st.one_of(st.just(""), texts())
LIMITS = st.one_of(st.none(), st.just(1))
CONDITIONS = st.sampled_from(
    [
        None,
        Condition(question="group", is_="yes"),
        Condition(not_=Condition(any=(Condition(question="group", includes="yes"),))),
    ]
)


@st.composite
def options(draw: st.DrawFn, least: int = 1) -> tuple[Option, ...]:
    values = draw(st.lists(VALUES, min_size=least, max_size=4, unique=True))
    return tuple(Option(value, draw(texts()), draw(FLAGS)) for value in values)


@st.composite
def rows(draw: st.DrawFn) -> tuple[Row, ...]:
    values = draw(st.lists(VALUES, min_size=1, max_size=4, unique=True))
    return tuple(Row(value, draw(texts())) for value in values)


@st.composite
def maps(draw: st.DrawFn) -> Map:
    west, south = draw(st.floats(-180, 179)), draw(st.floats(-90, 89))
    return Map("/static/map.png", draw(texts()), west, south, west + 0.5, south + 0.25)


NUMBERS = st.one_of(st.none(), st.integers(-5, 5), st.floats(-1e6, 1e6))
DAYS = st.one_of(st.none(), st.dates().map(lambda day: day.isoformat()))
SETTINGS: Mapping[str, st.SearchStrategy[Any]] = {
    "max_length": st.integers(1, 50_000),
    "max_words": st.one_of(st.none(), st.integers(1, 10_000)),
    "whole": FLAGS,
    "unit": HINTS,
    "other": FLAGS,
    "random_order": FLAGS,
    "no_opinion": FLAGS,
    "options": options(),
    "rows": rows(),
    "scale": st.one_of(st.sampled_from(sorted(SCALES)), options(2)),
    "min_choices": LIMITS,
    "max_choices": LIMITS,
    "accept": st.lists(st.sampled_from(sorted(FILE_KINDS)), unique=True).map(tuple),
    "max_files": st.integers(1, 20),
    "max_megabytes": st.integers(1, 50),
    "map": st.one_of(st.none(), maps()),
    "key": VALUES,
    "text": texts(),
    "hint": HINTS,
    "special_category": FLAGS,
    "show_if": CONDITIONS,
}


@st.composite
def questions(draw: st.DrawFn) -> Question:
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    names = [name for name in kind.__struct_fields__ if name in SETTINGS]
    settings = {name: draw(SETTINGS[name]) for name in names}
    settings["required"] = kind is not Statement and draw(FLAGS)
    for limits, one in ((Number, NUMBERS), (Date, DAYS)):
        if kind is limits:
            given: list[Any] = [draw(one), draw(one)]
            if None not in given:
                given.sort()
            settings |= {"min": given[0], "max": given[1]}
    return kind(**settings)


def read(
    fields: Mapping[str, list[str]], opened: Question, settled: tuple[str, ...] = ()
) -> ReadQuestion:
    return read_question(fields, opened, before=BEFORE, language="en", settled=settled)


def changed(opened: Question, **typed: str) -> ReadQuestion:
    """Read after typing into the opened question's form; `__` in a name stands for a dot. What
    stands in `_settled` keeps its value."""
    settled = tuple(typed.pop("_settled", "").split())
    fields = question_fields(opened, BEFORE, "en")
    new = {name.replace("__", "."): [words] for name, words in typed.items()}
    return read({**fields, **new}, opened, settled)


class TestThroughTheForm:
    @given(questions())
    def test_any_question_comes_back_the_same(self, question: Question) -> None:
        fields = question_fields(question, BEFORE, "en")
        assert read(fields, question) == ReadQuestion(question)

    @given(questions())
    def test_so_it_does_with_blank_lines_to_type_in(self, question: Question) -> None:
        fields = question_fields(question, BEFORE, "en")
        assert read(with_spares(fields, ("options", "points", "rows")), question) == ReadQuestion(
            question
        )

    @given(questions(), st.sampled_from(sorted(KINDS)))
    def test_another_type_comes_back_as_that_type(self, question: Question, kind: str) -> None:
        other = as_kind(question, kind)
        assert read(question_fields(other, BEFORE, "en"), question) == ReadQuestion(other)

    @pytest.mark.parametrize("kind", sorted(KINDS))
    def test_a_form_made_from_nothing_reads_back(self, kind: str) -> None:
        question = blank_question(kind, "why", "Why?")
        blank = blank_question(kind, "why", "What?")
        assert read(question_fields(question, BEFORE, "en"), blank) == ReadQuestion(question)


YES = {"en": "Yes", "cy": "Ydw"}
BOTH = Single(
    key="run",
    text={"en": "Do you run a group?", "cy": "Ydych chi’n rhedeg grŵp?"},
    options=(Option("yes", YES), Option("no", "No")),
)


class TestTranslations:
    def test_new_words_keep_their_translations(self) -> None:
        question = changed(BOTH, text="Do you run a club?", options__1__text="Yes, I do").question
        assert question.text == {"en": "Do you run a club?", "cy": "Ydych chi’n rhedeg grŵp?"}
        assert isinstance(question, Single)
        assert question.options[0].text == {"en": "Yes, I do", "cy": "Ydw"}

    def test_those_to_look_at_again_are_named(self) -> None:
        question = changed(BOTH, text="Do you run a club?", options__2__text="Never").question
        assert to_recheck(BOTH, question, "en") == (
            Recheck("question", "Do you run a club?", ("cy",)),
        )

    def test_unchanged_words_need_no_second_look(self) -> None:
        assert to_recheck(BOTH, changed(BOTH, hint="If you do").question, "en") == ()

    def test_a_hint_that_is_emptied_is_empty_in_every_language(self) -> None:
        hinted = replace(BOTH, hint={"en": "Any kind", "cy": "Unrhyw fath"})
        assert changed(hinted, hint="").question.hint == ""

    def test_they_go_with_their_option_when_it_moves(self) -> None:
        fields = question_fields(BOTH, BEFORE, "en")
        pressed = press(fields, "_down.options.1")
        assert pressed is not None
        question = read(pressed.fields, BOTH).question
        assert isinstance(question, Single)
        assert question.options == (Option("no", "No"), Option("yes", YES))

    def test_they_go_with_the_options_into_another_type(self) -> None:
        question = changed(BOTH, type="ranking").question
        assert isinstance(question, Ranking)
        assert question.options == BOTH.options


class TestValues:
    def test_a_new_option_has_a_value_made_of_its_words(self) -> None:
        question = changed(BOTH, options__3__text="Not any more").question
        assert isinstance(question, Single)
        assert question.options[2] == Option("not_any_more", "Not any more")

    def test_other_words_leave_the_value_alone(self) -> None:
        question = changed(BOTH, options__2__text="Never").question
        assert isinstance(question, Single)
        assert question.options[1] == Option("no", "Never")

    def test_half_a_word_that_was_stored_makes_no_value_for_good(self) -> None:
        half = Single(key="run", text="Run?", options=(Option("perh", "Perh"), Option("o", "O")))
        question = changed(half, options__1__text="Perhaps").question
        assert isinstance(question, Single)
        assert [option.value for option in question.options] == ["perhaps", "o"]

    def test_nor_does_a_placeholder(self) -> None:
        question = changed(blank_question("grid", "g", "How?"), rows__1__text="Paths").question
        assert isinstance(question, Grid)
        assert question.rows == (Row("paths", "Paths"),)

    def test_what_something_relies_on_keeps_its_value(self) -> None:
        blank = blank_question("single", "run", "Run?")
        question = changed(blank, _settled="option_1", options__1__text="Yes").question
        assert isinstance(question, Single)
        assert [option.value for option in question.options] == ["option_1", "option_2"]

    def test_values_that_came_from_a_file_stay(self) -> None:
        given = replace(BOTH, options=(Option("1", "Yes"), Option("2", "No")))
        question = changed(given, options__1__text="Yes, often").question
        assert isinstance(question, Single)
        assert question.options[0] == Option("1", "Yes, often")


MAPPED = Location(key="spot", text="Where?", map=Map("/static/a.png", "Rye", 0, 50, 1, 51))
PROBLEMS: tuple[tuple[Question, dict[str, str], str], ...] = (
    (BOTH, {"text": " "}, "text"),
    (BOTH, {"key": "Not a key"}, "key"),
    (BOTH, {"options__1__text": ""}, "options.1.text"),
    (ShortText(key="t", text="T?"), {"max_length": "many"}, "max_length"),
    (ShortText(key="t", text="T?"), {"max_length": "50001"}, "max_length"),
    (LongText(key="t", text="T?"), {"max_words": "0"}, "max_words"),
    (Number(key="n", text="N?"), {"min": "a few"}, "min"),
    (Number(key="n", text="N?"), {"min": "5", "max": "3"}, "min"),
    (Date(key="d", text="D?"), {"min-day": "31", "min-month": "6", "min-year": "2026"}, "min-day"),
    (Date(key="d", text="D?", max="2020-01-01"), {"max-year": ""}, "max-year"),
    (Multiple(key="m", text="M?", options=BOTH.options), {"max_choices": "3"}, "max_choices"),
    (Likert(key="l", text="L?", scale="agreement"), {"scale": "own"}, "points.1.text"),
    (Likert(key="l", text="L?", scale="agreement"), {"scale": "liking"}, "scale"),
    (Upload(key="u", text="U?"), {"max_files": "21"}, "max_files"),
    (MAPPED, {"map__image": "https://example.org/a.png"}, "map.image"),
    (MAPPED, {"map__text": ""}, "map.text"),
    (MAPPED, {"map__north": "far"}, "map.north"),
    (MAPPED, {"map__north": "49"}, "map.south"),
)


class TestProblems:
    @pytest.mark.parametrize(("question", "typed", "place"), PROBLEMS)
    def test_each_stands_at_its_field(
        self, question: Question, typed: dict[str, str], place: str
    ) -> None:
        assert [problem.place for problem in changed(question, **typed).problems] == [place]

    def test_every_option_may_not_go(self) -> None:
        fields = {
            name: typed
            for name, typed in question_fields(BOTH, BEFORE, "en").items()
            if not name.startswith("options.")
        }
        found = read(fields, BOTH)
        assert found.question == BOTH
        assert [problem.place for problem in found.problems] == ["options.1.text"]

    def test_a_limit_left_empty_is_the_usual_one(self) -> None:
        question = changed(ShortText(key="t", text="T?", max_length=20), max_length="").question
        assert question == ShortText(key="t", text="T?")

    def test_a_map_left_empty_is_none(self) -> None:
        fields = question_fields(MAPPED, BEFORE, "en")
        empty = {name: [""] for name in fields if name.startswith("map.")}
        assert read({**fields, **empty}, MAPPED) == ReadQuestion(replace(MAPPED, map=None))


LISTED = line_fields("options", [Line("A", "a"), Line("B", "b", exclusive=True), Line("C")])


class TestButtons:
    @pytest.mark.parametrize(
        ("button", "left", "focus"),
        [
            ("_up.options.2", "BAC", "_down.options.1"),
            ("_up.options.3", "ACB", "_up.options.2"),
            ("_down.options.1", "BAC", "_down.options.2"),
            ("_down.options.2", "ACB", "_up.options.3"),
            ("_remove.options.2", "AC", "options.2.text"),
            ("_remove.options.3", "AB", "options.2.text"),
        ],
    )
    def test_they_move_and_remove(self, button: str, left: str, focus: str) -> None:
        pressed = press({**LISTED, "text": ["Typed"]}, button)
        assert pressed is not None
        assert "".join(line.text for line in lines(pressed.fields, "options")) == left
        assert pressed.focus == focus
        assert pressed.fields["text"] == ["Typed"]

    def test_moving_takes_everything_of_the_line_along(self) -> None:
        pressed = press(LISTED, "_up.options.2")
        assert pressed is not None
        assert lines(pressed.fields, "options")[0] == Line("B", "b", exclusive=True)
        assert not lines(pressed.fields, "options")[1].exclusive

    def test_adding_gives_a_blank_line_to_type_in(self) -> None:
        pressed = press(LISTED, "_add.options")
        assert pressed is not None
        assert lines(pressed.fields, "options")[3] == Line()
        assert pressed.focus == "options.4.text"
        again = press(pressed.fields, "_add.options")
        assert again == pressed

    def test_many_are_pasted_at_once(self) -> None:
        typed = {**LISTED, "options.4.text": [""], "options.paste": ["D\n\n  E \r\nF"]}
        pressed = press(typed, "_paste.options")
        assert pressed is not None
        assert [line.text for line in lines(pressed.fields, "options")] == list("ABCDEF")
        assert pressed.fields["options.paste"] == [""]

    def test_what_was_pasted_and_not_added_is_saved_all_the_same(self) -> None:
        question = changed(BOTH, options__paste="Perhaps\nNever").question
        assert isinstance(question, Single)
        assert [option.value for option in question.options] == ["yes", "no", "perhaps", "never"]

    @pytest.mark.parametrize(
        "button", ["_up.options.9", "_up.options.x", "_up.text.1", "_save", "_x.options.1", "_up"]
    )
    def test_what_is_no_such_button_does_nothing(self, button: str) -> None:
        assert press(LISTED, button) is None


def test_every_type_and_setting_is_tried() -> None:
    apart = {"required", "min", "max"}
    for kind in KINDS.values():
        names = {field.name for field in msgspec.structs.fields(kind)}
        assert names <= SETTINGS.keys() | apart
    assert type_name(Dropdown(key="d", text="D?", options=BOTH.options)) in KINDS
