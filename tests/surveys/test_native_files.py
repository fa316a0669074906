"""Native JSON, read strictly.

1. What is right is read and comes back the same.
2. What is wrong is told with its place in words; as much as can be is told at once.
3. Odd input of any kind is refused clearly, never a bug.
"""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.native_files import (
    LARGEST_FILE,
    UnusableQuestionnaire,
    read_questionnaire,
    reread_questionnaire,
    write_questionnaire,
)
from surveys.questionnaire import Layout, Questionnaire, say
from tests.surveys.questionnaires import questionnaires

A: dict[str, Any] = {"key": "a", "type": "text", "text": "Who?"}
YES_NO = [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]
CHOICE: dict[str, Any] = {"key": "c", "type": "single", "text": "Which?", "options": YES_NO}
MAP = {"image": "/m.png", "text": "Town", "west": 0, "east": 1, "south": 50, "north": 51}


def document(*questions: Any, **more: Any) -> dict[str, Any]:
    pages = [{"title": "One", "questions": list(questions) or [A]}]
    return {"title": "Parks", "languages": ["en"], "pages": pages, **more}


def read(given_document: Any) -> Questionnaire:
    return read_questionnaire(json.dumps(given_document).encode())


def problems(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(UnusableQuestionnaire) as refused:
        read_questionnaire(data)
    return [(each.place, each.words) for each in refused.value.problems]


def wrong(given_document: Any) -> list[tuple[str, str]]:
    return problems(json.dumps(given_document).encode())


def wrong_question(**settings: Any) -> list[str]:
    found = wrong(document({**A, **settings}))
    assert {place for place, _ in found} == {f"Page 1, question ‘{settings.get('key', 'a')}’"}
    return [words for _, words in found]


@given(questionnaires())
def test_what_is_written_is_read_as_the_same(questionnaire: Questionnaire) -> None:
    assert read_questionnaire(write_questionnaire(questionnaire)) == questionnaire
    assert reread_questionnaire(write_questionnaire(questionnaire)) == questionnaire


def test_every_type_of_the_contract_is_read() -> None:
    scale = {"scale": "agreement", "no_opinion": True}
    own = {"scale": YES_NO}
    settings: dict[str, dict[str, Any]] = {
        **{kind: {} for kind in ("text", "long_text", "number", "date", "email", "postcode")},
        "single": {"options": YES_NO, "other": True},
        "multiple": {"options": [*YES_NO, {"value": "n", "text": "None", "exclusive": True}]},
        "dropdown": {"options": YES_NO},
        "likert": scale,
        "grid": {**own, "rows": [{"value": "x", "text": "X"}]},
        "ranking": {"options": YES_NO},
        "upload": {"accept": ["pdf"], "max_files": 2, "max_megabytes": 5},
        "location": {"map": MAP},
        "statement": {},
    }
    asked = [{**A, "key": kind, "type": kind, **more} for kind, more in settings.items()]
    assert [question.key for question in read(document(*asked)).questions] == list(settings)


def test_texts_in_several_languages_fall_back_on_the_default() -> None:
    title = {"cy": "Parciau", "en": "Parks"}
    asked = read(
        {**document(), "title": title, "languages": ["en", "cy", "pl"], "layout": "single"}
    )
    assert [say(asked.title, language) for language in ("en", "cy", "pl")] == [
        "Parks",
        "Parciau",
        "Parks",
    ]
    assert asked.layout is Layout.SINGLE


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"colour": "red"}, "‘colour’ is not a setting here. Remove it, or use max_length, key, "),
        ({"type": "slider"}, "There is no question type ‘slider’. Use one of text, long_text, "),
        ({"type": None}, "It needs a ‘type’: one of text, "),
        ({"type": ["text"]}, "There is no question type ‘a list’"),
        ({"type": "upload", "accept": ["exe"]}, "‘accept’ names ‘exe’. Use pdf, "),
        ({"type": "upload", "accept": ["pdf", "pdf"]}, "‘accept’ names ‘pdf’ twice"),
        ({"type": "upload", "max_files": 0}, "‘max_files’ should be from 1 to "),
        ({"type": "upload", "max_megabytes": 0}, "‘max_megabytes’ should be from 1 to"),
        ({"type": "long_text", "max_words": 0}, "‘max_words’ should be from 1 to 10,000"),
        (
            {"type": "ranking", "options": YES_NO, "max_choices": 3},
            "‘max_choices’ should be from 1 to 2",
        ),
        ({"type": "location", "map": {**MAP, "image": "//x/m.png"}}, "‘map’ needs an ‘image’"),
        ({"type": "location", "map": {**MAP, "text": ""}}, "‘text of the map’ is empty"),
        ({"type": "location", "map": {**MAP, "west": 2}}, "‘map’ needs ‘west’ less than ‘east’"),
        ({"type": "location", "map": {**MAP, "north": 91}}, "‘map’ needs ‘south’ less than ‘no"),
        ({"type": "location", "map": {"image": "/m.png"}}, "‘map’ needs ‘text’. Add it"),
        ({"key": "Age"}, "Its key should be up to 60 lower-case letters"),
        ({"text": 3}, "‘text’ should be text or an object, not a whole number"),
        ({"text": ""}, "‘text’ is empty. Write it"),
        ({"text": {"cy": "Pwy?"}}, "‘text’ is in ‘cy’, which is not among ‘languages’"),
        ({"required": "yes"}, "‘required’ should be true or false, not text"),
        ({"max_length": 0}, "‘max_length’ should be from 1 to 50,000"),
        ({"type": "single"}, "It needs ‘options’. Add it"),
        ({"type": "single", "options": []}, "‘options’ is empty. Add at least one"),
        (
            {"type": "single", "options": [{"value": "x"}]},
            "‘options’ number 1 needs ‘text’. Add it",
        ),
        (
            {"type": "single", "options": [*YES_NO, {"value": "x", "text": "X", "z": 1}]},
            "‘options’ number 3 has ‘z’, which is not a setting. Remove it",
        ),
        (
            {"type": "single", "options": [*YES_NO, YES_NO[0]]},
            "‘options’ has the value ‘yes’ twice. Give each its own",
        ),
        (
            {"type": "single", "options": [{"value": "other", "text": "Other"}]},
            "In options number 1, the value ‘other’ is reserved",
        ),
        (
            {"type": "ranking", "options": [{"value": "dont_know", "text": "?"}]},
            "In options number 1, the value ‘dont_know’ is reserved",
        ),
        (
            {"type": "single", "options": [{"value": "a;b", "text": "X"}]},
            "In options number 1, the value has a semicolon",
        ),
        (
            {"type": "single", "options": [{"value": "", "text": "X"}]},
            "In options number 1, the value should be one line",
        ),
        (
            {"type": "likert", "scale": "liking"},
            "There is no scale called ‘liking’. Use one of agreement, satisfaction",
        ),
        ({"type": "likert", "scale": YES_NO[:1]}, "‘scale’ has one point. Give it at least two"),
        ({"type": "grid", "scale": "agreement", "rows": []}, "‘rows’ is empty. Add at least one"),
        ({"type": "number", "min": 3, "max": 2}, "‘min’ is more than ‘max’. Swap them"),
        ({"type": "date", "min": "01/02/2020"}, "‘min’ should be a day like 2024-03-27"),
        (
            {"type": "statement", "required": True},
            "A statement asks nothing, so it cannot be required",
        ),
        (
            {"type": "multiple", "options": YES_NO, "max_choices": 3},
            "‘max_choices’ should be from 1 to 2",
        ),
    ],
)
def test_a_wrong_setting_is_told_with_its_place_and_remedy(
    settings: dict[str, Any], words: str
) -> None:
    found = wrong_question(**settings)
    assert len(found) >= 1
    assert found[0].startswith(words)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"question": "b", "is": "x"}, "‘show_if’ tests ‘b’, and there is no such question"),
        ({"question": "z", "is": "x"}, "‘show_if’ tests ‘z’, which is not asked before it"),
        ({"question": "a", "answered": True}, "‘show_if’ tests ‘a’, which is not asked before it"),
        ({"question": "c", "is": "maybe"}, "‘show_if’ wants ‘maybe’, which ‘c’ does not offer"),
        ({"question": "c", "is": "other"}, "‘show_if’ wants ‘other’, which ‘c’ does not offer"),
        ({"question": "c", "at_least": 3}, "‘show_if’ uses ‘at_least’ on ‘c’. Use is or is_not"),
        ({"question": "c"}, "‘show_if’: a condition on a question needs exactly one of"),
        (
            {"question": "c", "is": "yes", "is_not": "no"},
            "‘show_if’: a condition on a question needs",
        ),
        ({}, "‘show_if’: a condition needs one of question, all, any or not"),
        ({"not": {"any": []}}, "‘show_if’, ‘not’: all and any need at least one condition"),
        ({"all": [{"question": "c", "is": True}]}, "‘show_if’, ‘all’ number 1, ‘is’ should be"),
        ({"question": "c", "like": "x"}, "‘show_if’ has ‘like’, which is not a setting"),
        ({"not": {"any": [{"question": "nope", "is": "x"}]}}, "‘show_if’ tests ‘nope’"),
    ],
)
def test_a_condition_must_name_an_earlier_question_and_what_it_offers(
    condition: dict[str, Any], words: str
) -> None:
    later = {**A, "key": "z"}
    found = wrong(document(CHOICE, {**A, "show_if": condition}, later))
    assert [place for place, _ in found] == ["Page 1, question ‘a’"]
    assert found[0][1].startswith(words)


