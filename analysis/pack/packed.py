"""What a results file is made of, and the words that stand in each of them."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from analysis.narrowing import Narrowing
from analysis.other import OtherCoded
from analysis.pack.lines import Beside, lines, side_by_side
from analysis.quantities import Band
from analysis.question.read import QuestionRead
from analysis.question.several import add_up_words
from analysis.question.shares import shares
from analysis.question.words import sentences
from analysis.reach.standing import ReachStanding
from analysis.statements import Standing
from analysis.wording import FEW
from app.words import date_words
from responses.ledger import Ledger
from surveys.consultation import Consultation
from surveys.typed import tidy

OPEN_TO_ALL = (
    "Whoever answered chose to. The figures say what they think, and not what everybody thinks "
    "who could have answered."
)


class View(Struct, frozen=True):
    """Every question, of some of the responses: of a round, or of all that are looked at."""

    words: str
    reads: tuple[QuestionRead, ...]


class Packed(Struct, frozen=True, eq=False):
    """`views` begin with all that are looked at; the rounds among them follow where there are
    several. `narrowed` says in words who is looked at, empty for everybody. `coded` are the figures
    with “other” coded in, by question. Without `full`, small numbers are hidden."""

    consultation: Consultation
    narrowing: Narrowing
    narrowed: str
    views: tuple[View, ...]
    coded: Mapping[str, OtherCoded]
    ledger: Ledger
    reach: ReachStanding
    statements: tuple[Standing, ...]
    bands: tuple[Band, ...]
    made_on: date
    full: bool

    @property
    def reads(self) -> tuple[QuestionRead, ...]:
        return self.views[0].reads

    @property
    def base(self) -> int:
        return self.reads[0].base if self.reads else self.reach.base

    @property
    def made(self) -> str:
        return date_words(self.made_on, None)

    def beside(self, at: int) -> tuple[Beside, ...]:
        """The lines of one question, views side by side; “other” is coded in for all together."""
        read = self.reads[at]
        first = lines(read, self.coded.get(read.asked.form.key))
        return side_by_side([first, *(lines(view.reads[at]) for view in self.views[1:])])

    def about(self) -> tuple[tuple[str, str], ...]:
        """What the file is, and how it is to be read."""
        rounds = self.narrowing.rounds or tuple(each.number for each in self.consultation.rounds)
        told = (
            ("Consultation", self.consultation.title),
            ("Rounds", ", ".join(map(str, rounds)) or "None yet"),
            ("Only these responses", self.narrowed or "All that were analysed"),
            ("Responses looked at", f"{self.base:,}"),
            ("Made on", self.made),
            ("Demonstration", "The answers are invented." if self.consultation.invented else ""),
            ("About these figures", self.consultation.caveat),
            ("Who answers", OPEN_TO_ALL),
            *_HOW_TO_READ,
            ("Small numbers", self._small_numbers),
        )
        return tuple(each for each in told if each[1])

    @property
    def _small_numbers(self) -> str:
        if self.full:
            return "Every number is shown: take care whom you give this file to."
        return (
            f"Of questions about protected characteristics, numbers under "
            f"{self.consultation.threshold} are “hidden”, and those that would give them away."
        )


_HOW_TO_READ = (
    (
        "Shares",
        "Each is of those who answered the question. No answer, and not asked, stand apart. Where "
        "a scale offers no opinion, that is an answer, and on neither side of the scale.",
    ),
    (
        "Several answers",
        "Where people could choose several, the shares can exceed 100% together.",
    ),
    (
        "Intervals",
        "Wilson’s, at 95%: how far a share could lie from this by chance alone, were those who "
        "answered drawn at random. They were not, so it is the least that is unknown.",
    ),
    (
        "Few answers",
        f"Where fewer than {FEW} answered, counts say more than shares.",
    ),
)


def notes(read: QuestionRead) -> tuple[str, ...]:
    asked, answered = read.asked, read.cells.answered
    told = []
    if asked.form.type == "multiple":
        told.append(add_up_words(shares(asked, read.cells)))
    if asked.form.type == "ranking":
        told.append(
            "Shares are of what each person put first. The mean rank is of those who ranked the "
            "option, 1 being best. Borda points are a ballot’s mean: one for each option ranked "
            "below, and options left unranked share what is left."
        )
    if answered and answered < FEW:
        told.append(f"Fewer than {FEW} answered: their counts say more than their shares.")
    return tuple(told)


def said(read: QuestionRead) -> str:
    return printable(sentences(read.asked, read.cells, read.rows, read.measured))


def is_drawn(read: QuestionRead) -> bool:
    """A question of words has nothing to draw."""
    return bool(read.asked.form.values or (read.measured and read.measured.bands))


def printable(text: str) -> str:
    """Without what no Office file may hold: control characters and broken halves of characters."""
    return "".join(each for each in tidy(text) if each not in "\ufffe\uffff")
