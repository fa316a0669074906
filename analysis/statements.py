"""Statements of counted answers: made by rule, or in somebody's words, and bound to the data."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.quantities import (
    ALL,
    BANDS,
    NONE,
    Band,
    Conflict,
    Stated,
    of_all,
    restated,
    said,
    stated,
    words_found,
)
from analysis.tally import OptionTally, QuestionTally, RowTally
from analysis.wording import FEW
from app.problems import Problem
from app.speech import ENGLISH, Speech, speech

LONGEST = 400
_PER_CENT = re.compile(r"\d\s*(?:%|per\s?cent)", re.IGNORECASE)


class Bound(Struct, frozen=True):
    """What a statement counts: those who gave any of these answers, of those who answered. Several
    answers are of a question that takes one. `round_number` None: all rounds together."""

    question: str
    row: str = ""
    values: tuple[str, ...] = ()
    round_number: int | None = None


class Kept(Struct, frozen=True, kw_only=True):
    """A statement on record. `sentence` is somebody's own; empty: the program words it. `written`
    is the word as it stood when the statement was kept, with its numbers."""

    id: int
    bound: Bound
    written: Stated
    sentence: str
    in_report: bool
    written_by: str
    written_at: datetime


class Did(StrEnum):
    """What those who are counted did."""

    AGREED = "agreed"
    DISAGREED = "disagreed"
    ANSWERED = "answered"
    PUT_FIRST = "put_first"


class Saying(Struct, frozen=True, kw_only=True):
    """What a sentence by rule is made of, apart from its numbers."""

    did: Did
    question: str
    row: str
    answers: tuple[str, ...]
    round_number: int | None


class Offer(Struct, frozen=True):
    """A statement that could be kept."""

    bound: Bound
    saying: Saying
    now: Stated

    def sentence(self, bands: Sequence[Band]) -> str:
        return by_rule(self.saying, self.now, bands)


class Standing(Struct, frozen=True, kw_only=True):
    """A statement beside the data. Without `now` there are no numbers that may be published; with
    `saying` None its question or answer is asked no more. `key` is the question's own in the
    newest version that asks it; `sensitive`: it is about a special category, or follows one."""

    kept: Kept
    saying: Saying | None
    now: Stated | None
    key: str = ""
    sensitive: bool = False
    bands: tuple[Band, ...] = BANDS

    @property
    def is_own(self) -> bool:
        return bool(self.kept.sentence)

    @property
    def conflict(self) -> Conflict | None:
        if self.now is None:
            return None
        held = restated(
            self.kept.written, self.now.n, self.now.base, by_hand=self.is_own, bands=self.bands
        )
        return held if isinstance(held, Conflict) else None

    @property
    def has_changed(self) -> bool:
        """Whether the program has put another word since it was kept."""
        return not self.is_own and self.now is not None and self.now.word != self.kept.written.word

    @property
    def numbers(self) -> str:
        return of_all(self.now) if self.now else ""

    @property
    def words(self) -> str:
        """As it would be printed in English."""
        if self.saying is None or self.now is None:
            return self.kept.sentence
        if self.is_own:
            return with_numbers(self.kept.sentence, self.now, speech(ENGLISH))
        return by_rule(self.saying, self.now, self.bands)

    @property
    def to_begin_with(self) -> str:
        """What somebody who words it themselves begins with."""
        if self.is_own or self.saying is None or self.now is None:
            return self.kept.sentence
        return by_rule(self.saying, self.now, self.bands, numbers=False)


def by_rule(
    saying: Saying,
    now: Stated,
    bands: Sequence[Band],
    *,
    speaks: Speech | None = None,
    numbers: bool = True,
) -> str:
    """Like “Most of those who answered (54 of 78, 69%) agreed with ‘Parks should open later’.”
    In another language it is markup, in which the council's English is marked."""
    spoken = speaks or speech(ENGLISH)
    people = _people(now, bands, spoken, numbers=numbers)
    question, answer = _question(saying, spoken), _answers(saying, spoken)
    match saying.did:
        case Did.AGREED:
            made = spoken.say("{people} agreed with {question}.", people=people, question=question)
        case Did.DISAGREED:
            made = spoken.say(
                "{people} disagreed with {question}.", people=people, question=question
            )
        case Did.PUT_FIRST:
            made = spoken.say(
                "{people} put {answer} first for {question}.",
                people=people,
                answer=answer,
                question=question,
            )
        case Did.ANSWERED:
            made = spoken.say(
                "{people} answered {answer} to {question}.",
                people=people,
                answer=answer,
                question=question,
            )
    made = made[0].upper() + made[1:]
    if saying.round_number is None:
        return made
    return spoken.say("Round {number}: {sentence}", number=saying.round_number, sentence=made)


def _people(now: Stated, bands: Sequence[Band], speaks: Speech, *, numbers: bool) -> str:
    if now.base < FEW:
        return speaks.say("{counts} who answered", counts=of_all(now, speaks))
    word = said(now, bands, speaks)
    if not numbers:
        # “Answered” twice in a row is no sentence to begin with.
        return speaks.say("{word} of those who replied", word=word)
    return speaks.say(
        "{word} of those who answered ({numbers})", word=word, numbers=of_all(now, speaks)
    )


def _question(saying: Saying, speaks: Speech) -> str:
    title = _quoted(saying.question, speaks)
    return _quoted(saying.row, speaks) + " (" + title + ")" if saying.row else title


def _answers(saying: Saying, speaks: Speech) -> str:
    return speaks.listed([_quoted(each, speaks) for each in saying.answers], either=True)


