"""Texts and their translations, found, counted and told in other languages."""

import pytest
from hypothesis import given

from surveys.drafting.applying import CannotApply, apply
from surveys.drafting.building import keyed
from surveys.native_files import reread_questionnaire, write_questionnaire
from surveys.questionnaire import Grid, Option, Page, Questionnaire, Row, ShortText, say
from surveys.translated import lacking, missing, retold, texts, told, written_in
from tests.surveys.questionnaires import questionnaires

QUESTION = Grid(
    key="g",
    text={"en": "How good?", "cy": "Pa mor dda?"},
    hint="",
    rows=(Row("a", {"en": "Paths", "cy": ""}), Row("b", "Seats")),
    scale=(Option("x", "Good"), Option("y", {"en": "Bad", "cy": "Gwael"})),
)
ASKED = Questionnaire("Parks", ("en", "cy"), (Page("One", (QUESTION,), key="p"),))


def test_every_text_is_found_wherever_it_stands() -> None:
    assert len(list(texts(ASKED))) == 7


def test_each_text_lacks_each_language_that_it_is_not_in() -> None:
    assert missing(QUESTION, ("en", "cy")) == 3
    assert missing(QUESTION, ("en", "cy", "ar")) == 8
    assert missing(QUESTION, ("en",)) == 0


def test_what_is_empty_needs_no_translation() -> None:
    assert missing(ShortText(key="k", text="Why?", hint={"en": "", "cy": ""}), ("en", "cy")) == 1


def test_plain_texts_are_written_in_the_default_language() -> None:
    assert (written_in(ASKED, "en"), written_in(ASKED, "cy")) == (7, 2)
    assert (lacking(ASKED, "en"), lacking(ASKED, "cy")) == (0, 5)


def test_a_language_that_goes_takes_what_is_written_in_it_and_comes_back() -> None:
    operation = retold(ASKED, languages=("en",))
    applied = apply(ASKED, operation)
    assert applied.questionnaire.languages == ("en",)
    assert written_in(applied.questionnaire, "cy") == 0
    assert written_in(applied.questionnaire, "en") == 7
    assert apply(applied.questionnaire, applied.inverse).questionnaire == ASKED


def test_another_language_becomes_the_default_once_everything_is_in_it() -> None:
    both = told(ASKED, lambda text: {"en": "x", "cy": "y"})
    changed = apply(both, retold(both, languages=("cy", "en"))).questionnaire
    stored = reread_questionnaire(write_questionnaire(changed))
    assert stored.languages == ("cy", "en")
    assert say(stored.pages[0].title, "fr") == "y"


def test_a_plain_text_keeps_its_language_when_another_becomes_the_default() -> None:
    welsh = told(ASKED.pages, lambda text: {"en": "x", "cy": "y"})
    plain = Questionnaire("Parks", ("en", "cy"), welsh)
    with pytest.raises(CannotApply, match="‘title’ has no words in ‘cy’"):
        apply(plain, retold(plain, languages=("cy", "en")))


@given(questionnaires())
def test_telling_everything_anew_with_the_same_words_changes_nothing(
    questionnaire: Questionnaire,
) -> None:
    assert told(questionnaire, lambda text: text) == questionnaire


@given(questionnaires())
def test_a_language_more_and_then_away_again_is_as_before(questionnaire: Questionnaire) -> None:
    draft = keyed(questionnaire)
    more = apply(draft, retold(draft, languages=(*draft.languages, "xx"))).questionnaire
    assert apply(more, retold(more, languages=draft.languages)).questionnaire == draft
