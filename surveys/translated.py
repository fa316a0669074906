"""Every text of a questionnaire, found or told anew, and how many translations there are."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from surveys.drafting.applying import cover_of
from surveys.drafting.operations import ChangePage, ChangeQuestion, Operation, Several
from surveys.questionnaire import Questionnaire, Text

T = TypeVar("T")

TEXT_FIELDS = frozenset({"text", "hint", "title", "unit"})


def texts(part: object) -> Iterator[Text]:
    """Every text of a question, or of any part of a questionnaire; empty ones are left out."""
    if isinstance(part, tuple):
        for each in part:
            yield from texts(each)
    elif isinstance(part, Struct):
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if name in TEXT_FIELDS and value:
                yield value
            elif isinstance(value, tuple | Struct):
                yield from texts(value)


def told(part: T, telling: Callable[[Text], Text]) -> T:
    """The same part with each of its texts told anew."""
    if isinstance(part, tuple):
        return tuple(told(each, telling) for each in part)  # type: ignore[return-value]
    if not isinstance(part, Struct):
        return part
    anew: dict[str, Any] = {}
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if name in TEXT_FIELDS and value:
            anew[name] = telling(value)
        elif isinstance(value, tuple | Struct):
            anew[name] = told(value, telling)
    return msgspec.structs.replace(part, **anew)


def missing(part: object, languages: tuple[str, ...]) -> int:
    """How many translations it lacks: one for each text and each language that the text is not
    in. A plain string is in the default language, which comes first."""
    return sum(_lacks(text, languages) for text in texts(part))


def _lacks(text: Text, languages: tuple[str, ...]) -> int:
    if isinstance(text, str):
        return len(languages) - 1 if text.strip() else 0
    if not any(text.values()):
        return 0
    return sum(not text.get(language, "").strip() for language in languages)


def written_in(questionnaire: Questionnaire, language: str) -> int:
    """How many texts have words in the language."""
    default = questionnaire.languages[0]
    return sum(
        bool(text.strip()) and language == default
        if isinstance(text, str)
        else bool(text.get(language, "").strip())
        for text in texts(questionnaire)
    )


def lacking(questionnaire: Questionnaire, language: str) -> int:
    """How many texts have words, and none in the language."""
    said = (
        text if isinstance(text, str) else "".join(text.values()) for text in texts(questionnaire)
    )
    return sum(bool(words.strip()) for words in said) - written_in(questionnaire, language)


def retold(questionnaire: Questionnaire, *, languages: tuple[str, ...]) -> Operation:
    """The operation that gives the questionnaire these languages, the default first. What is
    written in a language that goes, goes."""
    default = questionnaire.languages[0]

    def telling(text: Text) -> Text:
        if isinstance(text, str):
            return text if languages[0] == default else {default: text}
        return {code: text[code] for code in languages if code in text} or ""

    anew = told(questionnaire, telling)
    head = msgspec.structs.replace(anew, languages=languages)
    steps: list[Operation] = [
        ChangePage(new.key, new.title, new.strand)
        for old, new in zip(questionnaire.pages, anew.pages, strict=True)
        if old.title != new.title
    ]
    steps += [
        ChangeQuestion(new.key, new)
        for old, new in zip(questionnaire.questions, anew.questions, strict=True)
        if old != new
    ]
    return Several((*steps, cover_of(head)))
