"""Coders cannot list people by a protected characteristic, nor by what tells it."""

from typing import Any

import msgspec
import pytest

from responses.filters import Filter
from responses.pages.responses_list import EqualityAnswersKeptApart, refuse_special_categories
from surveys.questionnaire import Questionnaire

YES_NO = [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]


def single(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "single", "text": key, "options": YES_NO} | more


ASKED = msgspec.convert(
    {
        "title": "Parks",
        "languages": ["en"],
        "pages": [
            {
                "title": "One",
                "questions": [
                    single("faith", special_category=True),
                    single("which", show_if={"question": "faith", "is": "yes"}),
                    single("since", show_if={"question": "which", "answered": True}),
                    single("plan"),
                ],
            }
        ],
    },
    Questionnaire,
)


@pytest.mark.parametrize("place", ["faith", "which", "since"])
@pytest.mark.parametrize("asked", ["question", "where"])
def test_a_question_that_tells_a_characteristic_is_no_filter_for_coders(
    place: str, asked: str
) -> None:
    value = "_not_routed"
    wanted = (
        Filter(question=place, value=value)
        if asked == "question"
        else Filter(where=((place, value),))
    )
    with pytest.raises(EqualityAnswersKeptApart):
        refuse_special_categories(wanted, ASKED.questions, may_manage=False)
    refuse_special_categories(wanted, ASKED.questions, may_manage=True)


def test_any_other_question_is() -> None:
    wanted = Filter(question="plan", value="yes")
    refuse_special_categories(wanted, ASKED.questions, may_manage=False)