def test_a_condition_on_a_question_that_could_not_be_read_is_not_blamed() -> None:
    broken = {"key": "b", "type": "slider", "text": "?"}
    found = wrong(document(broken, {**A, "show_if": {"question": "b", "is": "x"}}))
    assert [place for place, _ in found] == ["Page 1, question ‘b’"]


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = wrong(
        {**document({**A, "key": "B", "x": 1}, {**A, "text": ""}), "languages": ["en", "en"]}
    )
    assert [place for place, _ in found] == [
        "Page 1, question ‘B’",
        "The document",
        "Page 1, question ‘a’",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"languages": []}, "‘languages’ is empty. Name at least one"),
        ({"languages": ["English!"]}, "‘English!’ is not a language code"),
        ({"pages": []}, "‘pages’ is empty. Add a page with a question"),
        ({"pages": {}}, "‘pages’ should be a list"),
        ({"title": " "}, "‘title’ is empty. Write it"),
        ({"layout": "tabs"}, "‘layout’ should be one of paged, single"),
        ({"author": "me"}, "‘author’ is not a setting here"),
    ],
)
def test_what_is_wrong_with_the_whole_is_told(change: dict[str, Any], words: str) -> None:
    found = wrong({**document(), **change})
    assert found[0][0] == "The document"
    assert found[0][1].startswith(words)


