"""A questionnaire as an XLSForm workbook, with a note for everything that XLSForm cannot say."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter
from msgspec import Struct

from surveys.choices import choices, offers_other
from surveys.imported import Note, fitted_key
from surveys.questionnaire import (
    DONT_KNOW,
    OTHER,
    Choice,
    Date,
    Dropdown,
    Grid,
    Layout,
    Likert,
    Location,
    LongText,
    Multiple,
    Number,
    Option,
    Page,
    Question,
    Questionnaire,
    Ranking,
    Statement,
    Text,
    Upload,
    say,
    type_name,
)
from surveys.typed import shortened
from surveys.xlsform.languages import as_label, named_language
from surveys.xlsform.limits import written_limits
from surveys.xlsform.reading import LEFT_OUT, ONE_PAGE
from surveys.xlsform.relevance import names_of, relevance

LONGEST_CELL = 32_767
"""Characters, in every program for workbooks."""


class Written(Struct, frozen=True):
    data: bytes
    notes: tuple[Note, ...]


def write_xlsform(questionnaire: Questionnaire) -> Written:
    writer = _Writer(questionnaire)
    survey = list(writer.survey())
    settings = {
        "form_title": as_label(say(questionnaire.title, questionnaire.languages[0])),
        "form_id": fitted_key(say(questionnaire.title, questionnaire.languages[0]), ()),
        "style": "pages" if questionnaire.layout is Layout.PAGED else ONE_PAGE,
    }
    if writer.many:
        settings["default_language"] = named_language(questionnaire.languages[0])
    writer.note_whole([*survey, *writer.lists])
    # Programs that read forms pass over a sheet of this name; people should not.
    left = [{"where": note.where, "what": note.what} for note in writer.notes]
    sheets = {"survey": survey, "choices": writer.lists, "settings": [settings], LEFT_OUT: left}
    return Written(_workbook(sheets), tuple(writer.notes))


def _workbook(sheets: Mapping[str, Sequence[Mapping[str, str]]]) -> bytes:
    """Every cell is text: what begins with `=` is no formula, and no address is a link."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            if name == LEFT_OUT and not rows:
                continue
            sheet = book.add_worksheet(name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column)
            for line, row in enumerate(rows, start=1):
                for place, column in enumerate(columns):
                    if row.get(column):
                        sheet.write_string(line, place, row[column][:LONGEST_CELL])
    return file.getvalue()


