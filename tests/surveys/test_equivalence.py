"""Which questions of several versions are the same.

1. The same key says so where the answers can be counted together.
2. An officer's word wins over keys.
3. No two questions of one version are ever the same as one of another.
"""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from surveys.consultation import Version
from surveys.equivalence import equivalences, may_be_same, offered_differently
from surveys.questionnaire import Questionnaire

YES_NO = [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]


def version(number: int, **questions: dict[str, Any]) -> Version:
    asked = [{"key": key, "text": key, **each} for key, each in questions.items()]
    document = {
        "title": "T",
        "languages": ["en"],
        "pages": [{"title": "One", "questions": asked}],
    }
    return Version(number * 10, 1, number, msgspec.convert(document, Questionnaire), frozen=True)


SINGLE = {"type": "single", "options": YES_NO}
DROPDOWN = {"type": "dropdown", "options": YES_NO}
WORDS = {"type": "long_text"}
AGREE = {"type": "likert", "scale": "agreement"}
OFTEN = {"type": "likert", "scale": "frequency"}


def test_the_same_key_is_the_same_question_over_versions() -> None:
    same = equivalences([version(1, a=SINGLE), version(2, b=WORDS), version(3, a=DROPDOWN)], {})
    assert same.of(10)["a"] == same.of(30)["a"]
    assert same.keys_like("a") == {10: "a", 30: "a"}


def test_the_same_key_with_answers_of_another_kind_is_another_question() -> None:
    for later in (WORDS, {"type": "multiple", "options": YES_NO}):
        same = equivalences([version(1, a=SINGLE), version(2, a=later)], {})
        assert same.of(10)["a"] != same.of(20)["a"]
    scales = equivalences([version(1, a=AGREE), version(2, a=OFTEN)], {})
    assert scales.of(10)["a"] != scales.of(20)["a"]


def test_what_went_away_for_a_version_is_the_same_when_it_comes_back() -> None:
    same = equivalences([version(1, a=AGREE), version(2, a=OFTEN), version(3, a=AGREE)], {})
    assert same.of(10)["a"] == same.of(30)["a"] != same.of(20)["a"]


def test_an_officer_can_say_that_a_renamed_question_is_the_same() -> None:
    versions = [version(1, old=SINGLE), version(2, new=SINGLE), version(3, new=SINGLE)]
    same = equivalences(versions, {(20, "new"): "old"})
    assert same.of(10)["old"] == same.of(20)["new"] == same.of(30)["new"]
    assert same.keys_like("new") == {10: "old", 20: "new", 30: "new"}


def test_an_officer_can_say_that_one_key_is_two_questions() -> None:
    versions = [version(1, a=SINGLE), version(2, a=SINGLE), version(3, a=SINGLE)]
    same = equivalences(versions, {(20, "a"): ""})
    assert same.of(10)["a"] != same.of(20)["a"] == same.of(30)["a"]


def test_an_officers_word_takes_the_earlier_question_from_its_own_key() -> None:
    versions = [version(1, a=SINGLE), version(2, a=SINGLE, b=SINGLE)]
    same = equivalences(versions, {(20, "b"): "a"})
    assert same.of(20)["b"] == same.of(10)["a"] != same.of(20)["a"]


def test_a_word_that_would_add_up_unlike_answers_does_not_count() -> None:
    same = equivalences([version(1, old=AGREE), version(2, new=WORDS)], {(20, "new"): "old"})
    assert same.of(10)["old"] != same.of(20)["new"]


def test_statements_are_never_counted() -> None:
    statement = version(1, a={"type": "statement"}).questionnaire.questions[0]
    assert not may_be_same(statement, statement)
    assert equivalences([version(1, a={"type": "statement"})], {}).of(10) == {}


def test_options_that_only_one_of_them_offers_are_named() -> None:
    third = {**SINGLE, "options": [*YES_NO, {"value": "maybe", "text": "Maybe"}]}
    earlier, later = (version(1, a=each).questionnaire.questions[0] for each in (SINGLE, third))
    assert offered_differently(earlier, later) == ("The option “maybe” is only in the later one",)
    assert offered_differently(later, earlier) == ("The option “maybe” is only in the earlier one",)


KINDS = st.sampled_from([SINGLE, DROPDOWN, WORDS, AGREE, OFTEN])
KEYS = st.sampled_from("abcd")
VERSIONS = st.lists(st.dictionaries(KEYS, KINDS, min_size=1), min_size=1, max_size=4)
MAPS = st.dictionaries(st.tuples(st.integers(1, 4), KEYS), st.sampled_from(["", *"abcd"]))


@given(VERSIONS, MAPS)
def test_no_version_asks_the_same_question_twice(
    asked: list[dict[str, dict[str, Any]]], said: dict[tuple[int, str], str]
) -> None:
    versions = [version(number, **each) for number, each in enumerate(asked, start=1)]
    mapped = {(number * 10, key): same_as for (number, key), same_as in said.items()}
    same = equivalences(versions, mapped)
    for each in versions:
        names = same.of(each.id)
        assert len(set(names.values())) == len(names) == len(each.questionnaire.questions)
    for one in versions:
        for other in versions:
            for key, question in one.questionnaire.by_key().items():
                for their, another in other.questionnaire.by_key().items():
                    if same.of(one.id)[key] == same.of(other.id)[their]:
                        assert may_be_same(question, another)
