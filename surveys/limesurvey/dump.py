"""A LimeSurvey file taken apart safely: an XML dump of tables, read as rows of plain text."""

from collections.abc import Mapping
from typing import Any, TypeAlias, cast
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from msgspec import Struct

from app.problems import Problem
from surveys.native_files import UnusableQuestionnaire
from surveys.typed import shortened

LARGEST_FILE = 8 * 1024 * 1024
DEEPEST = 12
MOST_ROWS = 100_000
MOST_QUESTIONS = 2_000
LONGEST_CELL = 100_000

Row: TypeAlias = Mapping[str, str]
"""One row of a table: the text of each column that has any."""


class Dump(Struct, frozen=True):
    """The tables of a file by name. `languages` are in the file's order, which means nothing."""

    languages: tuple[str, ...]
    tables: Mapping[str, tuple[Row, ...]]

    def rows(self, table: str) -> tuple[Row, ...]:
        return self.tables.get(table, ())

    @property
    def is_old(self) -> bool:
        """Texts stand in the rows themselves, each repeated for every language (before 4.0)."""
        return "question_l10ns" not in self.tables


def refused(words: str) -> UnusableQuestionnaire:
    return UnusableQuestionnaire([Problem("The file", words)])


def read_dump(data: bytes) -> Dump:
    """The tables of an `.lss` file. Raises UnusableQuestionnaire for every other file, for one
    that is too large and for one that declares a document type or entities."""
    if len(data) > LARGEST_FILE:
        raise refused(f"It has {len(data):,} bytes and can have up to {LARGEST_FILE:,}")
    if data.startswith(b"PK\x03\x04"):
        raise refused(
            "It is a zip archive. If it is LimeSurvey’s .lsa, unpack it and choose the .lss file"
        )
    tables = _Tables()
    parser = cast(Any, DefusedXMLParser)(target=tables, forbid_dtd=True)
    try:
        parser.feed(data)
        return cast(Dump, parser.close())
    except DefusedXmlException:
        raise refused(
            "It declares a document type or entities, which LimeSurvey never does and which can "
            "be used to do harm. Export the survey from LimeSurvey again"
        ) from None
    except (ParseError, ValueError, LookupError) as wrong:
        raise refused(_not_xml(wrong)) from None


def _not_xml(wrong: Exception) -> str:
    line, column = getattr(wrong, "position", (0, 0))
    where = f" at line {line}, column {column + 1}" if line else ""
    return (
        f"It could not be read as XML{where}. Export the survey from LimeSurvey again, as "
        "“survey structure (.lss)”"
    )


class _Tables:
    """Collects rows while the parser reads, so that nothing is kept that is not needed and a
    file that is too large is refused as soon as it shows."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._row: dict[str, str] = {}
        self._rows = 0
        self._questions: set[str] = set()
        self._is_survey = False
        self._languages: list[str] = []
        self._tables: dict[str, list[Row]] = {}

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        if not self._open and tag != "document":
            name = shortened(tag, 60)
            raise refused(f"It is XML but no LimeSurvey file: it begins with <{name}>")
        if len(self._open) == DEEPEST:
            raise refused(f"It is nested more than {DEEPEST} deep, which no LimeSurvey file is")
        self._open.append(tag)
        self._text, self._length = [], 0

    def data(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST_CELL:
            raise refused(f"It holds a text of more than {LONGEST_CELL:,} characters. Shorten it")
        self._text.append(text)

    def end(self, tag: str) -> None:
        self._open.pop()
        within = self._open[1:]
        if len(within) == 3 and within[1:] == ["rows", "row"]:
            self._column(within[0], tag)
        elif len(within) == 2 and within[1] == "rows" and tag == "row":
            self._end_row(within[0])
        elif within == ["languages"] and tag == "language":
            self._languages.append("".join(self._text).strip())
        elif not within and tag == "LimeSurveyDocType":
            self._check_kind("".join(self._text).strip())
        elif len(self._open) == 1 and tag.endswith("_l10ns"):
            self._tables.setdefault(tag, [])
        self._text, self._length = [], 0

    def close(self) -> Dump:
        if not self._is_survey:
            raise refused("It does not say that it is a LimeSurvey survey (<LimeSurveyDocType>)")
        tables = {name: tuple(rows) for name, rows in self._tables.items()}
        return Dump(tuple(dict.fromkeys(self._languages)), tables)

    def _check_kind(self, kind: str) -> None:
        if kind != "Survey":
            what = _OTHER_KINDS.get(kind, f"LimeSurvey’s ‘{shortened(kind, 40)}’")
            raise refused(
                f"It holds {what}, not a whole survey. In LimeSurvey, export the survey’s "
                "structure (.lss) and choose that file"
            )
        self._is_survey = True

    def _column(self, table: str, column: str) -> None:
        text = "".join(self._text)
        if text and column in _COLUMNS.get(table, (column,)):
            self._row[column] = text

    def _end_row(self, table: str) -> None:
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise refused(f"It has more than {MOST_ROWS:,} rows. Split the survey and try again")
        if table == "questions":
            self._questions.add(self._row.get("qid", ""))
            if len(self._questions) > MOST_QUESTIONS:
                raise refused(
                    f"It has more than {MOST_QUESTIONS:,} questions, the most that a "
                    "questionnaire can have. Split the survey and try again"
                )
        self._tables.setdefault(table, []).append(self._row)
        self._row = {}


_OTHER_KINDS = {
    "Question": "one question (.lsq)",
    "Group": "one group of questions (.lsg)",
    "Label set": "a set of labels (.lsl)",
    "Responses": "responses (.lsr)",
    "Tokens": "participants (.lst)",
    "Timings": "timings (.lsi)",
}

# What else these two tables hold are people's names, e-mail addresses and passwords.
_COLUMNS: Mapping[str, frozenset[str]] = {
    "surveys": frozenset(
        {
            "sid",
            "language",
            "additional_languages",
            "format",
            "usetokens",
            "assessments",
            "expires",
            "startdate",
            "allowsave",
        }
    ),
    "surveys_languagesettings": frozenset(
        {
            "surveyls_language",
            "surveyls_title",
            "surveyls_description",
            "surveyls_welcometext",
            "surveyls_endtext",
            "surveyls_policy_notice",
            "surveyls_url",
        }
    ),
}