class _Writer:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._asked = questionnaire.by_key()
        self._names = names_of(questionnaire)
        self._taken = {*map(str.lower, self._names.rows.values()), *self._asked}
        self._listed: set[str] = set()
        self.many = len(questionnaire.languages) > 1
        self.lists: list[dict[str, str]] = []
        self.notes: list[Note] = []

    def survey(self) -> Iterator[dict[str, str]]:
        for number, page in enumerate(self._questionnaire.pages, start=1):
            name = fitted_key(page.key or f"page_{number}", self._taken)
            self._taken.add(name)
            yield {"type": "begin_group", "name": name, **self._said("label", page.title)}
            yield from self._page(page)
            yield {"type": "end_group", "name": name}

    def _page(self, page: Page) -> Iterator[dict[str, str]]:
        for question in page.questions:
            self._note_settings(question)
            rows = self._grid(question) if isinstance(question, Grid) else self._row(question)
            yield from rows

    def _row(self, question: Question) -> Iterator[dict[str, str]]:
        yield {**self._head(question), **self._kind(question)}

    def _head(self, question: Question) -> dict[str, str]:
        condition = question.show_if
        return {
            "name": question.key,
            **self._said("label", question.text),
            **self._said("hint", question.hint),
            "required": "yes" if question.required else "",
            "relevant": relevance(condition, self._asked, self._names) if condition else "",
            "constraint": written_limits(question, self._value(question)),
        }

    def _value(self, question: Question) -> Callable[[str], str]:
        return lambda value: self._names.values[question.key].get(value, value)

    def _kind(self, question: Question) -> dict[str, str]:
        if isinstance(question, Choice | Likert | Ranking):
            return self._choosing(question)
        if isinstance(question, Number):
            return {"type": "integer" if question.whole else "decimal"}
        if isinstance(question, Upload):
            return {"type": "image" if question.accept == ("image",) else "file"}
        simple = {LongText: "text", Date: "date", Location: "geopoint", Statement: "note"}
        kind = {"type": simple.get(type(question), "text")}
        return {**kind, "appearance": "multiline"} if isinstance(question, LongText) else kind

    def _choosing(self, question: Choice | Likert | Ranking) -> dict[str, str]:
        name = self._list(question)
        command = "rank" if isinstance(question, Ranking) else "select_one"
        command = "select_multiple" if isinstance(question, Multiple) else command
        other = " or_other" if offers_other(question) else ""
        looks = {Dropdown: "minimal", Likert: "likert"}.get(type(question), "")
        shuffled = not isinstance(question, Likert) and question.random_order
        return {
            "type": f"{command} {name}{other}",
            "appearance": looks,
            "parameters": "randomize=true" if shuffled else "",
        }

    def _list(self, question: Choice | Likert | Ranking | Grid) -> str:
        """The name of the question's list of choices; questions on one built-in scale share it."""
        scale = question.scale if isinstance(question, Likert | Grid) else ()
        built_in = scale if isinstance(scale, str) else ""
        doubt = getattr(question, "no_opinion", False)
        name = f"{built_in}_or_{DONT_KNOW}" if built_in and doubt else built_in or question.key
        if name not in self._listed:
            self._listed.add(name)
            values = self._value(question)
            for option in choices(question):
                if option.value != OTHER:
                    self._add_choice(name, values(option.value), option)
        return name

    def _add_choice(self, name: str, value: str, option: Option) -> None:
        self.lists.append(
            {"list_name": name, "name": value, **self._said("label", self._in_ours(option.text))}
        )

    def _in_ours(self, text: Text) -> Text:
        """A built-in scale speaks languages that the questionnaire may not."""
        if isinstance(text, str):
            return text
        kept = {code: text[code] for code in self._questionnaire.languages if text.get(code)}
        return kept or say(text, self._questionnaire.languages[0])

    def _grid(self, question: Grid) -> Iterator[dict[str, str]]:
        head, name = self._head(question), self._list(question)
        group = fitted_key(f"{question.key}_table", self._taken)
        self._taken.add(group)
        yield {"type": "begin_group", "name": group, "appearance": "field-list"}
        yield {**head, "type": f"select_one {name}", "appearance": "label", "required": ""}
        for row in question.rows:
            yield {
                "type": f"select_one {name}",
                "name": self._names.rows[question.key, row.value],
                **self._said("label", row.text),
                "required": head["required"],
                "relevant": head["relevant"],
                "appearance": "list-nolabel",
            }
        yield {"type": "end_group", "name": group}

    def _said(self, column: str, text: Text) -> dict[str, str]:
        if not text:
            return {}
        if not self.many:
            return {column: as_label(say(text, self._questionnaire.languages[0]))}
        default = self._questionnaire.languages[0]
        said = {default: text} if isinstance(text, str) else text
        return {
            f"{column}::{named_language(code)}": as_label(words)
            for code, words in said.items()
            if words
        }

    def _note_settings(self, question: Question) -> None:
        place = f"‘{question.key}’ “{shortened(say(question.text, ''), 60)}”"
        self.notes += [Note(place, what) for what in _unsaid(question)]
        changed = {
            value: name for value, name in self._names.values[question.key].items() if value != name
        }
        for value, name in changed.items():
            self.notes.append(Note(place, f"Its option ‘{value}’ is called ‘{name}’ there"))
        for row in question.rows if isinstance(question, Grid) else ():
            name = self._names.rows[question.key, row.value]
            if name != f"{question.key}_{row.value}":
                self.notes.append(Note(place, f"Its row ‘{row.value}’ is called ‘{name}’ there"))

    def note_whole(self, rows: Sequence[Mapping[str, str]]) -> None:
        if any(len(cell) > LONGEST_CELL for row in rows for cell in row.values()):
            what = f"Those of more than {LONGEST_CELL:,} characters are cut there"
            self.notes.append(Note("The texts", what))
        if self._questionnaire.strands:
            self.notes.append(Note("The strands", "XLSForm has nothing like them"))
        if isinstance(self._questionnaire.title, dict) and len(self._questionnaire.title) > 1:
            self.notes.append(Note("The title", "XLSForm has it in the default language only"))


_UNSAID: Sequence[tuple[str, str]] = (
    ("special_category", "That its answers are a special category is not said there"),
    ("unit", "Its unit is not shown there"),
    ("max_words", "Its limit of words is not kept there"),
    ("map", "Its picture of a map is not shown there"),
)


def _unsaid(question: Any) -> Iterator[str]:
    for name, words in _UNSAID:
        if getattr(question, name, None):
            yield words
    if isinstance(question, Grid) and question.random_order:
        yield "Its rows stand in one order there"
    if isinstance(question, Upload) and not _is_plain(question):
        yield "The number, size and kinds of files are not limited there"
    if type_name(question) == "location":
        yield "It takes a point on a map there, and no postcode"


def _is_plain(question: Upload) -> bool:
    plain = Upload(key=question.key, text=question.text)
    taken = (question.max_files, question.max_megabytes)
    return question.accept in ((), ("image",)) and taken == (plain.max_files, plain.max_megabytes)
