"""Responses as whole columns: Parquet, and SPSS with its codes, labels and missing values."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from responses.files.answer_columns import NOT_ASKED, Cells
from responses.files.export_columns import Converter, ExportColumn, Kind
from surveys.questionnaire import DONT_KNOW

_NUMBERS: Mapping[Kind, Converter] = {Kind.NUMBER: float, Kind.WHOLE: int, Kind.FILES: len}
_TIMES: Mapping[Kind, Converter] = {
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
}
_TYPES: Mapping[Kind, Any] = {
    Kind.NUMBER: pl.Float64,
    Kind.WHOLE: pl.Int64,
    Kind.FILES: pl.Int64,
    Kind.DATE: pl.Date,
    Kind.MOMENT: pl.Datetime("us", "UTC"),
    Kind.SEVERAL: pl.List(pl.String),
    Kind.RANKING: pl.List(pl.String),
}


class ParquetWriter:
    """A column for each of the export's, typed; null where there is no answer."""

    converters: Mapping[Kind, Converter] = {**_NUMBERS, **_TIMES}

    def __init__(self, path: Path, columns: Sequence[ExportColumn]) -> None:
        self.notes: list[str] = []
        self._path = path
        self._schema = {each.name: _TYPES.get(each.kind, pl.String) for each in columns}
        self._frames = [pl.DataFrame(schema=self._schema)]

    def write(self, columns: Sequence[Cells]) -> None:
        named = dict(zip(self._schema, columns, strict=True))
        self._frames.append(pl.DataFrame(named, schema=self._schema))

    def close(self) -> None:
        pl.concat(self._frames).write_parquet(self._path)


NO_ANSWER, NOT_ASKED_CODE, DONT_KNOW_CODE = -9, -8, -7
MISSING = {NO_ANSWER: "No answer", NOT_ASKED_CODE: "Not asked", DONT_KNOW_CODE: "Don’t know"}
# What SPSS takes of a text, in bytes, of a variable's name, and of a value's label.
LONGEST_TEXT, LONGEST_NAME, LONGEST_LABEL = 32_767, 64, 120
LONGEST_VARIABLE_LABEL = 250
_RESERVED = frozenset(
    ("ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH")
)
_UNFIT = re.compile(r"[^A-Za-z0-9_.]")


class Variable:
    """One variable of an SPSS file: its column, and the option it stands for among several."""

    def __init__(self, name: str, column: ExportColumn, place: int, option: str = "") -> None:
        self.name = name
        self.column = column
        self.place = place
        self.option = option
        self.codes = _codes(column) if column.kind is Kind.CHOICE and column.values else {}

    @property
    def label(self) -> str:
        words = dict(self.column.values).get(self.option, "")
        said = f"{self.column.label}: {words}" if words else self.column.label
        return said[:LONGEST_VARIABLE_LABEL]

    @property
    def is_coded(self) -> bool:
        return bool(self.codes or self.option)

    @property
    def labels(self) -> dict[int | float, str]:
        """Of each code, missing values among them."""
        if self.column.kind is Kind.SEVERAL:
            return {1: "Chosen", 0: "Not chosen", **_missing_labels()}
        if self.column.kind is Kind.RANKING:
            return {0: "Not ranked", **_missing_labels()}
        words = dict(self.column.values)
        own: dict[int | float, str] = {
            code: words[value][:LONGEST_LABEL] for value, code in self.codes.items()
        }
        return {**own, **_missing_labels()}

    @property
    def type(self) -> Any:
        if self.is_coded:
            return pl.Int64
        if self.column.kind is Kind.MOMENT:
            return pl.Datetime("us")
        return _TYPES.get(self.column.kind, pl.String)

    def value(self, given: Any) -> Any:
        if self.is_coded:
            return self._code(given)
        if given is None or given is NOT_ASKED:
            return "" if self.type == pl.String else None
        if self.type == pl.String:
            return _cut(given)
        return given.replace(tzinfo=None) if isinstance(given, datetime) else given

    def _code(self, given: Any) -> int:
        if given is NOT_ASKED:
            return NOT_ASKED_CODE
        if given is None:
            return NO_ANSWER
        if self.column.kind is Kind.SEVERAL:
            return int(self.option in given)
        if self.column.kind is Kind.RANKING:
            return given.index(self.option) + 1 if self.option in given else 0
        return self.codes[given]


