"""The outline of a questionnaire: its pages and questions on a line each, as officers edit them."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from surveys.questionnaire import Page, Question, Questionnaire, Statement, say, type_name
from surveys.routing import condition_words
from surveys.translated import missing

KIND_WORDS: Mapping[str, str] = {
    "text": "Short answer",
    "long_text": "Long answer",
    "number": "Number",
    "date": "Date",
    "email": "Email address",
    "postcode": "Postcode",
    "single": "Choose one",
    "multiple": "Choose several",
    "dropdown": "Choose from a list",
    "likert": "Scale",
    "grid": "Grid of scales",
    "ranking": "Put in order",
    "upload": "Upload a file",
    "location": "Place",
    "statement": "Words only",
}
"""What officers call each type of question."""


class QuestionLine(Struct, frozen=True):
    """`number` counts what is asked, so a statement has 0. `when` is the condition in words, and
    `missing` counts the texts that some language lacks."""

    key: str
    number: int
    text: str
    kind: str
    required: bool
    when: str
    missing: int


class PageLine(Struct, frozen=True):
    key: str
    number: int
    title: str
    missing: int
    questions: tuple[QuestionLine, ...]
    strand: str = ""


def outline(questionnaire: Questionnaire) -> tuple[PageLine, ...]:
    """Every page with its questions, in the default language."""
    language = questionnaire.languages[0]
    strands = {each.key: say(each.title, language) for each in questionnaire.strands}
    line = _lines(questionnaire)
    return tuple(
        PageLine(
            key=page.key,
            number=number,
            title=say(page.title, language),
            missing=missing(Page(page.title, ()), questionnaire.languages),
            questions=tuple(line(question) for question in page.questions),
            strand=strands.get(page.strand, ""),
        )
        for number, page in enumerate(questionnaire.pages, start=1)
    )


def _lines(questionnaire: Questionnaire) -> Callable[[Question], QuestionLine]:
    languages = questionnaire.languages
    asked = questionnaire.by_key()
    counted = [each.key for each in questionnaire.questions if not isinstance(each, Statement)]
    numbers = {key: number for number, key in enumerate(counted, start=1)}

    def line(question: Question) -> QuestionLine:
        condition = question.show_if
        return QuestionLine(
            key=question.key,
            number=numbers.get(question.key, 0),
            text=say(question.text, languages[0]),
            kind=KIND_WORDS[type_name(question)],
            required=question.required,
            when=condition_words(condition, asked, languages[0]) if condition else "",
            missing=missing(question, languages),
        )

    return line
