"""A whole file held against a questionnaire, a row at a time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from responses.files.columns import ABOUT_A_ROW, names_about_a_row
from responses.files.matching import FileMap, Match, Rejected, about_a_row, match
from responses.files.reading import Line, Rows
from responses.files.rows import CheckedRow, Import, RowChecks
from surveys.fields import field_names
from surveys.questionnaire import Questionnaire
from surveys.typed import shortened

MOST_UNKNOWN = 20
Checked = CheckedRow | list[Rejected]


class FileChecks:
    """`match` says what became of the columns; where it has problems no row is read."""

    def __init__(self, rows: Rows, of: Import, said: FileMap) -> None:
        self._rows = rows
        self._said = said
        questionnaire = of.questionnaire
        self._names = {} if rows.header is not None else _names(questionnaire)
        if rows.header is not None:
            self.match = match(rows.header, questionnaire, said)
        else:
            places = {called: place for place, called in enumerate(self._names.values())}
            self.match = Match(places, ())
        self._checks = RowChecks(of, self.match.places, as_text=rows.header is not None)

    @property
    def left_out(self) -> Mapping[str, int]:
        """How many answers the route left out, by question, of the rows so far."""
        return dict(self._checks.left_out)

    def lines(self) -> Iterator[tuple[Line, Checked]]:
        for line in self._rows.lines:
            yield line, self._checked(line)

    def _checked(self, line: Line) -> Checked:
        if line.wrong is not None:
            return [line.wrong]
        if self._rows.header is not None:
            return self._checks.check(line.number, line.cells)
        return self._checked_object(line.number, line.cells[0])

    def _checked_object(self, number: int, given: Mapping[str, Any]) -> Checked:
        """An object's answers in the order of our names, so that it reads like a row of cells."""
        columns = self._said.columns
        if columns:
            given = {
                columns.get(key) or key: each for key, each in given.items() if _kept(key, columns)
            }
        cells: Sequence[Any] = [given.get(name) for name in self._names]
        unknown = [key for key in given if key not in self._names]
        if unknown:
            return [
                Rejected(number, shortened(key, 80), "No question is called so. Leave it out")
                for key in unknown[:MOST_UNKNOWN]
            ]
        return self._checks.check(number, cells)


def _kept(key: str, columns: Mapping[str, str | None]) -> bool:
    return key not in columns or columns[key] is not None


def _names(questionnaire: Questionnaire) -> dict[str, str]:
    """What an object may have, with what each is called among the places."""
    fields = [name for question in questionnaire.questions for name in field_names(question)]
    about = names_about_a_row(questionnaire.by_key())
    return {name: name for name in fields} | {
        about[name]: about_a_row(name) for name in ABOUT_A_ROW
    }
