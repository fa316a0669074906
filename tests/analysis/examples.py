"""Questionnaires and answers that the tests of counting and coding share."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from analysis.crosstab import Marks
from analysis.matrix import Coding, blocks
from surveys.coded import code_table
from surveys.questionnaire import Questionnaire
from surveys.routing import shown

YES_NO = [{"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"}]
PLACES = [{"value": value, "text": value.title()} for value in ("north", "east", "south", "west")]


class Coded(msgspec.Struct, frozen=True):
    version_id: int
    round_number: int
    coded: bytes
    response_id: int = 0
    channel: str = "online"


def questionnaire(*questions: Mapping[str, Any], title: str = "Parks") -> Questionnaire:
    document = {
        "title": title,
        "languages": ["en"],
        "pages": [{"title": "One", "questions": list(questions)}],
    }
    return msgspec.convert(document, Questionnaire)


def single(key: str = "group", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "single", "text": "Do you run a group?", "options": YES_NO} | more


def multiple(key: str = "places", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "multiple", "text": "Where?", "options": PLACES} | more


def likert(key: str = "plan", **more: Any) -> dict[str, Any]:
    asked = {"key": key, "type": "likert", "text": "The plan is right", "scale": "agreement"}
    return asked | more


def grid(key: str = "parts", **more: Any) -> dict[str, Any]:
    rows = [{"value": "paths", "text": "Paths"}, {"value": "ponds", "text": "Ponds"}]
    asked = {"key": key, "type": "grid", "text": "How important?", "scale": "importance"}
    return asked | {"rows": rows} | more


def coded(
    asked: Questionnaire, *answers: Mapping[str, Any], version: int = 1, round_number: int = 1
) -> list[Coded]:
    table = code_table(asked)
    return [
        Coded(version, round_number, table.encode(given, shown(asked, given))) for given in answers
    ]


def as_marks(
    versions: Mapping[int, Questionnaire], responses: Iterable[Coded]
) -> tuple[Marks, ...]:
    codings = {
        number: Coding(version, code_table(version), version_id=number)
        for number, version in versions.items()
    }
    return tuple(map(Marks, blocks(responses, codings)))
