"""Two changes of one thing brought together: what only one of them changed is taken from it."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from msgspec import UNSET, Struct
from msgspec.structs import fields, replace

from surveys.questionnaire import KINDS, Page, Questionnaire, type_name

T = TypeVar("T")

TYPE = "type"


class Conflict(Struct, frozen=True):
    """A field that both changed, each in their own way. One that the question's type does not
    have is None; `type` holds the contract's names of types."""

    field: str
    opened: Any
    mine: Any
    now: Any


class Merged(Struct, Generic[T], frozen=True):
    """`value` is None where there are conflicts."""

    value: T | None
    conflicts: tuple[Conflict, ...] = ()


def merged(opened: T, mine: T, now: T, *, language: str = "") -> Merged[T]:
    """What `mine` changed since `opened`, brought into what is there `now`: field by field, texts
    language by language, and options, rows and strands one by one while they are the same ones in
    the same order. `language` is the one that plain strings are in, the questionnaire's default."""
    versions = tuple(_fields(each) for each in (opened, mine, now))
    names = dict.fromkeys(name for version in versions for name in version)
    found = {
        name: _three_way(*(version.get(name, UNSET) for version in versions), language=language)
        for name in names
    }
    conflicts = [
        Conflict(name, *(version.get(name) for version in versions))
        for name, value in found.items()
        if value is _CLASH
    ]
    if conflicts:
        return Merged(None, tuple(conflicts))
    return Merged(_made(now, {name: each for name, each in found.items() if each is not UNSET}))


def head(page: Page) -> Page:
    """The page without its questions, to merge what is said about it."""
    return replace(page, questions=())


def cover(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire without its pages."""
    return replace(questionnaire, pages=())


_CLASH: Any = object()


def _fields(value: Any) -> Mapping[str, Any]:
    listed = {field.name: getattr(value, field.name) for field in fields(value)}
    return {TYPE: type_name(value), **listed} if type(value) in KINDS.values() else listed


def _made(like: Any, found: dict[str, Any]) -> Any:
    kind = KINDS[found.pop(TYPE)] if TYPE in found else type(like)
    return kind(**found)


def _three_way(opened: Any, mine: Any, now: Any, *, language: str) -> Any:
    """The one that was changed, either when both came to the same, or that they clash."""
    if mine == now or now == opened:
        return mine
    if mine == opened:
        return now
    return _within((opened, mine, now), language)


def _within(versions: tuple[Any, Any, Any], language: str) -> Any:
    texts = [_by_language(each, language) for each in versions]
    if all(isinstance(each, dict) for each in texts) and dict in map(type, versions):
        return _text_merged(*texts, language=language)
    first, *others = map(_names, versions)
    if first is not None and all(names == first for names in others):
        found = [merged(*each, language=language).value for each in zip(*versions, strict=True)]
        return _CLASH if None in found else tuple(found)
    return _CLASH


def _by_language(text: Any, language: str) -> Any:
    return {language: text} if isinstance(text, str) and language else text


def _text_merged(
    opened: dict[str, str], mine: dict[str, str], now: dict[str, str], *, language: str
) -> Any:
    found = {
        each: _three_way(
            opened.get(each, UNSET), mine.get(each, UNSET), now.get(each, UNSET), language=language
        )
        for each in dict.fromkeys((*now, *mine))
    }
    if _CLASH in found.values():
        return _CLASH
    return {each: words for each, words in found.items() if words is not UNSET}


def _names(listed: Any) -> tuple[Any, ...] | None:
    """What tells listed things apart: the values of options and rows, the keys of strands."""
    if not isinstance(listed, tuple):
        return None
    found = tuple(getattr(each, "value", None) or getattr(each, "key", None) for each in listed)
    return found if all(found) else None
