"""What must hold in a questionnaire beyond its shape, whatever file it was read from."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.problems import Problem
from surveys.choices import choices, shared_by_rows
from surveys.file_kinds import KINDS as FILE_KINDS
from surveys.loops import loops
from surveys.questionnaire import (
    KEY,
    RESERVED,
    Condition,
    Date,
    Dropdown,
    Grid,
    Likert,
    Location,
    LongText,
    Multiple,
    Number,
    Option,
    Page,
    Question,
    Questionnaire,
    Ranking,
    Row,
    ShortText,
    Single,
    Statement,
    Strand,
    Text,
    Upload,
)
from surveys.scales import SCALES
from surveys.typed import read_day, shortened

MOST_QUESTIONS = 2_000
MOST_OPTIONS = 2_000
MOST_POINTS = 20
MOST_ROWS = 200
MOST_STRANDS = 50
MOST_WORDS = 10_000
MOST_FILES = 10
MOST_MEGABYTES = 50
MOST_TOGETHER = 100
LONGEST_VALUE = 100
LONGEST_TEXT = 50_000
LONGEST_TITLE = 1_000
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters and half characters, which no page can show."""

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def unsound(
    questionnaire: Questionnaire, *, unread: frozenset[str] = frozenset(), draft: bool = False
) -> list[Problem]:
    """Everything that keeps the questionnaire from being asked, each with its place in words.
    `unread` are keys of questions that exist but could not be read, so nothing is said of them.
    A page of a `draft` may be empty yet."""
    problems = [Problem("The document", words) for words in _whole(questionnaire)]
    languages = questionnaire.languages
    before: dict[str, Question] = {}
    later = {question.key for question in questionnaire.questions} | unread
    for number, page in enumerate(questionnaire.pages, start=1):
        if not page.questions and not unread and not draft:
            problems.append(Problem(f"Page {number}", "It has no questions. Add one or remove it"))
        problems += _at(f"Page {number}", _of_page(page, questionnaire))
        for question in page.questions:
            place = f"Page {number}, question ‘{shortened(question.key, 60)}’"
            problems += _at(place, _of_question(question, languages))
            if question.key in before:
                problems += _at(place, ["Another question has the same key. Change one of them"])
            problems += _at(place, _of_conditions(question, before, later, unread))
            before[question.key] = question
    return problems


def _at(place: str, words: Iterable[str]) -> list[Problem]:
    return [Problem(place, each) for each in words]


def _whole(questionnaire: Questionnaire) -> Iterator[str]:
    languages = questionnaire.languages
    if not languages:
        yield '‘languages’ is empty. Name at least one, like "en"'
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            yield f"‘{shortened(language, 60)}’ is not a language code. Use one like en or cy"
    for language in _repeated(languages):
        yield f"The language ‘{language}’ is listed twice. Keep one"
    yield from _text(questionnaire.title, "title", languages)
    yield from _length_of_title(questionnaire.title)
    if not questionnaire.pages:
        yield "‘pages’ is empty. Add a page with a question"
    count = len(questionnaire.questions)
    if count > MOST_QUESTIONS:
        yield f"It has {count:,} questions and can have up to {MOST_QUESTIONS:,}"
    for key in _repeated(page.key for page in questionnaire.pages if page.key):
        yield f"Two pages have the key ‘{key}’. Give each its own"
    yield from _loops(questionnaire)
    yield from _of_strands(questionnaire.strands, languages)


def _of_strands(strands: Sequence[Strand], languages: tuple[str, ...]) -> Iterator[str]:
    if len(strands) > MOST_STRANDS:
        yield f"‘strands’ has {len(strands):,} and can have up to {MOST_STRANDS}"
    for key in _repeated(strand.key for strand in strands):
        yield f"Two strands have the key ‘{key}’. Give each its own"
    for number, strand in enumerate(strands, start=1):
        yield from (f"In strand number {number}: {words}" for words in _strand(strand, languages))


def _strand(strand: Strand, languages: tuple[str, ...]) -> Iterator[str]:
    if not KEY.fullmatch(strand.key):
        yield _KEY_WORDS
    yield from _text(strand.title, "title", languages)
    yield from _text(strand.text, "text", languages, needed=False)
    if strand.proposals:
        yield from _listed(strand.proposals, "proposals", languages, most=MOST_ROWS)


def _of_page(page: Page, questionnaire: Questionnaire) -> Iterator[str]:
    if page.key and not KEY.fullmatch(page.key):
        yield _KEY_WORDS
    if page.strand and page.strand not in {strand.key for strand in questionnaire.strands}:
        named = shortened(page.strand, 60)
        yield f"It belongs to the strand ‘{named}’, which there is not. Add it or choose another"
    yield from _text(page.title, "title", questionnaire.languages)


def _loops(questionnaire: Questionnaire) -> Iterator[str]:
    """A question that tests itself is told at its own place."""
    waits = {
        question.key: [
            (test.question or "").partition(".")[0] for test in tests_of(question.show_if)
        ]
        for question in questionnaire.questions
    }
    for loop in loops(waits):
        if len(loop) > 1:
            first, *rest = (f"‘{shortened(key, 60)}’" for key in (*loop, loop[0]))
            said = f"{first} waits for {', which waits for '.join(rest)}"
            yield f"{said}: a loop, so none of them can be asked. Remove one of the conditions"


def _length_of_title(title: Text) -> Iterator[str]:
    """It stands at the head of every page, and in lists beside others."""
    longest = max(map(len, [title] if isinstance(title, str) else title.values()), default=0)
    if longest > LONGEST_TITLE:
        yield (
            f"‘title’ has {longest:,} characters and can have up to {LONGEST_TITLE:,}. Say the "
            "rest in a statement"
        )


