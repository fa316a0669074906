"""The words of a questionnaire, its keys and values, and lists of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from surveys.questionnaire import RESERVED, Option, Row, Text
from surveys.soundness.limits import LONGEST_VALUE, UNFIT
from surveys.typed import shortened


def repeated(values: Iterable[str]) -> list[str]:
    return [shortened(value, 60) for value, count in Counter(values).items() if count > 1]


def unfit_text(
    text: Text, name: str, languages: tuple[str, ...], *, needed: bool = True
) -> list[str]:
    """What is wrong with words for people; those not `needed` may be left empty."""
    if any(UNFIT.search(words) for words in ([text] if isinstance(text, str) else text.values())):
        return [f"‘{name}’ holds a control character, which no page can show. Take it out"]
    if isinstance(text, str):
        return [f"‘{name}’ is empty. Write it"] if needed and not text.strip() else []
    strangers = [language for language in text if language not in languages]
    wrong = [
        f"‘{name}’ is in ‘{shortened(language, 60)}’, which is not among ‘languages’. Add it there"
        for language in strangers
    ]
    if languages and (needed or text) and not text.get(languages[0], "").strip():
        wrong.append(f"‘{name}’ has no words in ‘{languages[0]}’, the default language. Add them")
    return wrong


KEY_WORDS = (
    "Its key should be up to 60 lower-case letters, digits and underscores, and begin with a letter"
)


def of_list(
    listed: Sequence[Option | Row],
    name: str,
    languages: tuple[str, ...],
    *,
    most: int,
) -> Iterator[str]:
    if not listed:
        yield f"‘{name}’ is empty. Add at least one"
    if len(listed) > most:
        yield f"‘{name}’ has {len(listed):,} and can have up to {most:,}"
    for value in repeated(each.value for each in listed):
        yield f"‘{name}’ has the value ‘{value}’ twice. Give each its own"
    for number, each in enumerate(listed, start=1):
        place = f"{name} number {number}"
        yield from (f"In {place}, {words}" for words in _of_value(each.value))
        yield from unfit_text(each.text, f"text of {place}", languages)


def _of_value(value: str) -> Iterator[str]:
    if value in RESERVED:
        yield (
            f"the value ‘{value}’ is reserved. Use another, or set ‘other’ or ‘no_opinion’ on the "
            "question"
        )
    if not value.strip() or value != value.strip() or "\n" in value or "\t" in value:
        yield "the value should be one line with no space before or after it"
    if ";" in value:
        yield "the value has a semicolon, which parts values in response files. Use another sign"
    if len(value) > LONGEST_VALUE:
        yield f"the value should have up to {LONGEST_VALUE} characters"
