"""What two officers wrote about one question: where they differ, and how that is settled."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.languages import language_name
from surveys.drafting.building import as_kind
from surveys.drafting.merging import TYPE, merged
from surveys.file_kinds import KINDS as FILE_KINDS
from surveys.outline import KIND_WORDS
from surveys.question_fields.translated import with_words
from surveys.questionnaire import (
    Condition,
    Map,
    Option,
    Question,
    Row,
    Text,
    say,
    type_name,
)
from surveys.routing import condition_words
from surveys.typed import day_words, figure, read_day

LABELS: Mapping[str, str] = {
    TYPE: "Type",
    "text": "Question",
    "hint": "Hint",
    "key": "Key",
    "required": "Must be answered",
    "show_if": "When it is asked",
    "special_category": "Special category",
    "max_length": "Most characters",
    "max_words": "Most words",
    "min": "Least",
    "max": "Most",
    "whole": "Whole numbers only",
    "unit": "Unit",
    "options": "Options",
    "other": "Offers “Other”",
    "random_order": "Random order",
    "min_choices": "Fewest choices",
    "max_choices": "Most choices",
    "scale": "Scale",
    "no_opinion": "Offers “Don’t know”",
    "rows": "Rows",
    "accept": "Kinds of file",
    "max_files": "Most files",
    "max_megabytes": "Largest file, in megabytes",
    "map": "Map",
}
WRITTEN = frozenset({"text", "hint", "unit"})
"""The fields that can be written anew where both texts stand."""

THEIRS, MINE, OWN = "theirs", "mine", "own"


class Clash(Struct, frozen=True):
    """One field that both changed, as lines of words. `was` is None where it is not known."""

    field: str
    label: str
    was: tuple[str, ...] | None
    theirs: tuple[str, ...]
    mine: tuple[str, ...]
    written: bool


def clashing(
    opened: Question | None, mine: Question, now: Question, language: str
) -> tuple[str, ...]:
    """The fields to choose in. Without what was opened, and where both changed the type, that is
    every field in which they differ."""
    if opened is not None:
        found = [each.field for each in merged(opened, mine, now, language=language).conflicts]
        if TYPE not in found:
            return tuple(name for name in LABELS if name in found)
    return tuple(name for name in LABELS if _value(mine, name) != _value(now, name))


def _value(question: Question, name: str) -> Any:
    return type_name(question) if name == TYPE else getattr(question, name, None)


def clashes(
    opened: Question | None,
    mine: Question,
    now: Question,
    *,
    asked: Mapping[str, Question],
    language: str,
) -> tuple[Clash, ...]:
    """Each of them in words; `asked` are the questions that conditions speak of."""

    def said(question: Question, name: str) -> tuple[str, ...]:
        return _words(name, _value(question, name), asked, language)

    return tuple(
        Clash(
            name,
            LABELS[name],
            said(opened, name) if opened else None,
            said(now, name),
            said(mine, name),
            name in WRITTEN,
        )
        for name in clashing(opened, mine, now, language)
    )


def settled(
    opened: Question | None,
    mine: Question,
    now: Question,
    *,
    chosen: Mapping[str, str],
    own: Mapping[str, str],
    language: str,
) -> Question:
    """The question as chosen: in each clashing field theirs, mine, or words of one's own; in every
    other what either of them changed. A field without a choice is as it is now."""
    kind = _kind(opened, mine, now, chosen)
    mine, now = as_kind(mine, kind), as_kind(now, kind)
    opened = as_kind(opened, kind) if opened else now
    theirs = {name: getattr(now, name) for name in chosen if name in type(now).__struct_fields__}
    base = merged(opened, replace(mine, **theirs), now, language=language).value or now
    taken: dict[str, Any] = {}
    for name, choice in chosen.items():
        if name in theirs and choice != THEIRS:
            taken[name] = _taken(name, choice, mine, now, own.get(name, ""), language)
    return replace(base, **taken)


def _kind(opened: Question | None, mine: Question, now: Question, chosen: Mapping[str, str]) -> str:
    if TYPE in chosen:
        return type_name(mine if chosen[TYPE] == MINE else now)
    return type_name(now if opened and type(mine) is type(opened) else mine)


def _taken(name: str, choice: str, mine: Question, now: Question, own: str, language: str) -> Any:
    if name not in WRITTEN:
        return getattr(mine, name)
    # The form writes the default language, so the translations are those that stand now.
    words = own if choice == OWN else say(getattr(mine, name), language)
    return with_words(getattr(now, name), words, language)


def _words(name: str, value: Any, asked: Mapping[str, Question], language: str) -> tuple[str, ...]:
    if name == "show_if":
        return (_condition(value, asked, language),)
    if name == TYPE:
        return (KIND_WORDS[value],)
    if name == "accept":
        named = tuple(say(FILE_KINDS.get(each, each), "en") for each in value or ())
        return named or ("Every kind",)
    if isinstance(value, Map):
        edges = f"{value.west}, {value.south}, {value.east}, {value.north}"
        return (value.image, say(value.text, language), edges)
    if isinstance(value, tuple):
        return tuple(_listed(each, language) for each in value) or ("None",)
    return _plain(value, language)


def _condition(value: Condition | None, asked: Mapping[str, Question], language: str) -> str:
    return f"Only if {condition_words(value, asked, language)}" if value else "Always"


def _listed(each: Option | Row, language: str) -> str:
    alone = " (rules the others out)" if isinstance(each, Option) and each.exclusive else ""
    return " / ".join(_in_each(each.text)) + alone


def _in_each(text: Text) -> tuple[str, ...]:
    if isinstance(text, str):
        return (text,)
    return tuple(f"{language_name(code)}: {words}" for code, words in text.items() if words)


def _plain(value: Any, language: str) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("Yes" if value else "No",)
    if value in (None, "", {}):
        return ("Nothing",)
    if isinstance(value, int | float):
        return (figure(value),)
    day = read_day(value) if isinstance(value, str) else None
    return (day_words(day),) if day else _in_each(value)