STRAND: dict[str, Any] = {
    "key": "paths",
    "title": "Paths",
    "proposals": [{"value": "light", "text": "Light them"}],
}


def test_strands_and_page_keys_are_read() -> None:
    page = {"title": "One", "key": "first", "strand": "paths", "questions": [A]}
    asked = read(document(pages=[page], strands=[STRAND]))
    assert (asked.pages[0].key, asked.pages[0].strand) == ("first", "paths")
    assert [each.value for each in asked.strands[0].proposals] == ["light"]
    assert reread_questionnaire(write_questionnaire(asked)) == asked


@pytest.mark.parametrize(
    ("page", "strands", "place", "words"),
    [
        ({"key": "a"}, [], "The document", "Two pages have the key ‘a’. Give each its own"),
        ({"key": "A b"}, [], "Page 1", "Its key should be up to 60 lower-case letters"),
        ({"strand": "x"}, [STRAND], "Page 1", "It belongs to the strand ‘x’, which there is not"),
        ({}, [STRAND, STRAND], "The document", "Two strands have the key ‘paths’"),
        ({}, [{**STRAND, "key": "1"}], "The document", "In strand number 1: Its key should be"),
        ({}, [{**STRAND, "title": ""}], "The document", "In strand number 1: ‘title’ is empty"),
        (
            {},
            [{**STRAND, "proposals": [*STRAND["proposals"], *STRAND["proposals"]]}],
            "The document",
            "In strand number 1: ‘proposals’ has the value ‘light’ twice",
        ),
        ({}, [{"key": "a"}], "The document", "‘strands’ number 1 needs ‘title’. Add it"),
    ],
)
def test_what_is_wrong_with_pages_and_strands_is_told(
    page: dict[str, Any], strands: list[Any], place: str, words: str
) -> None:
    pages = [
        {"title": str(number), "questions": [{**A, "key": f"q{number}"}], **page}
        for number in (1, 2)
    ]
    found = wrong(document(pages=pages, strands=strands))
    assert [where for where, said in found if said.startswith(words)][:1] == [place]


