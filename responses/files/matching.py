"""Which column of a file holds the answers to which question."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from responses.files.columns import ABOUT_A_ROW, Column, columns, names_about_a_row
from surveys.questionnaire import Grid, Questionnaire, Text, say
from surveys.typed import on_one_line, shortened

HEADER = 1


class Rejected(Struct, frozen=True):
    """What is wrong with one row and how to mend it. `question` is empty for the row as a whole."""

    row: int
    question: str
    why: str


class FileMap(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody said of a file: its column to a question's (null: leave it out), and a
    question's values as the file writes them to our own."""

    columns: dict[str, str | None] = {}
    values: dict[str, dict[str, str]] = {}


class Match(Struct, frozen=True):
    """By the name that we give a column its place in the file. `left_out` are the file's names,
    and `headings` what each of the others was taken for."""

    places: dict[str, int]
    problems: tuple[Rejected, ...]
    left_out: tuple[str, ...] = ()
    headings: Mapping[str, str] = {}


def read_map(document: bytes) -> FileMap:
    """Raises msgspec.DecodeError, whose words say where."""
    return msgspec.json.decode(document, type=FileMap)


def match(header: Sequence[str], questionnaire: Questionnaire, said: FileMap) -> Match:
    """By what somebody said, else by key, else by the words of a question that no other has."""
    names = _Names(questionnaire)
    places: dict[str, int] = {}
    problems: list[Rejected] = []
    left_out: list[str] = []
    headings: dict[str, str] = {}
    for place, typed in enumerate(on_one_line(each) for each in header):
        if typed in said.columns and said.columns[typed] is None:
            left_out.append(typed)
            continue
        name = names.meant(said.columns.get(typed) or typed)
        if name is None:
            problems.append(_unknown(typed, place))
        elif name in places:
            problems.append(_twice(typed))
        else:
            places[name] = place
            headings[typed] = name.removeprefix("_")
    problems += _never_asked(questionnaire, places)
    problems += _unknown_values(questionnaire, said)
    return Match(places, tuple(problems), tuple(left_out), headings)


class _Names:
    """What a file may call a column: the question's own names first, then those about a row."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._own = {column.name for column in columns(questionnaire.questions)}
        called = names_about_a_row(questionnaire.by_key())
        self._about = {called[name]: about_a_row(name) for name in ABOUT_A_ROW}
        self._by_words = _by_words(questionnaire)

    def meant(self, typed: str) -> str | None:
        if typed in self._own:
            return typed
        in_words = folded(typed)
        return self._about.get(typed) or self._by_words.get(in_words) or self._about.get(in_words)


def about_a_row(name: str) -> str:
    """Columns about a row are kept under names that no question can have."""
    return f"_{name}"


def folded(text: str) -> str:
    return on_one_line(text).casefold()


def _by_words(questionnaire: Questionnaire) -> dict[str, str]:
    """Every other way to call a column; those that could mean two are left out."""
    found = [
        (folded(words), column.name)
        for column in columns(questionnaire.questions)
        for words in _ways(column, questionnaire.languages)
    ]
    meant: dict[str, set[str]] = {}
    for words, name in found:
        meant.setdefault(words, set()).add(name)
    return {words: names.pop() for words, names in meant.items() if words and len(names) == 1}


def _ways(column: Column, languages: Iterable[str]) -> Iterator[str]:
    yield column.name
    for language in languages:
        yield column.label(language)
        if column.row:
            yield f"{say(column.question.text, language)} [{_row_text(column, language)}]"
    if column.part:
        yield f"{column.question.key} [{column.part}]"
        yield f"{column.question.key}[{column.part}]"


def _row_text(column: Column, language: str) -> str:
    rows: dict[str, Text] = (
        {row.value: row.text for row in column.question.rows}
        if isinstance(column.question, Grid)
        else {}
    )
    return say(rows[column.part], language)


def _unknown(typed: str, place: int) -> Rejected:
    if not typed:
        return Rejected(
            HEADER,
            "",
            f"Column {place + 1} has no heading. Name it after a question, or remove it",
        )
    return Rejected(
        HEADER,
        shortened(typed, 80),
        "No question is called so. Name the column after a question, map it to one, or leave it "
        "out",
    )


def _twice(typed: str) -> Rejected:
    return Rejected(
        HEADER, shortened(typed, 80), "Another column is for the same question. Remove one"
    )


def _never_asked(questionnaire: Questionnaire, places: Mapping[str, int]) -> Iterator[Rejected]:
    """Of a question that everybody has to answer."""
    there = {name.split(".")[0] for name in places}
    for question in questionnaire.questions:
        if question.required and question.show_if is None and question.key not in there:
            yield Rejected(
                HEADER,
                question.key,
                "Everybody has to answer this question and the file has no column for it. Add one",
            )


def _unknown_values(questionnaire: Questionnaire, said: FileMap) -> Iterator[Rejected]:
    keys = Counter(questionnaire.by_key())
    for key in said.values:
        if key not in keys:
            yield Rejected(
                HEADER,
                shortened(key, 80),
                "The map has values for this, and there is no such question. Name the question "
                "by its key",
            )
