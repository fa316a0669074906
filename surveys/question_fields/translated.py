"""Words in the default language changed, their translations kept; and which to look at again."""

from collections.abc import Collection, Iterator

from msgspec import Struct

from surveys.questionnaire import (
    Location,
    Number,
    Option,
    Question,
    Row,
    Text,
    say,
)


def with_words(text: Text, words: str, language: str) -> Text:
    """The text saying `words` in the default language, which comes first, and in every other
    language what it said before. Without words nothing is left to translate."""
    if isinstance(text, str) or not words:
        return words
    others = {code: said for code, said in text.items() if code != language}
    return {language: words, **others}


class Recheck(Struct, frozen=True):
    """A text whose words changed while its translations stayed: where it stands, what it says now,
    and the codes of the languages to look at."""

    place: str
    words: str
    languages: tuple[str, ...]


def to_recheck(before: Question, after: Question, language: str) -> tuple[Recheck, ...]:
    """The translations that may say something else than the new words do."""
    was = dict(_texts(before))
    found = []
    for place, text in _texts(after):
        old = was.get(place)
        if old is None or say(old, language) == say(text, language) or isinstance(text, str):
            continue
        others = tuple(code for code, said in text.items() if code != language and said.strip())
        if others:
            found.append(Recheck(place, say(text, language), others))
    return tuple(found)


def recheck_at(question: Question, places: Collection[str], language: str) -> tuple[Recheck, ...]:
    """The same, found again by places: those that the question has, with their translations."""
    return tuple(
        Recheck(place, say(text, language), others)
        for place, text in _texts(question)
        if place in places and isinstance(text, dict)
        for others in [tuple(code for code, said in text.items() if code != language and said)]
        if others
    )


def _texts(question: Question) -> Iterator[tuple[str, Text]]:
    """Each text of the question with a name for where it stands, stable while values are."""
    yield "question", question.text
    yield "hint", question.hint
    if isinstance(question, Number):
        yield "unit", question.unit
    if isinstance(question, Location) and question.map:
        yield "map", question.map.text
    for name in ("options", "scale", "rows"):
        listed: tuple[Option | Row, ...] | str = getattr(question, name, ())
        if not isinstance(listed, str):
            for each in listed:
                yield f"{name}.{each.value}", each.text