def _repeated(values: Iterable[str]) -> list[str]:
    return [shortened(value, 60) for value, count in Counter(values).items() if count > 1]


def _text(text: Text, name: str, languages: tuple[str, ...], *, needed: bool = True) -> list[str]:
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


_KEY_WORDS = (
    "Its key should be up to 60 lower-case letters, digits and underscores, and begin with a letter"
)


def _of_question(question: Question, languages: tuple[str, ...]) -> Iterator[str]:
    if not KEY.fullmatch(question.key):
        yield _KEY_WORDS
    yield from _text(question.text, "text", languages)
    yield from _text(question.hint, "hint", languages, needed=False)
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
    for kind in _repeated(question.accept):
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
    yield from _text(shown.text, "text of the map", languages)
    if not -180 <= shown.west < shown.east <= 180:
        yield "‘map’ needs ‘west’ less than ‘east’, both from -180 to 180"
    if not -90 <= shown.south < shown.north <= 90:
        yield "‘map’ needs ‘south’ less than ‘north’, both from -90 to 90"


def _of_number(question: Number, languages: tuple[str, ...]) -> Iterator[str]:
    yield from _text(question.unit, "unit", languages, needed=False)
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
    yield from _listed(question.options, "options", languages, most=most)


def _listed(
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
    for value in _repeated(each.value for each in listed):
        yield f"‘{name}’ has the value ‘{value}’ twice. Give each its own"
    for number, each in enumerate(listed, start=1):
        place = f"{name} number {number}"
        yield from (f"In {place}, {words}" for words in _of_value(each.value))
        yield from _text(each.text, f"text of {place}", languages)


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
        yield from _listed(question.scale, "scale", languages, most=MOST_POINTS)
        if len(question.scale) == 1:
            yield "‘scale’ has one point. Give it at least two"
    elif question.scale not in SCALES:
        named = shortened(question.scale, 60)
        yield f"There is no scale called ‘{named}’. Use one of {', '.join(SCALES)}, or list its own"


def _of_rows(question: Grid, languages: tuple[str, ...]) -> Iterator[str]:
    yield from _listed(question.rows, "rows", languages, most=MOST_ROWS)


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


def _of_conditions(
    question: Question,
    before: Mapping[str, Question],
    later: Iterable[str],
    unread: frozenset[str],
) -> Iterator[str]:
    for test in tests_of(question.show_if):
        key, dot, row = (test.question or "").partition(".")
        if key in unread:
            continue
        if key in before:
            yield from (f"‘show_if’ {words}" for words in _of_test(test, before[key], dot, row))
        elif key in later:
            yield f"‘show_if’ tests ‘{key}’, which is not asked before it. Move one of them"
        else:
            named = shortened(test.question or "", 60)
            yield f"‘show_if’ tests ‘{named}’, and there is no such question. Mend its key"


def tests_of(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    if condition.question is not None:
        yield condition
    parts = (condition.all or ()) + (condition.any or ())
    for part in (*parts, *([condition.not_] if condition.not_ else [])):
        yield from tests_of(part)


def _of_test(test: Condition, question: Question, dot: str, row: str) -> Iterator[str]:
    name, wanted = test.test or ("answered", True)
    key, rows = question.key, shared_by_rows(question)
    allowed = allowed_tests(question, of_row=bool(dot))
    if dot and row not in rows:
        yield f"tests ‘{key}.{shortened(row, 60)}’, and the question has no such row"
    elif not allowed:
        yield f"tests ‘{key}’, a statement, which has no answer"
    elif name not in allowed:
        yield f"uses ‘{name}’ on ‘{key}’. Use {' or '.join(allowed)}{_hint(question, dot)}"
    else:
        words = _of_wanted(question, name, wanted)
        yield from [words] if words else []


def _hint(question: Question, dot: str) -> str:
    rows = shared_by_rows(question)
    return f", or test one row, like ‘{question.key}.{rows[0]}’" if rows and not dot else ""


_EXACT = ("is", "is_not", "answered")
_CHOSEN = ("is", "is_not", "includes", "answered")
_MEASURED = ("is", "is_not", "at_least", "at_most", "answered")


def allowed_tests(question: Question, *, of_row: bool) -> tuple[str, ...]:
    """The tests that make sense of an answer to the question."""
    if isinstance(question, Statement):
        return ()
    if isinstance(question, Upload) or (isinstance(question, Grid) and not of_row):
        return ("answered",)
    if isinstance(question, Multiple | Ranking):
        return ("includes", "answered")
    if isinstance(question, Number | Date | Likert | Grid):
        return _MEASURED
    return _CHOSEN if isinstance(question, Single | Dropdown) else _EXACT


def _of_wanted(question: Question, name: str, wanted: Any) -> str:
    if name == "answered":
        return ""
    values = [choice.value for choice in choices(question)]
    if values and wanted not in values:
        return f"wants ‘{shortened(str(wanted), 60)}’, which ‘{question.key}’ does not offer"
    if isinstance(question, Number) and isinstance(wanted, str):
        return f"wants text of ‘{question.key}’, which is answered with a number"
    if isinstance(question, Date) and not (isinstance(wanted, str) and read_day(wanted)):
        return f"wants a day of ‘{question.key}’ written like 2024-03-27"
    if not values and not isinstance(question, Number) and not isinstance(wanted, str):
        return f"wants a number of ‘{question.key}’, which is answered with text"
    return ""
