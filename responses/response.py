"""A response: what somebody said, by which channel, and which parts of it are kept apart."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from msgspec import Struct

from surveys.questionnaire import OTHER, Email, LongText, Questionnaire, ShortText

ANALYSED = "analysed"
WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """How an answer reached us."""

    ONLINE = "online"
    API = "api"
    PAPER = "paper"
    EMAIL = "email"
    LETTER = "letter"
    MEETING = "meeting"


CHANNEL_WORDS = {
    Channel.ONLINE: "Online form",
    Channel.API: "API",
    Channel.PAPER: "Paper form",
    Channel.EMAIL: "Email",
    Channel.LETTER: "Letter",
    Channel.MEETING: "Meeting",
}
KEYED_CHANNELS = (Channel.PAPER, Channel.EMAIL, Channel.LETTER, Channel.MEETING)
"""Those that an officer keys by hand."""


class Exclusion(StrEnum):
    """Why an officer leaves a response out of the figures."""

    DUPLICATE = "duplicate"
    TEST = "test"
    NOT_GENUINE = "not_genuine"
    UNRELATED = "unrelated"


STATUS_WORDS = {
    ANALYSED: "Analysed",
    WITHDRAWN: "Withdrawn by the person who sent it",
    Exclusion.DUPLICATE.value: "A duplicate of another response",
    Exclusion.TEST.value: "A test, not an answer",
    Exclusion.NOT_GENUINE.value: "Not a genuine answer",
    Exclusion.UNRELATED.value: "Not about this consultation",
}


class Kind(StrEnum):
    """Why an answer is kept apart: it says who somebody is, or a protected characteristic."""

    CONTACT = "contact"
    EQUALITY = "equality"


class PrivateAnswer(Struct, frozen=True):
    kind: Kind
    question: str
    answer: Any


class Response(Struct, frozen=True):
    """`answers` is the record, with the private answers merged in only where that was asked for."""

    id: int
    key: UUID
    consultation_id: int
    round_number: int
    version_id: int
    channel: Channel
    submitted_at: datetime
    status: str
    answers: dict[str, Any]
    keyed_by: str = ""


class Parts(Struct, frozen=True):
    """One response's answers, parted by the rule that each is kept by."""

    record: dict[str, Any]
    texts: dict[str, str]
    private: tuple[PrivateAnswer, ...]


def parted(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> Parts:
    """Answers parted: emails are contact details, special categories equality data.

    Texts are those of text questions, which people code one by one; they stand in the record too,
    and so does what somebody wrote beside “other”.
    """
    kinds = private_kinds(questionnaire)
    texts = {
        question.key: answers[question.key]
        for question in questionnaire.questions
        if isinstance(question, ShortText | LongText)
        and question.key in answers
        and question.key not in kinds
    }
    if not kinds:
        return Parts(dict(answers), texts, ())
    private = tuple(
        PrivateAnswer(kinds[question_of(field)], field, answer)
        for field, answer in answers.items()
        if question_of(field) in kinds
    )
    record = {field: answer for field, answer in answers.items() if question_of(field) not in kinds}
    return Parts(record, texts, private)


def private_kinds(questionnaire: Questionnaire) -> dict[str, Kind]:
    """The questions whose answers are kept apart, and as what."""
    return {
        question.key: Kind.EQUALITY if question.special_category else Kind.CONTACT
        for question in questionnaire.questions
        if question.special_category or isinstance(question, Email)
    }


def question_of(field: str) -> str:
    """The question that an answer's key belongs to: `why` of `why.other`."""
    return field.removesuffix(f".{OTHER}")