def _quoted(words: str, speaks: Speech) -> str:
    return speaks.quoted(speaks.marked(words.removesuffix("."), ENGLISH))


def with_numbers(sentence: str, now: Stated, speaks: Speech) -> str:
    """Somebody's sentence with n and base after it, unless it says them itself."""
    numbers = of_all(now, speaks)
    if numbers in sentence:
        return sentence
    body = sentence.rstrip()
    end = body[-1] if body[-1:] in (".", "!", "?") else ""
    return f"{body.removesuffix(end)} ({numbers}){end or '.'}"


def sentence_problems(sentence: str, now: Stated, bands: Sequence[Band]) -> tuple[Problem, ...]:
    """What keeps somebody's own sentence from being bound to these numbers: it says the word of
    the bands that they are, and no other."""
    return tuple(Problem("sentence", words) for words in _sentence_problems(sentence, now, bands))


def _sentence_problems(sentence: str, now: Stated, bands: Sequence[Band]) -> Iterator[str]:
    if not sentence.strip():
        yield "Write the sentence, or let the program word it"
        return
    if len(sentence) > LONGEST:
        yield f"Use {LONGEST} characters or fewer; you used {len(sentence):,}"
    if _PER_CENT.search(sentence):
        yield f"Leave the percentage out: {of_all(now)} is printed after the sentence"
    found = dict.fromkeys(words_found(sentence, bands))
    if now.word not in found and not _says(sentence, now.word):
        yield f"Say “{now.word}” in the sentence: that is what {of_all(now)} is"
    for other in found:
        if other != now.word:
            yield f"“{other}” is another share than {of_all(now)}: leave it out"


def _says(sentence: str, word: str) -> bool:
    """For “all”, “none” and counts, which are no bands."""
    is_said = re.search(rf"\b{re.escape(word)}\b", sentence, re.IGNORECASE) is not None
    return is_said and (word in (ALL, NONE) or word[:1].isdigit())


def counted(question: QuestionTally, bound: Bound) -> tuple[int, int] | None:
    """n and base of what is bound; None where they are hidden, or nobody answered."""
    item = _item(question, bound)
    if item is None or not item.answered:
        return None
    options: dict[str, OptionTally] = {option.value: option for option in item.options}
    numbers = [options[value].n if value in options else None for value in bound.values]
    shown = [n for n in numbers if n is not None]
    return (sum(shown), item.answered) if len(shown) == len(numbers) else None


def _item(question: QuestionTally, bound: Bound) -> QuestionTally | RowTally | None:
    wanted = question
    if bound.round_number is not None:
        rounds = question.rounds if isinstance(question.rounds, tuple) else ()
        found = next((each for each in rounds if each.round == bound.round_number), None)
        if found is None:
            return None
        wanted = found
    if not bound.row:
        return wanted
    rows = wanted.rows if isinstance(wanted.rows, tuple) else ()
    return next((row for row in rows if row.value == bound.row), None)


def can_be_bound(asked: AskedInWords, bound: Bound) -> bool:
    """Whether the question has this row and these answers, and takes one answer where several are
    counted together: people who chose two of them would count twice."""
    form = asked.form
    return (
        bool(bound.values)
        and set(bound.values) <= set(form.values)
        and (bound.row in form.rows if form.rows else not bound.row)
        and (len(bound.values) == 1 or form.type != "multiple")
    )


def saying_of(asked: AskedInWords, bound: Bound) -> Saying:
    return Saying(
        did=_did(asked, bound),
        question=asked.title,
        row=asked.rows.get(bound.row, ""),
        answers=tuple(asked.options[value] for value in asked.form.values if value in bound.values),
        round_number=bound.round_number,
    )


def _did(asked: AskedInWords, bound: Bound) -> Did:
    top, bottom = sides_of(asked)
    if asked.form.type == "ranking":
        return Did.PUT_FIRST
    # Nobody agrees with “How far do you agree?”.
    is_question = asked.rows.get(bound.row, asked.title).rstrip().endswith("?")
    agrees = top[:2] == ("strongly_agree", "agree") and not is_question
    if agrees and set(bound.values) in (set(top), set(bottom)):
        return Did.AGREED if set(bound.values) == set(top) else Did.DISAGREED
    return Did.ANSWERED


def sides_of(asked: AskedInWords) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The points above and below the middle of a scale."""
    points = asked.form.points
    half = len(points) // 2
    return points[:half], points[len(points) - half :]


def offered(
    asked: AskedInWords, question: QuestionTally, bands: Sequence[Band], round_number: int | None
) -> tuple[Offer, ...]:
    """Every statement that rule can make of a question: both sides of a scale, or each answer. Of
    numbers that may not be published there is none."""
    every = (offer_of(asked, question, bound, bands) for bound in _bounds(asked, round_number))
    return tuple(offer for offer in every if offer)


def offer_of(
    asked: AskedInWords, question: QuestionTally, bound: Bound, bands: Sequence[Band]
) -> Offer | None:
    numbers = counted(question, bound) if can_be_bound(asked, bound) else None
    if numbers is None:
        return None
    n, base = numbers
    return Offer(bound, saying_of(asked, bound), stated(n, base, bands))


def _bounds(asked: AskedInWords, round_number: int | None) -> Iterator[Bound]:
    sides = sides_of(asked) if asked.form.points else ((value,) for value in asked.form.values)
    parts = tuple(part for part in sides if part)
    for row in asked.form.rows or ("",):
        yield from (Bound(asked.form.key, row, part, round_number) for part in parts)