def _missing_labels() -> dict[int | float, str]:
    return {NO_ANSWER: MISSING[NO_ANSWER], NOT_ASKED_CODE: MISSING[NOT_ASKED_CODE]}


def _codes(column: ExportColumn) -> dict[str, int]:
    """Options count from 1 in their order; “don't know” is a missing value in means."""
    values = [value for value, _ in column.values if value != DONT_KNOW]
    codes = {value: number for number, value in enumerate(values, start=1)}
    return {**codes, DONT_KNOW: DONT_KNOW_CODE} if len(values) < len(column.values) else codes


def _cut(text: str) -> str:
    data = text.encode()
    return text if len(data) <= LONGEST_TEXT else data[:LONGEST_TEXT].decode(errors="ignore")


def variables(columns: Sequence[ExportColumn]) -> tuple[Variable, ...]:
    """SPSS knows no lists: each option of several is a variable of its own."""
    found: dict[str, Variable] = {}
    for place, column in enumerate(columns):
        several = column.kind in (Kind.SEVERAL, Kind.RANKING)
        for option in [value for value, _ in column.values] if several else [""]:
            wanted = f"{column.name}.{option}" if option else column.name
            name = _fit_name(wanted, {each.upper() for each in found})
            found[name] = Variable(name, column, place, option)
    return tuple(found.values())


def _fit_name(wanted: str, taken: set[str]) -> str:
    """A name that SPSS takes: it begins with a letter, and case does not tell names apart."""
    start = _UNFIT.sub("_", wanted)[:LONGEST_NAME].rstrip("._")
    start = start if start[:1].isalpha() and start.upper() not in _RESERVED else f"v_{start}"
    name, number = start[:LONGEST_NAME], 1
    while name.upper() in taken:
        number += 1
        name = f"{start[: LONGEST_NAME - 8]}_{number}"
    return name


class SavWriter:
    converters: Mapping[Kind, Converter] = {**_NUMBERS, **_TIMES}

    def __init__(self, path: Path, columns: Sequence[ExportColumn], *, title: str) -> None:
        self.notes: list[str] = []
        self._path = path
        self._title = title[:60]
        self._variables = variables(columns)
        schema = {each.name: each.type for each in self._variables}
        self._schema = schema
        self._frames = [pl.DataFrame(schema=schema)]
        self._cut = 0

    def write(self, columns: Sequence[Cells]) -> None:
        taken = {each.name: [*map(each.value, columns[each.place])] for each in self._variables}
        self._frames.append(pl.DataFrame(taken, schema=self._schema))
        self._cut += sum(_is_too_long(value) for cells in columns for value in cells)

    def close(self) -> None:
        coded = [each for each in self._variables if each.is_coded]
        pyreadstat.write_sav(
            pl.concat(self._frames),
            str(self._path),
            file_label=self._title,
            column_labels={each.name: each.label for each in self._variables},
            variable_value_labels={each.name: each.labels for each in coded},
            missing_ranges={each.name: [{"lo": NO_ANSWER, "hi": DONT_KNOW_CODE}] for each in coded},
            variable_measure={each.name: "nominal" for each in coded},
            row_compress=True,
        )
        if self._cut:
            self.notes.append(
                f"{self._cut:,} answers are longer than the {LONGEST_TEXT:,} bytes that SPSS holds "
                "and were cut. CSV has them whole"
            )


def _is_too_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) * 4 > LONGEST_TEXT and _cut(value) != value


def sav_codebook(columns: Sequence[ExportColumn]) -> tuple[tuple[str, str, str, str, str], ...]:
    """Lines like those of the other forms, by the variables and codes that SPSS has."""
    found = []
    for each in variables(columns):
        holds = "code" if each.is_coded else each.column.kind.value
        empty = "" if each.is_coded else "Empty: no answer, or the question was not asked"
        found.append((each.name, each.label, holds, "", empty))
        if each.is_coded:
            found += [
                (each.name, each.label, holds, str(code), words)
                for code, words in each.labels.items()
            ]
    return tuple(found)
