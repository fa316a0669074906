"""Questions taken into a questionnaire: its languages, keys of its own, conditions that follow."""

from collections.abc import Container, Iterable, Sequence

import msgspec

from surveys.bank.entry import Entry
from surveys.bank.organisations import ORGANISATIONS
from surveys.bank.people import PEOPLE
from surveys.bank.places import PLACES
from surveys.imported import fitted_key
from surveys.questionnaire import Condition, Question, Text, say
from surveys.translated import told

BANK: tuple[Entry, ...] = (*PEOPLE, *PLACES, *ORGANISATIONS)


def entry(key: str) -> Entry | None:
    return next((each for each in BANK if each.key == key), None)


def fitted(
    questions: Sequence[Question], languages: Sequence[str], taken: Iterable[str]
) -> tuple[Question, ...]:
    """The questions with words in these languages and keys that are not `taken`. Conditions follow
    the new keys; those on questions that do not come along are left off."""
    keys = set(taken)
    renamed: dict[str, str] = {}
    for question in questions:
        renamed[question.key] = fitted_key(question.key, keys)
        keys.add(renamed[question.key])
    return tuple(
        msgspec.structs.replace(
            in_languages(question, languages),
            key=renamed[question.key],
            show_if=_following(question.show_if, renamed),
        )
        for question in questions
    )


def in_languages(question: Question, languages: Sequence[str]) -> Question:
    """The same with its words in these languages only. Where the first is missing, the words of
    another stand in, to be translated."""
    return told(question, lambda text: _text(text, languages))


def _text(text: Text, languages: Sequence[str]) -> Text:
    if isinstance(text, str):
        return text
    kept = {languages[0]: say(text, languages[0])}
    kept |= {code: text[code] for code in languages[1:] if text.get(code)}
    return kept if len(kept) > 1 else kept[languages[0]]


def _following(condition: Condition | None, renamed: dict[str, str]) -> Condition | None:
    if condition is None or not _within(condition, renamed):
        return None
    return _renamed(condition, renamed)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    own = (condition.not_,) if condition.not_ else ()
    return (*(condition.all or ()), *(condition.any or ()), *own)


def _within(condition: Condition, keys: Container[str]) -> bool:
    if condition.question is not None:
        return condition.question.partition(".")[0] in keys
    return all(_within(part, keys) for part in _parts(condition))


def _renamed(condition: Condition, renamed: dict[str, str]) -> Condition:
    if condition.question is not None:
        key, dot, row = condition.question.partition(".")
        return msgspec.structs.replace(condition, question=renamed[key] + dot + row)
    return msgspec.structs.replace(
        condition,
        all=tuple(_renamed(part, renamed) for part in condition.all) if condition.all else None,
        any=tuple(_renamed(part, renamed) for part in condition.any) if condition.any else None,
        not_=_renamed(condition.not_, renamed) if condition.not_ else None,
    )
