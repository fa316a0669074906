"""Translating: what is put in comes back, nothing else changes, and nobody is overwritten."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from surveys.drafting.applying import apply
from surveys.drafting.words import operation_words
from surveys.native_files import reread_questionnaire, write_questionnaire
from surveys.questionnaire import (
    Grid,
    Likert,
    Location,
    Map,
    Number,
    Option,
    Page,
    Questionnaire,
    Row,
    ShortText,
    Statement,
    Strand,
    Text,
)
from surveys.translated import lacking, told, written_in
from surveys.translation import (
    COVER,
    Clash,
    Edit,
    next_missing,
    sheets,
    standing,
    translated,
)
from surveys.typed import tidy
from tests.surveys.drafts import LANGUAGES, drafts
from tests.surveys.questionnaires import WORDS

MAP = Map("/static/map.png", "The town", west=0, south=0, east=1, north=1)
YOU = Page(
    "You",
    (
        Statement(key="hello", text="Hello"),
        Number(key="n", unit="people", hint="About", text="How many?"),
        Location(key="w", text="Where?", map=MAP),
    ),
    key="p1",
)
GRID = Grid(key="g", text="How good?", rows=(Row("a b.c", "Paths"),), scale="agreement")
OWN = Likert(key="o", text="And?", scale=(Option("x", "Good"), Option("y", {"en": "Bad"})))
STRAND = Strand("money", "Money", "How we pay", (Row("one", "One fund"),))
ASKED = Questionnaire(
    "Parks", ("en", "cy"), (YOU, Page("Parks", (GRID, OWN), key="p2")), strands=(STRAND,)
)
PLACES = {
    "title": "Title",
    "strands.money.title": "Strand",
    "strands.money.text": "About the strand",
    "strands.money.proposals.one.text": "Proposal",
    "pages.p1.title": "Page title",
    "questions.hello.text": "Words",
    "questions.n.text": "Question",
    "questions.n.hint": "Hint",
    "questions.n.unit": "Unit",
    "questions.w.text": "Question",
    "questions.w.map.text": "What the map shows",
    "pages.p2.title": "Page title",
    "questions.g.text": "Question",
    "questions.g.rows.a b.c.text": "Row",
    "questions.o.text": "Question",
    "questions.o.scale.x.text": "Point of the scale",
    "questions.o.scale.y.text": "Point of the scale",
}


def said(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """Every translation by its place."""
    every = sheets(questionnaire, language)
    return {line.place: line.said for sheet in every for line in sheet.lines}


def filled(questionnaire: Questionnaire, language: str, texts: dict[str, str]) -> Questionnaire:
    """The questionnaire with these translations, by place."""
    before = said(questionnaire, language)
    edits = [Edit(place, tidy(before[place]), words) for place, words in texts.items()]
    settled = translated(questionnaire, language, edits)
    assert (settled.clashes, settled.gone) == ((), ())
    if settled.operation is None:
        return questionnaire
    applied = apply(questionnaire, settled.operation)
    assert apply(applied.questionnaire, applied.inverse).questionnaire == questionnaire
    return applied.questionnaire


@st.composite
def translations(draw: st.DrawFn) -> tuple[Questionnaire, str, dict[str, str]]:
    """A draft, one of its languages, and words for some of its texts; some are emptied."""
    draft = draw(drafts())
    language = draw(st.sampled_from(LANGUAGES[1:]))
    places = draw(st.sets(st.sampled_from(sorted(said(draft, language)))))
    words = st.one_of(st.just(""), WORDS)
    return draft, language, {place: draw(words) for place in sorted(places)}


def without(questionnaire: Questionnaire, language: str) -> Questionnaire:
    def other(text: Text) -> Text:
        spelt = {"en": text} if isinstance(text, str) else text
        return {code: words for code, words in spelt.items() if code != language}

    return told(questionnaire, other)


class TestPlaces:
    def test_every_text_has_a_place_and_a_label_in_the_order_it_is_read(self) -> None:
        lines = [line for sheet in sheets(ASKED, "cy") for line in sheet.lines]
        assert [(line.place, line.label) for line in lines] == list(PLACES.items())

    def test_questions_have_their_numbers_and_statements_none(self) -> None:
        groups = [group for sheet in sheets(ASKED, "cy") for group in sheet.groups]
        assert [(g.key, g.number) for g in groups if g.key in ASKED.by_key()] == [
            ("hello", 0), ("n", 1), ("w", 2), ("g", 3), ("o", 4)
        ]  # fmt: skip

    def test_built_in_scales_count_where_they_have_the_language(self) -> None:
        assert standing(sheets(ASKED, "cy")).scales == 0
        polish = sheets(replace(ASKED, languages=("en", "cy", "pl")), "pl")
        assert standing(polish).scales == 1
        assert [group.scale for group in polish[2].groups] == ["", "agreement", ""]

    @given(drafts())
    def test_what_is_counted_is_what_the_outline_counts(self, draft: Questionnaire) -> None:
        for language in LANGUAGES[1:]:
            found = standing(sheets(draft, language))
            assert (found.written, found.missing) == (
                written_in(draft, language),
                lacking(draft, language),
            )


class TestTranslating:
    @given(translations())
    def test_reading_back_gives_what_was_put_in_and_all_else_as_it_was(
        self, given_: tuple[Questionnaire, str, dict[str, str]]
    ) -> None:
        draft, language, texts = given_
        after = filled(draft, language, texts)
        assert said(after, language) == {**said(draft, language), **texts}
        assert without(after, language) == without(draft, language)

    @given(drafts(), st.sampled_from(LANGUAGES[1:]))
    def test_nothing_is_missing_once_everything_is_filled(
        self, draft: Questionnaire, language: str
    ) -> None:
        every = sheets(draft, language)
        lines = [line for sheet in every for line in sheet.lines]
        after = filled(draft, language, {each.place: "x" for each in lines if each.is_missing})
        stored = reread_questionnaire(write_questionnaire(after))
        assert standing(sheets(stored, language)).missing == 0
        assert lacking(stored, language) == 0
        assert next_missing(sheets(stored, language), COVER) is None

    @given(drafts(), st.sampled_from(LANGUAGES[1:]), st.data())
    def test_two_who_write_at_once_lose_nothing_unseen(
        self, draft: Questionnaire, language: str, data: Any
    ) -> None:
        """Each text ends as the one or the other wrote it, and as the second only where the first
        left it alone or wrote the same; all else is a clash with both."""
        before = said(draft, language)
        choices = st.dictionaries(st.sampled_from(sorted(before)), st.sampled_from(["A", "B"]))
        first, second = data.draw(choices), data.draw(choices)
        now = filled(draft, language, first)
        edits = [Edit(place, tidy(before[place]), words) for place, words in second.items()]
        settled = translated(now, language, edits)
        after = apply(now, settled.operation).questionnaire if settled.operation else now
        clashing = {each.place for each in settled.clashes}
        assert clashing == {p for p in first.keys() & second.keys() if first[p] != second[p]}
        expected = {**before, **second, **first}
        assert said(after, language) == expected

    def test_the_history_says_what_was_translated(self) -> None:
        edits = [Edit("title", "", "Parciau")]
        one = translated(ASKED, "cy", edits).operation
        two = translated(ASKED, "cy", [*edits, Edit("questions.n.unit", "", "o bobl")]).operation
        assert one is not None
        assert two is not None
        assert operation_words(one, ASKED) == "Translated ‘Parks’ into Welsh (Cymraeg)"
        assert operation_words(two, ASKED) == "Translated 2 texts into Welsh (Cymraeg)"


class TestMeanwhile:
    def test_both_texts_are_told_with_what_it_was(self) -> None:
        now = filled(ASKED, "cy", {"title": "Parciau"})
        settled = translated(now, "cy", [Edit("title", "", "Y parciau")])
        assert settled.clashes == (Clash("title", "", "Parciau", "Y parciau"),)
        assert settled.operation is None

    def test_the_same_words_are_no_clash(self) -> None:
        now = filled(ASKED, "cy", {"title": "Parciau"})
        settled = translated(now, "cy", [Edit("title", "", "Parciau")])
        assert (settled.clashes, settled.operation) == ((), None)

    def test_what_is_gone_is_told_unless_nothing_was_written(self) -> None:
        typed, left = Edit("questions.x.text", "", "Beth?"), Edit("questions.y.text", "A", "A")
        assert translated(ASKED, "cy", [typed, left]).gone == (typed,)

    def test_a_question_may_move_or_change_beside_its_translation(self) -> None:
        moved = replace(ASKED, pages=(replace(YOU, questions=(*YOU.questions, GRID)),))
        edit = Edit("questions.g.rows.a b.c.text", "", "Llwybrau")
        assert said(filled(moved, "cy", {edit.place: edit.mine}), "cy")[edit.place] == "Llwybrau"

    def test_no_translation_is_written_in_the_default_or_a_language_that_went(self) -> None:
        edit = Edit("title", "", "x")
        for language in ("en", "ar"):
            settled = translated(ASKED, language, [edit])
            assert (settled.operation, settled.gone) == (None, (edit,))


def test_the_next_page_with_anything_missing_comes_after_this_one_then_from_the_start() -> None:
    every = sheets(filled(ASKED, "cy", {p: "x" for p in PLACES if ".p1." in p or ".o." in p}), "cy")
    assert [sheet.missing > 0 for sheet in every] == [True, True, True]
    keys = [sheet.key for sheet in every]
    following = [next_missing(every, key) for key in keys]
    assert [each.key for each in following if each] == ["p1", "p2", COVER]


def test_a_text_that_is_empty_needs_no_translation() -> None:
    question = ShortText(key="k", text="Why?", hint={"en": "", "cy": ""})
    asked = Questionnaire("Parks", ("en", "cy"), (Page("You", (question,), key="p"),))
    assert list(said(asked, "cy")) == ["title", "pages.p.title", "questions.k.text"]
