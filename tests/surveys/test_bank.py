"""The bank of harmonised questions.

1. Each has its source, its date, a reason to ask it, English and Welsh, and a way not to say.
2. Taken into any questionnaire it is sound there, with keys of its own.
3. What Article 9 of the UK GDPR names is marked.
"""

from itertools import chain

import pytest

from surveys.bank.choosing import BANK, entry, fitted
from surveys.bank.entry import PREFER_NOT, Entry
from surveys.questionnaire import Condition, Page, Question, Questionnaire, ShortText, Single
from surveys.soundness import unsound
from surveys.translated import texts

NAMED_IN_ARTICLE_9 = {
    "long_lasting_condition",
    "ethnic_group",
    "religion",
    "sexual_orientation",
    "pregnancy",
}
NOT_NAMED = {"age_band", "sex", "unpaid_care", "partnership_status", "postcode_sector", "role"}


def taken(languages: tuple[str, ...], keys: tuple[str, ...] = ()) -> tuple[Question, ...]:
    return fitted([q for each in BANK for q in each.questions], languages, keys)


def found(key: str) -> Entry:
    there = entry(key)
    assert there is not None
    return there


@pytest.mark.parametrize("each", BANK, ids=lambda each: each.key)
def test_every_entry_says_why_to_ask_it_and_where_it_is_from(each: Entry) -> None:
    assert all((each.name, each.why, each.source.name, each.source.date, each.source.adapted))
    assert any(digit.isdigit() for digit in each.source.date)


@pytest.mark.parametrize("each", BANK, ids=lambda each: each.key)
def test_everyone_may_prefer_not_to_say(each: Entry) -> None:
    for question in each.questions:
        assert not question.required
        if isinstance(question, Single):
            assert question.options[-1].value == PREFER_NOT
        else:
            assert isinstance(question, ShortText)


def test_every_word_is_in_english_and_welsh() -> None:
    for text in chain.from_iterable(texts(question) for question in taken(("en", "cy"))):
        assert isinstance(text, dict)
        assert text.keys() == {"en", "cy"}
        assert all(text.values())


@pytest.mark.parametrize("languages", [("en",), ("cy",), ("cy", "en"), ("ar", "cy"), ("en", "pl")])
def test_the_whole_bank_is_sound_in_a_questionnaire(languages: tuple[str, ...]) -> None:
    page = Page("About you", taken(languages, ("sex", "age_band")))
    questionnaire = Questionnaire("A survey", languages, (page,))
    assert unsound(questionnaire) == []
    assert not {"sex", "age_band"} & questionnaire.by_key().keys()


def test_what_article_9_names_is_marked_and_what_it_does_not_is_not() -> None:
    assert all(found(key).special_category for key in NAMED_IN_ARTICLE_9)
    assert not any(found(key).special_category for key in NOT_NAMED)


def test_a_question_that_depends_on_another_follows_its_new_key() -> None:
    disability = found("long_lasting_condition").questions
    first, second = fitted(disability, ("en",), ["long_lasting_condition"])
    assert first.key == "long_lasting_condition_2"
    assert second.show_if == Condition(question="long_lasting_condition_2", is_="yes")


def test_a_question_taken_without_what_it_depends_on_is_asked_of_everyone() -> None:
    (alone,) = fitted(found("long_lasting_condition").questions[1:], ("en",), [])
    assert alone.show_if is None


def test_the_income_bands_are_medways_and_ncvos() -> None:
    medway, ncvo = (found(key).questions[0] for key in ("income_band", "income_band_ncvo"))
    assert isinstance(medway, Single)
    assert isinstance(ncvo, Single)
    bands = ["micro", "small", "medium", "large"]
    more = ["not_known", PREFER_NOT]
    assert [each.value for each in medway.options] == bands + more
    assert [each.value for each in ncvo.options] == [*bands, "major", "super_major", *more]
