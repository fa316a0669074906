"""A questionnaire as a whole: its languages, titles, strands, pages and their order."""

from collections.abc import Iterable, Iterator, Sequence

from app.problems import Problem
from surveys.loops import loops
from surveys.questionnaire import KEY, Page, Question, Questionnaire, Strand, Text
from surveys.soundness.conditions import of_conditions, tests_of
from surveys.soundness.limits import (
    LANGUAGE,
    LONGEST_TITLE,
    MOST_QUESTIONS,
    MOST_ROWS,
    MOST_STRANDS,
)
from surveys.soundness.questions import of_question
from surveys.soundness.words import KEY_WORDS, of_list, repeated, unfit_text
from surveys.typed import shortened


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
            problems += _at(place, of_question(question, languages))
            if question.key in before:
                problems += _at(place, ["Another question has the same key. Change one of them"])
            problems += _at(place, of_conditions(question, before, later, unread))
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
    for language in repeated(languages):
        yield f"The language ‘{language}’ is listed twice. Keep one"
    yield from unfit_text(questionnaire.title, "title", languages)
    yield from _length_of_title(questionnaire.title)
    if not questionnaire.pages:
        yield "‘pages’ is empty. Add a page with a question"
    count = len(questionnaire.questions)
    if count > MOST_QUESTIONS:
        yield f"It has {count:,} questions and can have up to {MOST_QUESTIONS:,}"
    for key in repeated(page.key for page in questionnaire.pages if page.key):
        yield f"Two pages have the key ‘{key}’. Give each its own"
    yield from _loops(questionnaire)
    yield from _of_strands(questionnaire.strands, languages)


def _of_strands(strands: Sequence[Strand], languages: tuple[str, ...]) -> Iterator[str]:
    if len(strands) > MOST_STRANDS:
        yield f"‘strands’ has {len(strands):,} and can have up to {MOST_STRANDS}"
    for key in repeated(strand.key for strand in strands):
        yield f"Two strands have the key ‘{key}’. Give each its own"
    for number, strand in enumerate(strands, start=1):
        yield from (f"In strand number {number}: {words}" for words in _strand(strand, languages))


def _strand(strand: Strand, languages: tuple[str, ...]) -> Iterator[str]:
    if not KEY.fullmatch(strand.key):
        yield KEY_WORDS
    yield from unfit_text(strand.title, "title", languages)
    yield from unfit_text(strand.text, "text", languages, needed=False)
    if strand.proposals:
        yield from of_list(strand.proposals, "proposals", languages, most=MOST_ROWS)


def _of_page(page: Page, questionnaire: Questionnaire) -> Iterator[str]:
    if page.key and not KEY.fullmatch(page.key):
        yield KEY_WORDS
    if page.strand and page.strand not in {strand.key for strand in questionnaire.strands}:
        named = shortened(page.strand, 60)
        yield f"It belongs to the strand ‘{named}’, which there is not. Add it or choose another"
    yield from unfit_text(page.title, "title", questionnaire.languages)


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
