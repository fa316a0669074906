"""What XLSForm can say comes back as it was, from random questionnaires.

1. Titles, texts, hints, types, options, rows, scales, limits, “other”, exclusive options, random
   order and required questions come back exactly.
2. Conditions come back so that the same questions are shown for any answers.
3. What XLSForm cannot say is named in the notes of the writing.
4. Texts in several languages come back in each of them.
"""

import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.questionnaire import (
    Condition,
    Email,
    Grid,
    Layout,
    Likert,
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
    Row,
    ShortText,
    Single,
    Strand,
    Upload,
)
from surveys.routing import shown
from surveys.xlsform import read_xlsform, write_xlsform
from tests.surveys.questionnaires import answers_for, questionnaires


def _as_said(text: str) -> str:
    return " ".join(text.split())


def _sayable(question: Question) -> Question:
    """The question without its condition and what the format cannot say, its words on one line."""
    changed: dict[str, object] = {
        "show_if": None,
        "text": _as_said(str(question.text)),
        "hint": _as_said(str(question.hint)),
    }
    for name in ("options", "rows", "scale"):
        listed = getattr(question, name, ())
        if listed and not isinstance(listed, str):
            changed[name] = tuple(replace(each, text=_as_said(str(each.text))) for each in listed)
    if isinstance(question, LongText):
        changed["max_words"] = None
    if isinstance(question, Grid):
        changed["random_order"] = False
    if isinstance(question, Upload):
        accept = question.accept if question.accept == ("image",) else ()
        changed |= {"accept": accept, "max_files": 1, "max_megabytes": 10}
    if isinstance(question, Location):
        changed["map"] = None
    return replace(question, **changed)


def _structure(questionnaire: Questionnaire) -> Questionnaire:
    pages = tuple(
        Page(_as_said(str(page.title)), tuple(map(_sayable, page.questions)))
        for page in questionnaire.pages
    )
    return replace(questionnaire, title=_as_said(str(questionnaire.title)), pages=pages)


@settings(max_examples=60)
@given(questionnaires())
def test_what_is_asked_comes_back_as_it_was(questionnaire: Questionnaire) -> None:
    read = read_xlsform(write_xlsform(questionnaire).data)
    assert _structure(read.questionnaire) == _structure(questionnaire)