def test_a_page_needs_a_question_and_keys_stand_once() -> None:
    empty = {"title": "Two", "questions": []}
    pages = [{"title": "One", "questions": [A, A]}, empty]
    assert wrong(document(pages=pages)) == [
        ("Page 1, question ‘a’", "Another question has the same key. Change one of them"),
        ("Page 2", "It has no questions. Add one or remove it"),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "It is not JSON"),
        (b"{", "It is not JSON"),
        (b"[]", "It should be one JSON object"),
        (b"null", "It should be one JSON object"),
        (b"\xff\xfe", "It is not saved as UTF-8"),
        (b"[" * 100_000, "It is nested more than 40 deep"),
        (b"[" * 60 + b"]" * 60, "It is nested more than 40 deep"),
        (b'{"title": NaN}', "It holds NaN"),
        (b'{"title": 1e999}', "It holds a number that is too large"),
        (b'{"title": ' + b"9" * 5000 + b"}", "It holds a number with too many digits"),
        (b'{"title": "a", "title": "b"}', "‘title’ stands twice in one object"),
        (b'{"title": "\\u0000"}', "It holds a control character"),
        (b'{"title": "\\ud800"}', "It holds a control character or half a character"),
        (b'{"title": "' + b"x" * LARGEST_FILE + b'"}', "It has 2,097,165 bytes and can have up to"),
    ],
)
def test_odd_input_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    [(place, said)] = problems(data)
    assert place == "The document"
    assert said.startswith(words)


def test_too_many_questions_are_refused() -> None:
    asked = [{**A, "key": f"a{number}"} for number in range(2001)]
    assert wrong(document(*asked)) == [
        ("The document", "It has 2,001 questions and can have up to 2,000")
    ]


def test_a_title_as_long_as_a_book_is_refused() -> None:
    assert read({**document(), "title": {"en": "a" * 1_000}})
    ((place, words),) = wrong({**document(), "title": {"en": "a" * 1_001}})
    assert place == "The document"
    assert "1,001 characters" in words


def test_a_byte_order_mark_is_no_matter() -> None:
    assert read_questionnaire(b"\xef\xbb\xbf" + json.dumps(document()).encode())


ANY_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["title", "pages", "questions", "type", "key", "options", "show_if"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(ANY_JSON, st.sampled_from(["document", "page", "question", "setting"]))
def test_any_json_anywhere_is_read_or_refused(odd: Any, where: str) -> None:
    places = {
        "document": odd,
        "page": document(pages=[odd]),
        "question": document(odd, A),
        "setting": document({**CHOICE, "options": odd, "show_if": odd}),
    }
    with contextlib.suppress(UnusableQuestionnaire):
        assert read(places[where]).questions
