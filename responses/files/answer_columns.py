"""The answers to one version turned into whole columns: choices from the coded bytes, the rest from
the records."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec
import numpy as np
import polars as pl
from msgspec import Struct
from numpy.typing import NDArray

from responses.files.export_columns import Converter, ExportColumn, Kind
from responses.response import private_kinds
from surveys.coded import CodeTable, Column, code_table
from surveys.consultation import Version
from surveys.questionnaire import OTHER

NOT_ASKED = object()
"""Stands for the answer to a question that a person's route, or version, did not ask."""

Cells = Sequence[Any] | pl.Series
Codes = NDArray[np.uint8]


class AnswerColumns:
    """The columns that are `wanted` of a version's responses: None where there is no answer, or
    NOT_ASKED where that is to be told. `converters` are applied to answers."""

    def __init__(
        self,
        wanted: Sequence[ExportColumn],
        version: Version,
        converters: Mapping[Kind, Converter],
        *,
        tell_not_asked: bool = False,
    ) -> None:
        table = code_table(version.questionnaire)
        private = private_kinds(version.questionnaire)
        self._width = table.width
        self._size = len(wanted)
        self._choices: dict[int, tuple[Column, pl.Expr]] = {}
        self._typed: dict[int, tuple[str, str, Converter | None]] = {}
        for place, column in enumerate(wanted):
            field, row = column.sources.get(version.id, ("", ""))
            convert = converters.get(column.kind)
            # What is kept apart from the record can be erased apart from it too.
            coded = None if field in private else _choice(table, field, row)
            if coded is not None:
                words = _words(coded, convert).gather(pl.col(str(place))).alias(str(place))
                self._choices[place] = coded, words
            elif field:
                self._typed[place] = field, row, convert
        self._read = _reader([field for field, _, _ in self._typed.values()])
        fields = [column.sources.get(version.id, ("", ""))[0] for column in wanted]
        self._states = _states(table, fields) if tell_not_asked else ()

    def of(self, records: Sequence[str], coded: Sequence[bytes]) -> list[Cells]:
        """A list, or a series, for each column. A record is an object in JSON."""
        columns: list[Cells] = [[None] * len(records)] * self._size
        codes = _codes(coded, self._width)
        for place, chosen in self._chosen(codes):
            columns[place] = chosen
        answers = self._read(records)
        for (place, (_, row, convert)), given in zip(self._typed.items(), answers, strict=True):
            columns[place] = _converted(given, row, convert)
        for place, state in enumerate(self._states):
            asked = [False] * len(records) if state is None else codes[:, state].tolist()
            columns[place] = _told(columns[place], asked)
        return columns

    def _chosen(self, codes: Codes) -> Iterable[tuple[int, pl.Series]]:
        # All of them in one query: each has a cost of its own.
        numbers = {str(place): _numbers(codes, each) for place, (each, _) in self._choices.items()}
        words = pl.DataFrame(numbers).select(words for _, words in self._choices.values())
        return zip(self._choices, words.get_columns(), strict=True)


def _choice(table: CodeTable, field: str, row: str) -> Column | None:
    """The coded column that says the same as this field of the record, where there is one."""
    of_field = (each for each in table.columns if each.question == field and each.kind == "choice")
    return next((each for each in of_field if (each.row or "") == row), None)


def _words(column: Column, convert: Converter | None) -> pl.Expr:
    """What each number of the column stands for, none first."""
    values = [convert(value) if convert else value for value in column.values]
    return pl.lit(pl.Series([None, *values], dtype=pl.String))


def _codes(coded: Sequence[bytes], width: int) -> Codes:
    return np.frombuffer(b"".join(coded), np.uint8).reshape(len(coded), width)


def _numbers(codes: Codes, column: Column) -> NDArray[np.uint32]:
    numbers = codes[:, column.offset].astype(np.uint32)
    return numbers if column.width == 1 else numbers + 256 * codes[:, column.offset + 1]


def _reader(fields: Sequence[str]) -> Callable[[Sequence[str]], Iterable[Sequence[Any]]]:
    """Takes just these fields out of records, field by field; None where a record has it not."""
    names = {field: f"a{place}" for place, field in enumerate(dict.fromkeys(fields))}
    if not names:
        return lambda records: ()
    shape = msgspec.defstruct(
        "Record",
        [(name, Any, None) for name in names.values()],
        rename={name: field for field, name in names.items()},
    )
    decoder = msgspec.json.Decoder(shape)
    take = [attrgetter(names[field]) for field in fields]

    def read(records: Sequence[str]) -> Iterable[Sequence[Any]]:
        # JSON as we store it has no line breaks of its own.
        taken = decoder.decode_lines("\n".join(records))
        return [[*map(each, taken)] for each in take]

    return read


def _converted(given: Sequence[Any], row: str, convert: Converter | None) -> Sequence[Any]:
    if row:
        given = [None if answer is None else answer.get(row) for answer in given]
    if convert is None:
        return given
    return [None if cell is None else convert(cell) for cell in given]


def _told(cells: Cells, asked: Sequence[bool]) -> list[Any]:
    both = zip(cells, asked, strict=True)
    return [NOT_ASKED if cell is None and not was else cell for cell, was in both]


def _states(table: CodeTable, fields: Sequence[str]) -> list[int | None]:
    """Where the coded bytes say whether each column's question was asked."""
    offsets = {each.question: each.offset for each in table.columns if each.kind == "state"}
    return [offsets.get(field.removesuffix(f".{OTHER}")) for field in fields]


class Stored(Struct, frozen=True):
    """What is read of responses: a sequence for each thing, in the same order."""

    records: Sequence[str]
    coded: Sequence[bytes]
    versions: Sequence[int]

    def of(self, version: int) -> tuple[list[int], "Stored"]:
        """The places of one version's, and what is there."""
        places = [at for at, each in enumerate(self.versions) if each == version]
        records = [self.records[at] for at in places]
        return places, Stored(records, [self.coded[at] for at in places], [version] * len(places))


def answer_columns(stored: Stored, readers: Mapping[int, AnswerColumns]) -> list[Cells]:
    """The columns of responses to several versions, in the order of the responses."""
    versions = dict.fromkeys(stored.versions)
    if len(versions) == 1:
        (version,) = versions
        return readers[version].of(stored.records, stored.coded)
    found: list[list[Any]] = []
    for version in versions:
        places, own = stored.of(version)
        columns = readers[version].of(own.records, own.coded)
        found = found or [[None] * len(stored.versions) for _ in columns]
        for cells, theirs in zip(found, columns, strict=True):
            for at, cell in zip(places, theirs, strict=True):
                cells[at] = cell
    return list(found)
