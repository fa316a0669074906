"""Rows of a file held against the questions: each a response fit to keep, or told what is wrong."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from responses.files.asking import AskedOfRows
from responses.files.columns import ABOUT_A_ROW
from responses.files.matching import Rejected, about_a_row
from responses.response import ANALYSED, Channel, PrivateAnswer, private_kinds, question_of
from surveys.coded import CodeTable, Column, code_table
from surveys.questionnaire import LongText, Questionnaire, ShortText, Statement
from surveys.routing import holds
from surveys.typed import shortened

LONGEST_ID = 200
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class CheckedRow(Struct, frozen=True):
    """A response as it will be stored, private answers apart. `id` is what the file calls it;
    `answers` are all of them, from which a retry is told."""

    row: int
    id: str
    submitted_at: datetime
    channel: str
    answers: dict[str, Any]
    record: dict[str, Any]
    texts: list[tuple[str, str]]
    private: list[PrivateAnswer]
    coded: bytes


class Import(Struct, frozen=True):
    """What is the same for every row. `values` are somebody's words on what the file writes."""

    questionnaire: Questionnaire
    round_number: int
    channel: Channel
    now: datetime
    zone: ZoneInfo
    values: Mapping[str, Mapping[str, str]]


class RowChecks:
    """Holds rows against a questionnaire one after another, and counts the answers that the route
    left out, by question."""

    def __init__(self, of: Import, places: Mapping[str, int], *, as_text: bool) -> None:
        self._of = of
        questionnaire = of.questionnaire
        self._keys = questionnaire.by_key()
        tables = _tables(code_table(questionnaire))
        self._asked = [
            AskedOfRows(
                question,
                places,
                table=tables[question.key],
                said=of.values.get(question.key, {}),
                as_text=as_text,
            )
            for question in questionnaire.questions
            if not isinstance(question, Statement)
        ]
        self._about = {
            name: places[about_a_row(name)] for name in ABOUT_A_ROW if about_a_row(name) in places
        }
        self._kinds = private_kinds(questionnaire)
        self._texts = [
            question.key
            for question in questionnaire.questions
            if isinstance(question, ShortText | LongText) and question.key not in self._kinds
        ]
        self._channel = of.channel.value
        self.left_out: Counter[str] = Counter()

    def check(self, number: int, row: Sequence[Any]) -> CheckedRow | list[Rejected]:
        wrong: list[Rejected] = []
        known: dict[str, Any] = {}
        answers: dict[str, Any] = {}
        coded: list[bytes] = []
        for asked in self._asked:
            # Written out, since this is what an import spends its time on.
            mark = asked.mark(row)
            answer = asked.known.get(mark)
            if answer is None:
                answer = asked.looked_up(row, mark)
            if asked.show_if is not None and not holds(asked.show_if, known, self._keys):
                if answer.given:
                    self.left_out[asked.key] += 1
                coded.append(asked.hidden)
                continue
            if answer.problems:
                wrong += [Rejected(number, each.place, each.words) for each in answer.problems]
            known[asked.key] = answer.answer
            if answer.fields:
                answers.update(answer.fields)
            coded.append(answer.coded)
        about = {name: _text(row[place]) for name, place in self._about.items()}
        sent = self._moment(about.get("submitted_at", ""))
        wrong += self._wrong_about(number, about, sent)
        if wrong or isinstance(sent, str):
            return wrong
        record, private = self._parted(answers)
        return CheckedRow(
            row=number,
            id=about.get("id", ""),
            submitted_at=sent,
            channel=about.get("channel", "").lower() or self._channel,
            answers=answers,
            record=record,
            texts=[(field, answers[field]) for field in self._texts if field in answers],
            private=private,
            coded=b"".join(coded),
        )

    def _parted(self, answers: dict[str, Any]) -> tuple[dict[str, Any], list[PrivateAnswer]]:
        kinds = self._kinds
        apart = [field for field in answers if question_of(field) in kinds] if kinds else []
        if not apart:
            return answers, []
        private = [
            PrivateAnswer(kinds[question_of(field)], field, answers[field]) for field in apart
        ]
        return {field: answers[field] for field in answers if field not in apart}, private

    def _wrong_about(
        self, number: int, about: Mapping[str, str], sent: datetime | str
    ) -> Iterator[Rejected]:
        for name, typed in about.items():
            if name == "submitted_at":
                words = sent if isinstance(sent, str) else ""
            elif name == "round":
                words = self._wrong_round(typed)
            else:
                words = _WRONG[name](typed)
            if words:
                yield Rejected(number, name, words)

    def _wrong_round(self, number: str) -> str:
        if not number or number == str(self._of.round_number):
            return ""
        return (
            f"This row is of round {shortened(number, 20)}, and round {self._of.round_number} is "
            "being imported. Import each round from a file of its own"
        )

    def _moment(self, typed: str) -> datetime | str:
        """When the row was sent: a day alone means its midnight; words where it says no moment."""
        if not typed:
            return self._of.now
        moment = _read_moment(typed, self._of.zone)
        if moment is None or moment < EARLIEST:
            return "Write when it was sent like 2026-03-27 or 2026-03-27T14:30:00+00:00"
        if moment > self._of.now:
            return "This is still to come. Write when it was sent"
        return moment


def _tables(whole: CodeTable) -> dict[str, CodeTable]:
    """The table of each question alone. Put together in the order asked they are the whole."""
    parts: dict[str, list[Column]] = {}
    for column in whole.columns:
        parts.setdefault(column.question, []).append(column)
    return {key: _alone(columns) for key, columns in parts.items()}


def _alone(columns: list[Column]) -> CodeTable:
    start = columns[0].offset
    moved = tuple(replace(column, offset=column.offset - start) for column in columns)
    return CodeTable(moved, sum(column.width for column in columns))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _wrong_id(typed: str) -> str:
    if len(typed) > LONGEST_ID:
        return f"Shorten the id. It can have up to {LONGEST_ID} characters"
    return ""


def _wrong_channel(typed: str) -> str:
    if typed.lower() in ("", *Channel):
        return ""
    return f"Write one of {', '.join(Channel)}, or leave the column out"


def _wrong_status(typed: str) -> str:
    if typed in ("", ANALYSED):
        return ""
    return "Only responses that are in the figures can be imported. Remove the row"


_WRONG: Mapping[str, Callable[[str], str]] = {
    "id": _wrong_id,
    "channel": _wrong_channel,
    "status": _wrong_status,
}


def _read_moment(typed: str, zone: ZoneInfo) -> datetime | None:
    try:
        if len(typed) == len("2026-03-27"):
            return datetime.combine(date.fromisoformat(typed), time(), zone).astimezone(UTC)
        moment = datetime.fromisoformat(typed)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
