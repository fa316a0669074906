"""What the cells of a file say, as the answers that a question takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from responses.files.matching import folded
from surveys.choices import choices
from surveys.questionnaire import Grid, Multiple, Question, Ranking, Text

SEPARATOR = ";"
# A cell of thousands of pieces is no list of options: the checks refuse it as it is.
MOST_PIECES = 1000


class Values(Struct, frozen=True):
    """Of one question: what a file may write for each of its values. A value itself comes first,
    then what somebody said of this file, then the words of an option that no other has."""

    exact: frozenset[str]
    written: Mapping[str, str]
    # How many pieces the separator parts the longest of them into.
    most_pieces: int = 1

    def meant(self, typed: str) -> str | None:
        typed = typed.strip()
        return typed if typed in self.exact else self.written.get(folded(typed))


def values_of(question: Question, said: Mapping[str, str]) -> Values:
    offered = choices(question)
    meant: dict[str, set[str]] = {}
    for option in offered:
        for words in (option.value, *_every(option.text)):
            meant.setdefault(folded(words), set()).add(option.value)
    written = {words: values.pop() for words, values in meant.items() if len(values) == 1}
    written |= {folded(theirs): ours for theirs, ours in said.items()}
    exact = frozenset(option.value for option in offered) - said.keys()
    most = max((each.count(SEPARATOR) for each in (*exact, *written)), default=0)
    return Values(exact, written, most + 1)


def _every(text: Text) -> Sequence[str]:
    return [text] if isinstance(text, str) else list(text.values())


def one_value(values: Values, typed: Any) -> Any:
    """The value that is meant; what was typed where none is, for the checks to name."""
    if not isinstance(typed, str):
        return typed
    return values.meant(typed) or typed


def several_values(values: Values, typed: str) -> list[str]:
    """Parted at semicolons, save those that stand in an option's own words."""
    pieces = typed.split(SEPARATOR)
    if len(pieces) > MOST_PIECES:
        return pieces
    found: list[str] = []
    start = 0
    while start < len(pieces):
        longest = min(len(pieces), start + values.most_pieces)
        for end in range(longest, start, -1):
            meant = values.meant(SEPARATOR.join(pieces[start:end]))
            if meant is not None or end == start + 1:
                found.append(meant if meant is not None else pieces[start].strip())
                start = end
                break
    return [value for value in found if value]


def from_cells(question: Question, values: Values, cells: Mapping[str, str]) -> Any:
    """The answer in the form of JSON. `cells` are those of the question by part, texts all."""
    if isinstance(question, Grid):
        return {row: one_value(values, cell) for row, cell in cells.items() if cell.strip()}
    return from_json(question, values, cells.get("", ""))


def from_json(question: Question, values: Values, given: Any) -> Any:
    """The same where the file can say what is a list and what an object."""
    if isinstance(question, Grid) and isinstance(given, dict):
        return {row: one_value(values, cell) for row, cell in given.items()}
    if isinstance(question, Multiple | Ranking):
        if isinstance(given, str):
            return several_values(values, given)
        if isinstance(given, list):
            return [one_value(values, each) for each in given]
    return one_value(values, given) if values.exact or values.written else given
