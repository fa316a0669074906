"""What was done to a draft, in a few words for its history."""

from collections.abc import Callable
from typing import Any

from surveys.drafting.applying import carried_out, the_page, the_question
from surveys.drafting.operations import (
    AddPage,
    AddQuestion,
    ChangeCover,
    ChangePage,
    ChangeQuestion,
    MovePage,
    MoveQuestion,
    Operation,
    RemovePage,
    RemoveQuestion,
    Several,
)
from surveys.questionnaire import Questionnaire, Text, say, type_name
from surveys.translation import translation_words
from surveys.typed import shortened

LONGEST_TITLE = 80


def operation_words(operation: Operation, questionnaire: Questionnaire) -> str:
    """Like “Moved ‘Do you run a group?’ to page 2”. The questionnaire is as it is before."""
    return _SAID[type(operation)](operation, questionnaire)


def _quoted(text: Text, questionnaire: Questionnaire) -> str:
    said = " ".join(say(text, questionnaire.languages[0]).split())
    return f"‘{shortened(said, LONGEST_TITLE)}’"


def _page(key: str, questionnaire: Questionnaire) -> str:
    return _quoted(the_page(questionnaire, key).title, questionnaire)


def _question(key: str, questionnaire: Questionnaire) -> str:
    return _quoted(the_question(questionnaire, key).text, questionnaire)


def _add_page(operation: AddPage, questionnaire: Questionnaire) -> str:
    count = len(operation.page.questions)
    holding = f" with {_counted(count, 'question')}" if count else ""
    return f"Added the page {_quoted(operation.page.title, questionnaire)}{holding}"


def _change_page(operation: ChangePage, questionnaire: Questionnaire) -> str:
    page = the_page(questionnaire, operation.key)
    if page.strand != operation.strand and page.title == operation.title:
        return f"Changed the strand of the page {_quoted(page.title, questionnaire)}"
    return f"Changed the title of the page {_quoted(page.title, questionnaire)}"


def _move_page(operation: MovePage, questionnaire: Questionnaire) -> str:
    to = min(max(operation.to, 0), len(questionnaire.pages) - 1)
    return f"Moved the page {_page(operation.key, questionnaire)} to place {to + 1}"


def _remove_page(operation: RemovePage, questionnaire: Questionnaire) -> str:
    count = len(the_page(questionnaire, operation.key).questions)
    holding = f" and its {_counted(count, 'question')}" if count else ""
    return f"Removed the page {_page(operation.key, questionnaire)}{holding}"


def _add_question(operation: AddQuestion, questionnaire: Questionnaire) -> str:
    return f"Added {_quoted(operation.question.text, questionnaire)}"


_FIELDS = {
    "text": "wording",
    "hint": "hint",
    "key": "key",
    "required": "whether required",
    "show_if": "condition",
    "options": "options",
    "rows": "rows",
    "scale": "scale",
}


def _change_question(operation: ChangeQuestion, questionnaire: Questionnaire) -> str:
    old, new = the_question(questionnaire, operation.key), operation.question
    title = _quoted(old.text, questionnaire)
    if type_name(old) != type_name(new):
        return f"Changed the type of {title}"
    names = {name for name in old.__struct_fields__ if getattr(old, name) != getattr(new, name)}
    parts = [words for name, words in _FIELDS.items() if name in names]
    parts += ["settings"] if names - _FIELDS.keys() else []
    return f"Changed {title} ({_listed(parts)})" if parts else f"Changed {title}"


def _move_question(operation: MoveQuestion, questionnaire: Questionnaire) -> str:
    keys = [page.key for page in questionnaire.pages]
    moved = f"Moved {_question(operation.key, questionnaire)}"
    if operation.page not in keys:
        return moved
    page = questionnaire.pages[keys.index(operation.page)]
    if any(each.key == operation.key for each in page.questions):
        return f"{moved} within its page"
    return f"{moved} to page {keys.index(operation.page) + 1}"


def _remove_question(operation: RemoveQuestion, questionnaire: Questionnaire) -> str:
    return f"Removed {_question(operation.key, questionnaire)}"


def _change_cover(operation: ChangeCover, questionnaire: Questionnaire) -> str:
    parts = [
        ("title", operation.title != questionnaire.title),
        ("layout", operation.layout != questionnaire.layout),
        ("languages", operation.languages != questionnaire.languages),
        ("strands", operation.strands != questionnaire.strands),
    ]
    return f"Changed the {_listed([name for name, changed in parts if changed]) or 'cover'}"


def _several(operation: Several, questionnaire: Questionnaire) -> str:
    """The last one is what it was all for; those before it made way. Several of a kind are
    counted."""
    kinds = {type(each) for each in operation.operations}
    count = len(operation.operations)
    if not operation.operations:
        return "Changed nothing"
    after = carried_out(questionnaire, operation).questionnaire
    if words := translation_words(questionnaire, after):
        return words
    if kinds == {ChangeQuestion} and count > 1:
        return f"Changed {_counted(count, 'question')}"
    *before, last = operation.operations
    for each in before:
        questionnaire = carried_out(questionnaire, each).questionnaire
    words = operation_words(last, questionnaire)
    return f"{words}, and changed {_counted(len(before), 'other place')}" if before else words


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


_SAID: dict[type, Callable[[Any, Questionnaire], str]] = {
    AddPage: _add_page,
    ChangePage: _change_page,
    MovePage: _move_page,
    RemovePage: _remove_page,
    AddQuestion: _add_question,
    ChangeQuestion: _change_question,
    MoveQuestion: _move_question,
    RemoveQuestion: _remove_question,
    ChangeCover: _change_cover,
    Several: _several,
}
