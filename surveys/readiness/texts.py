"""Every text of a questionnaire that people read, with its place in words."""

from collections.abc import Iterator

from msgspec import Struct

from surveys.questionnaire import (
    Grid,
    Likert,
    Location,
    Number,
    Option,
    Page,
    Question,
    Questionnaire,
    Row,
    Statement,
    Strand,
    Text,
    say,
)


class Written(Struct, frozen=True):
    """A text at its place, like “Question 3, option 2”. `language` is the one it is read in."""

    place: str
    text: Text

    def said(self, language: str) -> str:
        return say(self.text, language)


def written(questionnaire: Questionnaire) -> Iterator[Written]:
    """All of them, in the order in which people meet them; those left empty are passed over."""
    every = _every(questionnaire)
    return (each for each in every if each.text)


def _every(questionnaire: Questionnaire) -> Iterator[Written]:
    yield Written("The title", questionnaire.title)
    for strand in questionnaire.strands:
        yield from _of_strand(strand)
    number = 0
    for at, page in enumerate(questionnaire.pages, start=1):
        yield Written(f"The title of page {at}", page.title)
        for question in page.questions:
            number += not isinstance(question, Statement)
            yield from _of_question(question, place_of(question, number, at))


def places(questionnaire: Questionnaire) -> Iterator[tuple[Page, Question, str]]:
    """Each question with its page and what to call it: “Question 3”, “A text on page 2”."""
    number = 0
    for at, page in enumerate(questionnaire.pages, start=1):
        for question in page.questions:
            number += not isinstance(question, Statement)
            yield page, question, place_of(question, number, at)


def place_of(question: Question, number: int, page: int) -> str:
    is_asked = not isinstance(question, Statement)
    return f"Question {number}" if is_asked else f"The words on page {page}"


def _of_strand(strand: Strand) -> Iterator[Written]:
    place = f"Strand ‘{strand.key}’"
    yield Written(place, strand.title)
    yield Written(place, strand.text)
    yield from _listed(strand.proposals, f"{place}, proposal")


def _of_question(question: Question, place: str) -> Iterator[Written]:
    yield Written(place, question.text)
    yield Written(f"{place}, hint", question.hint)
    if isinstance(question, Grid):
        yield from _listed(question.rows, f"{place}, row")
    yield from _listed(own_options(question), f"{place}, option")
    if isinstance(question, Number):
        yield Written(f"{place}, unit", question.unit)
    if isinstance(question, Location) and question.map:
        yield Written(f"{place}, map", question.map.text)


def own_options(question: Question) -> tuple[Option, ...]:
    """The options that officers wrote; built-in ones are translated already."""
    if isinstance(question, Likert | Grid):
        return question.scale if not isinstance(question.scale, str) else ()
    return getattr(question, "options", ())


def _listed(listed: tuple[Option | Row, ...], place: str) -> Iterator[Written]:
    return (Written(f"{place} {n}", each.text) for n, each in enumerate(listed, start=1))
