"""What an officer can do to a draft, as values that are kept as JSON."""

from typing import TypeAlias

import msgspec
from msgspec import Struct

from surveys.questionnaire import Layout, Page, Question, Strand, Text

# Places (`at`, `to`) count from 0; one beyond the end means the end, since another officer may
# have removed something meanwhile.


class AddPage(Struct, frozen=True, tag_field="do", tag="add_page"):
    page: Page
    at: int


class ChangePage(Struct, frozen=True, tag_field="do", tag="change_page"):
    """The head of a page; its questions are changed one by one."""

    key: str
    title: Text
    strand: str


class MovePage(Struct, frozen=True, tag_field="do", tag="move_page"):
    """`to` is the place among the pages once it is there."""

    key: str
    to: int


class RemovePage(Struct, frozen=True, tag_field="do", tag="remove_page"):
    key: str


class AddQuestion(Struct, frozen=True, tag_field="do", tag="add_question"):
    """`page` is the key of a page."""

    page: str
    at: int
    question: Question


class ChangeQuestion(Struct, frozen=True, tag_field="do", tag="change_question"):
    """`question` takes the place of the one called `key`. Where its own key is another, every
    condition that tests it follows."""

    key: str
    question: Question


class MoveQuestion(Struct, frozen=True, tag_field="do", tag="move_question"):
    """`to` is the place on the page once it is there."""

    key: str
    page: str
    to: int


class RemoveQuestion(Struct, frozen=True, tag_field="do", tag="remove_question"):
    key: str


class ChangeCover(Struct, frozen=True, tag_field="do", tag="change_cover"):
    title: Text
    layout: Layout
    languages: tuple[str, ...]
    strands: tuple[Strand, ...]


class Several(Struct, frozen=True, tag_field="do", tag="several"):
    """One after another, and all or none: only what comes out at the end has to be sound."""

    operations: tuple["Operation", ...]


Operation: TypeAlias = (
    AddPage
    | ChangePage
    | MovePage
    | RemovePage
    | AddQuestion
    | ChangeQuestion
    | MoveQuestion
    | RemoveQuestion
    | ChangeCover
    | Several
)


def read_operation(data: str | bytes) -> Operation:
    operation: Operation = msgspec.json.decode(data, type=Operation)
    return operation


def write_operation(operation: Operation) -> str:
    return msgspec.json.encode(operation).decode()