@settings(max_examples=60)
@given(questionnaires(), st.data())
def test_the_same_questions_are_shown_for_any_answers(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    read = read_xlsform(write_xlsform(questionnaire).data).questionnaire
    answers = data.draw(answers_for(questionnaire))
    assert shown(read, answers) == shown(questionnaire, answers)


def _whole(*questions: Question, **settings: object) -> Questionnaire:
    made = Questionnaire("Parks", ("en",), (Page("Yours", questions),))
    return replace(made, **settings)


def _back(questionnaire: Questionnaire) -> Questionnaire:
    return read_xlsform(write_xlsform(questionnaire).data).questionnaire


def test_every_setting_that_the_format_has_comes_back() -> None:
    options = (Option("a", "A"), Option("b", "B"), Option("none", "None", exclusive=True))
    questionnaire = _whole(
        Multiple(key="m", text="Which?", options=options, min_choices=1, max_choices=2),
        Multiple(key="r", text="Which?", options=options[:2], other=True, random_order=True),
        Ranking(key="k", text="In what order?", options=options[:2], max_choices=1),
        Number(key="n", text="How many?", min=-0.5, max=1_000_000.25),
        Number(key="w", text="How many?", min=0, whole=True),
        ShortText(key="t", text="Name?", max_length=80),
        LongText(key="l", text="Why?", max_length=2_000, hint="In your\n\nown words"),
        Email(key="e", text="Where to write?"),
        Upload(key="u", text="A photo?", accept=("image",)),
        layout=Layout.SINGLE,
    )
    assert _back(questionnaire) == questionnaire


def test_built_in_scales_keep_their_names() -> None:
    questionnaire = _whole(
        Likert(key="a", text="Good?", scale="agreement", no_opinion=True),
        Likert(key="b", text="Good?", scale="satisfaction"),
        Grid(
            key="g",
            text="How is each?",
            scale="agreement",
            rows=(Row("north", "North"), Row("south", "South")),
            required=True,
        ),
    )
    assert _back(questionnaire) == questionnaire


def test_points_of_a_scale_are_compared_by_their_places() -> None:
    likert = Likert(key="a", text="Good?", scale="agreement")
    of_likert = Condition(question="a", at_least="agree")
    questionnaire = _whole(likert, ShortText(key="b", text="Why?", show_if=of_likert))
    read = _back(questionnaire)
    assert "b" in shown(read, {"a": "strongly_agree"})
    assert "b" in shown(read, {"a": "agree"})
    assert "b" not in shown(read, {"a": "neither"})
    assert "b" not in shown(read, {})


def test_texts_come_back_in_every_language() -> None:
    text = {"cy": "Pa barc?", "en": "Which park?", "ar": "أي حديقة؟"}
    questionnaire = Questionnaire(
        "Parciau",
        ("cy", "en", "ar"),
        (
            Page(
                {"cy": "Eich un chi", "en": "Yours"},
                (Single(key="a", text=text, hint="Un", options=(Option("n", text),)),),
            ),
        ),
    )
    assert _back(questionnaire) == questionnaire


def test_what_looks_like_markup_or_an_answer_stays_words() -> None:
    words = "Is 5<b> & x > 3 &amp; ${name} **fine**, _or_ not [see](https://a.example) \\*?"
    read = _back(_whole(ShortText(key="a", text=words)))
    assert read.questions[0].text == words.replace("${name}", "$ {name}")


def test_nothing_becomes_a_formula_or_a_link() -> None:
    written = write_xlsform(_whole(ShortText(key="a", text="=1+1", hint="https://example.org")))
    book = openpyxl.load_workbook(io.BytesIO(written.data))
    cells = [cell for row in book["survey"].iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_what_cannot_be_said_is_noted() -> None:
    picture = Map("https://example.org/map.png", "The town", -1.0, 50.0, 0.0, 51.0)
    written = write_xlsform(
        _whole(
            Number(key="n", text="How much?", unit="£"),
            LongText(key="l", text="Why?", max_words=100),
            Location(key="p", text="Where?", map=picture),
            Single(key="s", text="Which?", options=(Option("two words", "Two"),)),
            Upload(key="u", text="Files?", max_files=3),
            ShortText(key="t", text="Faith?", special_category=True),
            strands=(Strand("one", "The first"),),
        )
    )
    notes = "\n".join(f"{note.where} {note.what}" for note in written.notes)
    for told in ("unit", "words", "map", "‘two_words’", "files", "special category", "strands"):
        assert told in notes


def test_rows_keep_their_values_where_a_form_can_have_them() -> None:
    rows = (Row("SQ1", "Paths"), Row("2", "Toilets"), Row("sq1", "Parks"), Row("a b", "Play"))
    grid = Grid(key="g", text="How is each?", scale="agreement", rows=rows)
    written = write_xlsform(_whole(grid))
    (read,) = read_xlsform(written.data).questionnaire.questions
    assert isinstance(read, Grid)
    assert [row.value for row in read.rows] == ["SQ1", "2", "sq1_2", "a_b"]
    noted = "\n".join(note.what for note in written.notes)
    assert "‘sq1’" in noted
    assert "‘a b’" in noted
    assert "‘SQ1’" not in noted


def test_a_text_longer_than_a_cell_is_cut_and_noted() -> None:
    written = write_xlsform(_whole(ShortText(key="a", text="a" * 40_000)))
    assert "32,767 characters" in written.notes[-1].what
    assert len(str(read_xlsform(written.data).questionnaire.questions[0].text)) == 32_767
