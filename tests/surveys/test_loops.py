"""Questions that wait for one another are found and told."""

import json

import pytest

from surveys.loops import loops
from surveys.native_files import UnusableQuestionnaire, read_questionnaire


@pytest.mark.parametrize(
    ("waits", "found"),
    [
        ({"a": [], "b": ["a"], "c": ["a", "b"]}, []),
        ({"a": ["b"], "b": ["a"]}, [("a", "b")]),
        ({"a": ["a"]}, [("a",)]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, [("b", "c")]),
        ({"a": ["elsewhere"]}, []),
    ],
)
def test_each_loop_is_found_once(waits: dict[str, list[str]], found: list[tuple[str, ...]]) -> None:
    assert list(loops(waits)) == found


def test_a_chain_of_thousands_is_no_loop() -> None:
    chain = {f"q{n}": [f"q{n + 1}"] for n in range(5_000)}
    assert loops(chain) == ()
    assert len(loops({**chain, "q5000": ["q0"]})[0]) == 5_001


def test_a_file_with_a_loop_is_refused_in_those_words() -> None:
    asked = [
        {"key": "a", "type": "text", "text": "A", "show_if": {"question": "b", "answered": True}},
        {"key": "b", "type": "text", "text": "B", "show_if": {"question": "a", "answered": True}},
    ]
    page = {"title": "One", "questions": asked}
    with pytest.raises(UnusableQuestionnaire) as refused:
        read_questionnaire(
            json.dumps({"title": "T", "languages": ["en"], "pages": [page]}).encode()
        )
    words = [problem.words for problem in refused.value.problems]
    assert (
        "‘a’ waits for ‘b’, which waits for ‘a’: a loop, so none of them can be asked. "
        "Remove one of the conditions"
    ) in words
