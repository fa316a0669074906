"""The closed questions of a report: public tallies joined with the words that were asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import UnsetType
from msgspec.structs import replace

from analysis.asked import AskedInWords, asked_in_words
from analysis.counting import Names
from analysis.tally import OptionTally, QuestionTally, RowTally, Tally
from publications.report import ReportedItem, ReportedOption, ReportedQuestion
from surveys.questionnaire import LongText, Questionnaire, ShortText, say

Words = Mapping[str, str]
Given = TypeVar("Given")


def closed_questions(
    tally: Tally, versions: Sequence[Questionnaire], names: Sequence[Names] = ()
) -> tuple[ReportedQuestion, ...]:
    """Every question with options that anyone was asked, worded as in its newest version.

    `versions` are all that the tally was made of, newest first; `tally` is the public one, in
    which small numbers are left out.
    """
    pairs = zip(tally.questions, asked_in_words(versions, names), strict=True)
    return tuple(_each_key_once(_question(one, asked) for one, asked in pairs if _was_asked(one)))


def written_questions(versions: Sequence[Questionnaire]) -> tuple[str, ...]:
    """The words of every question answered in words, each once, newest version first."""
    words: dict[str, str] = {}
    for version in versions:
        for question in version.questions:
            if isinstance(question, ShortText | LongText):
                words.setdefault(question.key, say(question.text, version.languages[0]))
    return tuple(words.values())


def _was_asked(counted: QuestionTally) -> bool:
    has_options = bool(counted.options or _or_none(counted.rows))
    return has_options and (counted.answered, counted.missing) != (0, 0)


def _each_key_once(questions: Iterable[ReportedQuestion]) -> Iterator[ReportedQuestion]:
    """A key that a later version gave to another question gets a number, as figures need one."""
    seen: Counter[str] = Counter()
    for question in questions:
        seen[question.key] += 1
        times = seen[question.key]
        yield question if times == 1 else replace(question, key=f"{question.key}-{times}")


def _question(counted: QuestionTally, asked: AskedInWords) -> ReportedQuestion:
    rows = _or_none(counted.rows)
    items = tuple(_row(row, asked) for row in rows) if rows else (_whole(counted, asked.options),)
    return ReportedQuestion(
        key=counted.key,
        type=counted.type,
        text=asked.title,
        items=items,
        special_category=asked.form.special_category,
    )


def _row(counted: RowTally, asked: AskedInWords) -> ReportedItem:
    return ReportedItem(
        row=counted.value,
        text=asked.rows.get(counted.value, counted.value),
        answered=counted.answered,
        missing=counted.missing,
        not_routed=counted.not_routed,
        options=_options(counted.options, asked.options),
        scored=counted.scored,
        agree=counted.agree,
        disagree=counted.disagree,
        net=counted.net,
        interval=counted.interval,
    )


def _whole(counted: QuestionTally, words: Words) -> ReportedItem:
    return ReportedItem(
        row="",
        text="",
        answered=counted.answered,
        missing=counted.missing,
        not_routed=counted.not_routed,
        options=_options(counted.options, words),
        scored=_or_none(counted.scored),
        agree=_or_none(counted.agree),
        disagree=_or_none(counted.disagree),
        net=_or_none(counted.net),
        interval=_or_none(counted.interval),
    )


def _or_none(figure: Given | UnsetType | None) -> Given | None:
    return None if isinstance(figure, UnsetType) else figure


def _options(counted: Iterable[OptionTally], words: Words) -> tuple[ReportedOption, ...]:
    return tuple(
        ReportedOption(
            value=one.value, text=words.get(one.value, one.value), n=one.n, share=one.share
        )
        for one in counted
    )
