"""The columns of an export, over every version of a questionnaire that somebody answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from responses.files.columns import Column, columns
from responses.response import private_kinds
from surveys.choices import choices
from surveys.consultation import Version
from surveys.equivalence import Equivalences
from surveys.questionnaire import (
    OTHER,
    Date,
    Grid,
    Multiple,
    Number,
    Ranking,
    Upload,
    say,
)

LANGUAGE = "en"


class Kind(StrEnum):
    """What its cells hold."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    DATE = "date"
    CHOICE = "choice"
    SEVERAL = "several choices"
    RANKING = "ranking"
    FILES = "number of files"
    MOMENT = "moment"


class ExportColumn(Struct, frozen=True):
    """`sources` are the field and the grid's row that it has in each version, by the version's id;
    `values` every value with its words."""

    name: str
    label: str
    kind: Kind
    values: tuple[tuple[str, str], ...] = ()
    sources: Mapping[int, tuple[str, str]] = {}


ABOUT = (
    ExportColumn("id", "The response", Kind.TEXT),
    ExportColumn("submitted_at", "When it was sent (UTC)", Kind.MOMENT),
    ExportColumn("round", "The round", Kind.WHOLE),
    ExportColumn("channel", "How it reached us", Kind.CHOICE),
)


def export_columns(
    versions: Sequence[Version], same: Equivalences, *, private: bool
) -> tuple[ExportColumn, ...]:
    """Those of the newest version first. Questions that are the same over versions share a column;
    others of the same key have the version's number in its name."""
    found: dict[tuple[str, str], ExportColumn] = {}
    for version in reversed(versions):
        kinds = private_kinds(version.questionnaire)
        names = same.of(version.id)
        for column in columns(version.questionnaire.questions):
            key = column.question.key
            if key in kinds and not private:
                continue
            place = (names.get(key, key), column.part)
            taken = {each.name for each in found.values()}
            found[place] = _joined(found.get(place), column, version, taken)
    return tuple(found.values())


def _joined(
    known: ExportColumn | None, column: Column, version: Version, taken: Iterable[str]
) -> ExportColumn:
    source = {version.id: (column.field, column.row)}
    values = _values(column)
    if known is not None:
        more = tuple(each for each in values if each[0] not in dict(known.values))
        return msgspec.structs.replace(
            known, values=known.values + more, sources={**known.sources, **source}
        )
    name, key = column.name, column.question.key
    if name in taken:
        name = f"{key}_v{version.number}{name.removeprefix(key)}"
    return ExportColumn(name, column.label(LANGUAGE), _kind(column), values, source)


def _values(column: Column) -> tuple[tuple[str, str], ...]:
    if column.part == OTHER and not isinstance(column.question, Grid):
        return ()
    return tuple((each.value, say(each.text, LANGUAGE)) for each in choices(column.question))


def _kind(column: Column) -> Kind:
    question = column.question
    if column.part == OTHER and not isinstance(question, Grid):
        return Kind.TEXT
    if isinstance(question, Number):
        return Kind.WHOLE if question.whole else Kind.NUMBER
    for type_, kind in _KINDS:
        if isinstance(question, type_):
            return kind
    return Kind.CHOICE if choices(question) else Kind.TEXT


_KINDS = (
    (Date, Kind.DATE),
    (Multiple, Kind.SEVERAL),
    (Ranking, Kind.RANKING),
    (Upload, Kind.FILES),
)

Converter = Callable[[Any], Any]


def about_columns(wanted: Iterable[ExportColumn]) -> tuple[ExportColumn, ...]:
    """Those that say what a row is, called so that no question is called the same."""
    taken = {each.name for each in wanted}
    return tuple(
        msgspec.structs.replace(each, name=f"_{each.name}") if each.name in taken else each
        for each in ABOUT
    )
