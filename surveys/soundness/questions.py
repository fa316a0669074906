"""Each type of question: what must hold in its settings."""

from collections.abc import Callable, Iterator
from typing import Any

from surveys.choices import choices
from surveys.file_kinds import KINDS as FILE_KINDS
from surveys.questionnaire import (
    KEY,
    Date,
    Dropdown,
    Grid,
    Likert,
    Location,
    LongText,
    Multiple,
    Number,
    Question,
    Ranking,
    ShortText,
    Single,
    Statement,
    Upload,
)
from surveys.scales import SCALES
from surveys.soundness.limits import (
    LONGEST_TEXT,
    MOST_FILES,
    MOST_MEGABYTES,
    MOST_OPTIONS,
    MOST_POINTS,
    MOST_ROWS,
    MOST_TOGETHER,
    MOST_WORDS,
)
from surveys.soundness.words import KEY_WORDS, of_list, repeated, unfit_text
from surveys.typed import read_day, shortened


def of_question(question: Question, languages: tuple[str, ...]) -> Iterator[str]:
    if not KEY.fullmatch(question.key):
        yield KEY_WORDS
    yield from unfit_text(question.text, "text", languages)
    yield from unfit_text(question.hint, "hint", languages, needed=False)
    for kind, check in _RULES:
        if isinstance(question, kind):
            yield from check(question, languages)


def _of_statement(question: Statement, _: tuple[str, ...]) -> Iterator[str]:
    if question.required:
        yield "A statement asks nothing, so it cannot be required. Remove ‘required’"


def _of_length(question: ShortText | LongText, _: tuple[str, ...]) -> Iterator[str]:
    if not 1 <= question.max_length <= LONGEST_TEXT:
        yield f"‘max_length’ should be from 1 to {LONGEST_TEXT:,}"


def _of_words(question: LongText, _: tuple[str, ...]) -> Iterator[str]:
    if question.max_words is not None and not 1 <= question.max_words <= MOST_WORDS:
        yield f"‘max_words’ should be from 1 to {MOST_WORDS:,}"


def _of_upload(question: Upload, _: tuple[str, ...]) -> Iterator[str]:
    for kind in question.accept:
        if kind not in FILE_KINDS:
            named = shortened(kind, 60)
            yield f"‘accept’ names ‘{named}’. Use {', '.join(FILE_KINDS)}, or none for all of them"
    for kind in repeated(question.accept):
        yield f"‘accept’ names ‘{kind}’ twice. Keep one"
    if not 1 <= question.max_files <= MOST_FILES:
        yield f"‘max_files’ should be from 1 to {MOST_FILES}"
    if not 1 <= question.max_megabytes <= MOST_MEGABYTES:
        yield f"‘max_megabytes’ should be from 1 to {MOST_MEGABYTES}"
    if question.max_files * question.max_megabytes > MOST_TOGETHER:
        yield f"‘max_files’ times ‘max_megabytes’ should be up to {MOST_TOGETHER}"


def _of_location(question: Location, languages: tuple[str, ...]) -> Iterator[str]:
    if question.map is None:
        return
    shown = question.map
    if not shown.image.startswith("/") or shown.image.startswith("//"):
        yield "‘map’ needs an ‘image’ kept here, with an address like /static/map.png"
    yield from unfit_text(shown.text, "text of the map", languages)
    if not -180 <= shown.west < shown.east <= 180:
        yield "‘map’ needs ‘west’ less than ‘east’, both from -180 to 180"
    if not -90 <= shown.south < shown.north <= 90:
        yield "‘map’ needs ‘south’ less than ‘north’, both from -90 to 90"


def _of_number(question: Number, languages: tuple[str, ...]) -> Iterator[str]:
    yield from unfit_text(question.unit, "unit", languages, needed=False)
    if question.min is not None and question.max is not None and question.min > question.max:
        yield "‘min’ is more than ‘max’. Swap them"


def _of_date(question: Date, _: tuple[str, ...]) -> Iterator[str]:
    for name, day in (("min", question.min), ("max", question.max)):
        if day is not None and read_day(day) is None:
            yield f"‘{name}’ should be a day like 2024-03-27"
    if question.min and question.max and question.min > question.max:
        yield "‘min’ is after ‘max’. Swap them"


def _of_options(
    question: Single | Multiple | Dropdown | Ranking, languages: tuple[str, ...]
) -> Iterator[str]:
    most = MOST_OPTIONS if not isinstance(question, Ranking) else MOST_ROWS
    yield from of_list(question.options, "options", languages, most=most)


def _of_choices(question: Multiple, _: tuple[str, ...]) -> Iterator[str]:
    least, most, count = question.min_choices, question.max_choices, len(choices(question))
    if least is not None and not 1 <= least <= count:
        yield f"‘min_choices’ should be from 1 to {count}, the number of answers"
    if most is not None and not 1 <= most <= count:
        yield f"‘max_choices’ should be from 1 to {count}, the number of answers"
    if least is not None and most is not None and least > most:
        yield "‘min_choices’ is more than ‘max_choices’. Swap them"


def _of_ranking(question: Ranking, _: tuple[str, ...]) -> Iterator[str]:
    most, count = question.max_choices, len(question.options)
    if most is not None and not 1 <= most <= count:
        yield f"‘max_choices’ should be from 1 to {count}, the number of answers"


def _of_scale(question: Likert | Grid, languages: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(question.scale, str):
        yield from of_list(question.scale, "scale", languages, most=MOST_POINTS)
        if len(question.scale) == 1:
            yield "‘scale’ has one point. Give it at least two"
    elif question.scale not in SCALES:
        named = shortened(question.scale, 60)
        yield f"There is no scale called ‘{named}’. Use one of {', '.join(SCALES)}, or list its own"


def _of_rows(question: Grid, languages: tuple[str, ...]) -> Iterator[str]:
    yield from of_list(question.rows, "rows", languages, most=MOST_ROWS)


_RULES: tuple[tuple[Any, Callable[[Any, tuple[str, ...]], Iterator[str]]], ...] = (
    (Statement, _of_statement),
    (ShortText | LongText, _of_length),
    (LongText, _of_words),
    (Number, _of_number),
    (Date, _of_date),
    (Single | Multiple | Dropdown | Ranking, _of_options),
    (Multiple, _of_choices),
    (Ranking, _of_ranking),
    (Likert | Grid, _of_scale),
    (Grid, _of_rows),
    (Upload, _of_upload),
    (Location, _of_location),
)
