"""Texts in several languages as fields of a form, and two officers' words for one of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from app.forms import Form
from app.languages import named_in_english
from surveys.drafting.merging import Conflict
from surveys.questionnaire import Text


class Field(Struct, frozen=True):
    """A text in one language."""

    name: str
    language: str
    language_name: str
    value: str


class Both(Struct, frozen=True):
    """What two officers made of one field since it was opened, in words."""

    label: str
    theirs: str
    mine: str


def text_fields(name: str, text: Text, languages: Iterable[str]) -> tuple[Field, ...]:
    """A field for each language, the default first; a plain string is in the default."""
    codes = tuple(languages)
    said = spelt(text, codes[0])
    return tuple(
        Field(f"{name}-{code}", code, named_in_english(code), said.get(code, "")) for code in codes
    )


def read_text(
    form: Form, name: str, languages: tuple[str, ...], *, missing: str, like: Text
) -> Text:
    """What was typed in each language, in the shape that it had. Nothing in the default: a
    problem."""
    typed = {code: form.text(f"{name}-{code}", limit=1000) for code in languages}
    if not typed[languages[0]]:
        form.refuse(f"{name}-{languages[0]}", missing)
    given = {code: words for code, words in typed.items() if words}
    if isinstance(like, str) and not given.keys() - {languages[0]}:
        return given.get(languages[0], "")
    return given


def spelt(text: Text, default: str) -> dict[str, str]:
    """The text by language; a plain string is in the default."""
    return text if isinstance(text, dict) else {default: text} if text else {}


def text_over(opened: Text, mine: Text, now: Text, *, default: str) -> Text:
    """What is stored now, with what was written since `opened` in its place: to be shown where
    both were changed, so that saving it takes back nothing else."""
    before, own, stored = (spelt(each, default) for each in (opened, mine, now))
    changed = {code: words for code, words in own.items() if words != before.get(code, "")}
    gone = before.keys() - own.keys()
    return {code: words for code, words in {**stored, **changed}.items() if code not in gone}


def both_texts(
    conflicts: Iterable[Conflict], labels: Mapping[str, str], *, default: str
) -> tuple[Both, ...]:
    """Each field in words, a text only in the languages in which the two differ."""
    return tuple(_both(each, labels.get(each.field, each.field), default) for each in conflicts)


def _both(conflict: Conflict, label: str, default: str) -> Both:
    if not isinstance(conflict.mine, str | dict):
        return Both(label, in_words(conflict.now), in_words(conflict.mine))
    mine, theirs = spelt(conflict.mine, default), spelt(conflict.now, default)
    codes = [code for code in {**theirs, **mine} if theirs.get(code) != mine.get(code)]
    return Both(
        label,
        in_words({code: theirs.get(code, "") for code in codes}),
        in_words({code: mine.get(code, "") for code in codes}),
    )


def in_words(value: Any) -> str:
    """A text by language, a list of languages, or a setting, on one line."""
    if isinstance(value, dict):
        return " · ".join(f"{named_in_english(code)}: {words}" for code, words in value.items())
    if isinstance(value, tuple):
        return ", ".join(named_in_english(each) for each in value if isinstance(each, str))
    return str(value)
