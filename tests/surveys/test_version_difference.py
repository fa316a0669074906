"""How two versions differ."""

import json
from typing import Any

from surveys.consultation import Version
from surveys.equivalence import equivalences
from surveys.native_files import read_questionnaire
from surveys.version_difference import VersionDifference, side, version_difference

YES_NO = [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]


def single(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "single", "text": f"Is it {key}?", "options": YES_NO, **more}


def difference(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> VersionDifference:
    versions = [
        Version(number, 1, number, _questionnaire(asked), frozen=True)
        for number, asked in enumerate((before, after), start=1)
    ]
    same = equivalences(versions, {})
    return version_difference(*(side(each.questionnaire, same, each.id) for each in versions))


def _questionnaire(questions: list[dict[str, Any]]) -> Any:
    page = {"title": "One", "questions": questions}
    document = {"title": "T", "languages": ["en", "cy"], "pages": [page]}
    return read_questionnaire(json.dumps(document).encode())


def test_what_only_one_of_them_asks_is_added_or_removed() -> None:
    found = difference([single("a"), single("b")], [single("b"), single("c")])
    assert [each.key for each in found.added] == ["c"]
    assert [each.key for each in found.removed] == ["a"]
    assert [(pair.later.key, pair.changed, pair.moved) for pair in found.pairs] == [
        ("b", False, False)
    ]


def test_the_question_that_moved_is_named_and_those_around_it_are_not() -> None:
    keys = ["a", "b", "c", "d"]
    found = difference([single(k) for k in keys], [single(k) for k in ("d", "a", "b", "c")])
    assert [pair.later.key for pair in found.pairs if pair.moved] == ["d"]


def test_words_are_compared_language_by_language() -> None:
    before = single("a", text={"en": "Is it warm?", "cy": "Ydy hi’n gynnes?"})
    after = single("a", text={"en": "Is it very warm?", "cy": "Ydy hi’n gynnes?"})
    (pair,) = difference([before], [after]).pairs
    (change,) = pair.words
    assert (change.what, change.language) == ("Question", "en")
    assert [piece.words for piece in change.pieces if piece.change == "added"] == ["very "]


def test_a_plain_text_is_in_the_default_language() -> None:
    after = single("a", text={"en": "Is it a?", "cy": "Ai a ydyw?"})
    (pair,) = difference([single("a")], [after]).pairs
    assert [(change.language, change.before) for change in pair.words] == [("cy", "")]


def test_options_and_settings_are_compared_too() -> None:
    options = [{"value": "yes", "text": "Yes, it is"}, {"value": "maybe", "text": "Maybe"}]
    after = single("a", options=options, required=True, special_category=True)
    (pair,) = difference([single("a")], [after]).pairs
    assert [(c.before, c.after) for c in pair.words] == [
        ("Yes", "Yes, it is"),
        ("No", ""),
        ("", "Maybe"),
    ]
    assert pair.notes == (
        "It must be answered now",
        "It is marked as special category data now",
        "The option “no” is only in the earlier one",
        "The option “maybe” is only in the later one",
    )


def test_a_condition_is_compared_in_words() -> None:
    first, later = single("a"), single("b", show_if={"question": "a", "is": "yes"})
    (_, pair) = difference([first, single("b")], [first, later]).pairs
    assert pair.notes == (
        "It was asked of everyone, and is asked if you answered ‘Yes’ to ‘Is it a?’",
    )


def test_statements_are_compared_as_words() -> None:
    before = {"key": "s", "type": "statement", "text": "Read this"}
    (pair,) = difference([before], [{**before, "text": "Read that"}]).pairs
    assert pair.changed
