"""What the columns of an export hold, for people and, for CSV, for programs too."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from responses.files.export_columns import ExportColumn, Kind

NO_ANSWER = "An empty cell: no answer, or the question was not asked"
GUARD = (
    "Text that a spreadsheet would take for a formula (it begins with = + - @) has an apostrophe "
    "before it, which importing takes away again"
)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.]*")
_DATATYPES = {
    Kind.NUMBER: "decimal",
    Kind.WHOLE: "integer",
    Kind.FILES: "integer",
    Kind.DATE: "date",
    Kind.MOMENT: "dateTime",
}

Line = tuple[str, str, str, str, str]


def codebook(columns: Sequence[ExportColumn]) -> tuple[Line, ...]:
    """A line for each column and each of its values: name, question, what it holds, value and
    meaning."""
    return tuple(line for column in columns for line in _lines(column))


def _lines(column: ExportColumn) -> Iterator[Line]:
    yield column.name, column.label, column.kind.value, "", NO_ANSWER
    for value, words in column.values:
        yield column.name, column.label, column.kind.value, value, words


def csv_metadata(columns: Sequence[ExportColumn], *, file: str, title: str) -> dict[str, Any]:
    """Metadata as in the W3C's “Metadata Vocabulary for Tabular Data”."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file,
        "dc:title": title,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "doubleQuote": True, "header": True},
        "notes": [
            {"missing": NO_ANSWER, "guard": GUARD},
            *({"column": each.name, "values": _values(each)} for each in columns if each.values),
        ],
        "tableSchema": {
            "columns": [_described(column, place) for place, column in enumerate(columns, 1)],
            "primaryKey": _name(columns[0], 1),
        },
    }


def _described(column: ExportColumn, place: int) -> dict[str, Any]:
    several = column.kind in (Kind.SEVERAL, Kind.RANKING)
    return {
        "name": _name(column, place),
        "titles": column.name,
        "dc:description": column.label,
        "datatype": _DATATYPES.get(column.kind, "string"),
        **({"separator": ";"} if several else {}),
    }


def _name(column: ExportColumn, place: int) -> str:
    """CSVW's names take fewer characters than values of grids' rows have."""
    return column.name if _NAME.fullmatch(column.name) else f"column{place}"


def _values(column: ExportColumn) -> list[dict[str, str]]:
    return [{"value": value, "meaning": words} for value, words in column.values]
