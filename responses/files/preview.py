"""What a file seems to hold, from its first rows, for somebody to set right."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct

from responses.files.columns import Column, columns, names_about_a_row
from responses.files.matching import FileMap, Match, about_a_row, match
from responses.files.reading import Line, read_rows
from responses.files.values import Values, one_value, several_values, values_of
from surveys.choices import choices
from surveys.questionnaire import OTHER, Multiple, Questionnaire, Ranking, say
from surveys.typed import on_one_line, shortened

ROWS = 1_000
EXAMPLES = 3
LONGEST_EXAMPLE = 60
MOST_VALUES = 20
LANGUAGE = "en"


class ColumnSeen(Struct, frozen=True):
    """A column of the file. `holds` is what we call it: empty where nothing fits, None where it is
    left out."""

    heading: str
    examples: tuple[str, ...]
    holds: str | None


class ValueSeen(Struct, frozen=True):
    """Something typed that is none of a question's answers, and in how many of the first rows;
    `meant` is what somebody said it stands for."""

    typed: str
    rows: int
    meant: str = ""


class ValuesSeen(Struct, frozen=True):
    """Of one question; `offered` are its values with their words."""

    key: str
    title: str
    values: tuple[ValueSeen, ...]
    offered: tuple[tuple[str, str], ...]


class Preview(Struct, frozen=True):
    """`names` is everything that a column can hold, with its words. JSON lines have no columns:
    each of their rows names its answers."""

    columns: tuple[ColumnSeen, ...]
    values: tuple[ValuesSeen, ...]
    names: tuple[tuple[str, str], ...]


def preview(file: Path, questionnaire: Questionnaire, said: FileMap) -> Preview:
    """Of the first thousand rows. Raises UnusableFile."""
    rows = read_rows(file)
    if rows.header is None:
        return Preview((), (), ())
    matched = match(rows.header, questionnaire, said)
    called = names_about_a_row(questionnaire.by_key())
    called = {about_a_row(name): ours for name, ours in called.items()}
    first = [line.cells for line in islice(_fit(rows.lines), ROWS)]
    return Preview(
        tuple(_columns(rows.header, matched, called, first)),
        tuple(_values(questionnaire, matched, said, first)),
        tuple(_names(questionnaire, called)),
    )


def _fit(lines: Iterator[Line]) -> Iterator[Line]:
    return (line for line in lines if line.wrong is None)


def _columns(
    header: Sequence[str],
    matched: Match,
    called: Mapping[str, str],
    rows: Sequence[Sequence[str]],
) -> Iterator[ColumnSeen]:
    held = {place: name for name, place in matched.places.items()}
    for place, heading in enumerate(map(on_one_line, header)):
        given = dict.fromkeys(row[place].strip() for row in rows)
        examples = [shortened(each, LONGEST_EXAMPLE) for each in given if each][:EXAMPLES]
        name = held.get(place, "")
        left_out = heading in matched.left_out and not name
        yield ColumnSeen(heading, tuple(examples), None if left_out else called.get(name, name))


def _values(
    questionnaire: Questionnaire,
    matched: Match,
    said: FileMap,
    rows: Sequence[Sequence[str]],
) -> Iterator[ValuesSeen]:
    """What is typed in the columns of closed questions and is none of their answers."""
    for key, question in questionnaire.by_key().items():
        known = values_of(question, {})
        here = [
            (column, matched.places[column.name])
            for column in columns([question])
            if column.name in matched.places and (column.part != OTHER or column.row)
        ]
        if not here or not known.exact:
            continue
        typed = Counter(
            each
            for column, place in here
            for row in rows
            for each in _unknown(column, known, row[place])
        )
        meant = said.values.get(key, {})
        found = tuple(
            ValueSeen(each, count, meant.get(each, ""))
            for each, count in typed.most_common(MOST_VALUES)
        )
        if found:
            offered = tuple((each.value, say(each.text, LANGUAGE)) for each in choices(question))
            yield ValuesSeen(key, say(question.text, LANGUAGE), found, offered)


def _unknown(column: Column, known: Values, cell: str) -> list[str]:
    several = isinstance(column.question, Multiple | Ranking)
    pieces = several_values(known, cell) if several else [one_value(known, cell.strip())]
    return [each for each in pieces if each and each not in known.exact]


def _names(questionnaire: Questionnaire, called: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column in columns(questionnaire.questions):
        yield column.name, column.label(LANGUAGE)
    for name, words in _ABOUT.items():
        yield called[name], words


_ABOUT = {
    about_a_row("id"): "The response’s own number or name",
    about_a_row("submitted_at"): "When it was sent",
    about_a_row("round"): "Its round",
    about_a_row("channel"): "How it reached us",
    about_a_row("status"): "Its status",
}
