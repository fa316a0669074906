"""Whether the words ask one thing at a time, fairly, and so that people understand them.

The rules are written for English. Words in other languages are left to those who speak them.
"""

from collections.abc import Iterator

from surveys.consultation import ABOUT_TEXTS, About
from surveys.questionnaire import Grid, Likert, Question, Questionnaire, Statement, say
from surveys.readiness.concern import Check, Concern, Kind, listed
from surveys.readiness.texts import places, written
from surveys.typed import shortened
from surveys.wording.acronyms import unexplained
from surveys.wording.double_barrelled import double_barrelled
from surveys.wording.leading import leading
from surveys.wording.reading_age import FEWEST_WORDS, hardest, reading

ENGLISH = "en"
OLDEST_READER = 14
"""The end of lower secondary school."""
HARDEST_SENTENCE = 21
LONG_SENTENCE = 20

_PRINCIPLE = "principle A of the Cabinet Office’s Consultation Principles (2018)"
_TEXTBOOK = (
    "Krosnick and Presser, Question and Questionnaire Design, in the Handbook of Survey Research "
    "(2010)"
)

LEADING = Check(
    "leading",
    Kind.WORDS,
    "A question may lead people to an answer",
    "No question was found to lead people to an answer",
    "An answer that the question asked for shows little of what people think, and people tend to "
    f"agree with what is put to them: {_TEXTBOOK}.",
    "Ask evenly, like “How far do you agree or disagree?”, and leave out words that judge",
    "questionnaire/edit",
)
DOUBLE = Check(
    "double_barrelled",
    Kind.WORDS,
    "A question may ask two things at once",
    "No question was found to ask two things at once",
    "Whoever thinks one thing of the first and another of the second cannot answer, and nobody can "
    f"tell what the answers were to: {_TEXTBOOK}.",
    "Make two questions of it, or ask about one of the two",
    "questionnaire/edit",
)
ACRONYMS = Check(
    "acronyms",
    Kind.WORDS,
    "Short forms are not explained",
    "Short forms are explained or well known",
    f"“Use plain English and avoid acronyms”: {_PRINCIPLE}. GOV.UK’s style guide explains one "
    "where it is first used, unless it is well known.",
    "Write it out, or explain it once, like “Voluntary and Community Sector (VCS)”",
    "questionnaire/edit",
)
READING_AGE = Check(
    "reading_age",
    Kind.WORDS,
    "The words are hard to read",
    "The words can be read at 14",
    f"“Make them easy to understand and easy to answer”: {_PRINCIPLE}. Success criterion 3.1.5 of "
    "WCAG 2.2 asks for an easier version of what is beyond lower secondary school, which ends at "
    "14. Measured by the Flesch–Kincaid grade plus five years, so in English only, and only "
    "roughly; a single sentence is named from 21 years.",
    "Use shorter sentences and everyday words, above all in the sentences that are named",
    "questionnaire/edit",
)
CHECKS = (LEADING, DOUBLE, ACRONYMS, READING_AGE)


def worded_badly(questionnaire: Questionnaire, about: About) -> Iterator[Concern]:
    """Only what is written in English is looked at."""
    if ENGLISH in questionnaire.languages:
        yield from _leading(questionnaire)
        yield from _double(questionnaire)
        yield from _acronyms(questionnaire, about)
        yield from _hard(questionnaire, about)


def _leading(questionnaire: Questionnaire) -> Iterator[Concern]:
    found = [
        f"{place}, “{shortened(text)}”: {why}."
        for question, place, text in _asked(questionnaire)
        if (why := leading(text, both_ends=isinstance(question, Likert | Grid)))
    ]
    if found:
        yield LEADING.concern(*listed(found))


def _double(questionnaire: Questionnaire) -> Iterator[Concern]:
    found = [
        f"{place}, “{shortened(text)}”: {why}."
        for _, place, text in _asked(questionnaire)
        if (why := double_barrelled(text))
    ]
    if found:
        yield DOUBLE.concern(*listed(found))


def _asked(questionnaire: Questionnaire) -> Iterator[tuple[Question, str, str]]:
    """What is asked, with its place: each question, and each row of a grid."""
    for _, question, place in places(questionnaire):
        if not isinstance(question, Statement):
            yield question, place, say(question.text, ENGLISH)
        for number, row in enumerate(getattr(question, "rows", ()), start=1):
            yield question, f"{place}, row {number}", say(row.text, ENGLISH)


def _acronyms(questionnaire: Questionnaire, about: About) -> Iterator[Concern]:
    first: dict[str, str] = {}
    texts = [*_about(about), *_texts(questionnaire)]
    for form in unexplained(text for _, text in texts):
        place = next((place for place, text in texts if form in text), "")
        first.setdefault(form, place)
    if first:
        yield ACRONYMS.concern(
            *listed(f"{form}: {place.lower()}." for form, place in first.items())
        )


def _hard(questionnaire: Questionnaire, about: About) -> Iterator[Concern]:
    texts = [text for _, text in (*_about(about), *_texts(questionnaire))]
    read = reading(texts)
    worst = hardest(texts, count=3, least_words=LONG_SENTENCE)
    named = [each for each in worst if reading([each]).age >= HARDEST_SENTENCE]
    if read.words >= FEWEST_WORDS and read.age > OLDEST_READER:
        yield READING_AGE.concern(f"The reading age is {read.age}.", *map(_quoted, worst))
    elif named:
        yield READING_AGE.concern(*map(_quoted, named))


def _quoted(sentence: str) -> str:
    return f"“{shortened(sentence, 160)}” has a reading age of {reading([sentence]).age}."


def _texts(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    return ((each.place, each.said(ENGLISH)) for each in written(questionnaire))


def _about(about: About) -> Iterator[tuple[str, str]]:
    return (("What people read first", about.said(name, ENGLISH)) for name in ABOUT_TEXTS)
