"""An XLSForm workbook as a questionnaire, with a note for everything that it could not bring."""

from collections.abc import Generator, Iterator, Sequence

import msgspec

from surveys.foreign.notebook import Notebook, Place
from surveys.foreign.trees import UnreadableExpression
from surveys.foreign.variables import CannotSay, joined
from surveys.imported import Imported, fitted_key
from surveys.native_files import LARGEST_FILE, UnusableQuestionnaire, write_questionnaire
from surveys.questionnaire import (
    OTHER,
    Condition,
    Grid,
    Layout,
    Page,
    Question,
    Questionnaire,
    Statement,
    Text,
)
from surveys.soundness import MOST_QUESTIONS, unsound
from surveys.typed import shortened
from surveys.xlsform.asking import Asking, Row, Transfer, bound, place_of
from surveys.xlsform.expressions import read_expression
from surveys.xlsform.grids import grid, has_header, table_at
from surveys.xlsform.kinds import brought
from surveys.xlsform.languages import Languages, languages_of
from surveys.xlsform.showing import said
from surveys.xlsform.workbook import Form, read_form, refused

ONE_PAGE = "single-page"
"""What our own files say in `style` where all pages are shown as one."""

LEFT_OUT = "not carried over"
"""The sheet in our own files that tells people what XLSForm cannot say."""

UNTITLED = "Untitled form"
GROUPS = frozenset({"group", "repeat"})
_TITLES = ("form_title", "title", "set_form_title", "form_id", "id_string", "set_form_id")
_KEPT_SETTINGS = frozenset({*_TITLES, "default_language", "style"})
_NOT_KEPT = {
    "default": "It began with an answer filled in (‘{}’). It begins empty now",
    "guidance_hint": "Its guidance for interviewers was left out",
    "media": "Its picture, sound or film was left out",
    "choice_filter": "Its choices depended on an earlier answer. All of them are offered now",
}
_GENERATED = ("generated_table_list_label", "reserved_name_for_field_list_labels")
"""Rows that pyxform adds to a `table-list`: its words, and its choices without any."""


def read_xlsform(data: bytes) -> Imported:
    """The questionnaire in an XLSForm workbook. Raises UnusableQuestionnaire for any other file,
    and for a form that is too large."""
    form = read_form(data)
    notebook = Notebook()
    languages = languages_of(form.tree, notebook)
    reader = _Reader(Transfer(languages, notebook, form.with_other))
    pages = reader.pages(form.tree.get("children", ()))
    if not pages:
        raise refused("Nothing in it can be asked here")
    title = _title(form, languages, notebook)
    style = str(form.settings.get("style", "")).split()
    layout = Layout.SINGLE if ONE_PAGE in style else Layout.PAGED
    _note_settings(form, notebook)
    questionnaire = Questionnaire(title, languages.all, pages, layout)
    _check(questionnaire)
    return Imported(questionnaire, notebook.notes())


def _title(form: Form, languages: Languages, notebook: Notebook) -> Text:
    """pyxform calls a form without a name “data”."""
    place = Place("The settings")
    given = form.tree.get("title") if any(form.settings.get(name) for name in _TITLES) else ""
    title = languages.line(given, place, notebook)
    if not title:
        notebook.note(place, "The form has no title. Give the questionnaire one")
    return title or UNTITLED


def _note_settings(form: Form, notebook: Notebook) -> None:
    left = sorted(form.settings.keys() - _KEPT_SETTINGS)
    if left:
        named = shortened(", ".join(left), 200)
        notebook.note(Place("The settings"), f"These have no use here and were left out: {named}")
    for name in form.unread:
        if name != LEFT_OUT:
            place = Place(f"The sheet ‘{shortened(name, 60)}’")
            notebook.note(place, "Has no use here and was not read")


def _check(questionnaire: Questionnaire) -> None:
    count = len(questionnaire.questions)
    if count > MOST_QUESTIONS:
        raise refused(
            f"It becomes {count:,} questions here and can have up to {MOST_QUESTIONS:,}. Split the "
            "form and try again"
        )
    if problems := unsound(questionnaire):
        raise UnusableQuestionnaire(problems)
    if len(write_questionnaire(questionnaire)) > LARGEST_FILE:
        raise refused("Its texts are too long for one questionnaire. Split the form")


class _Reader:
    """Walks the tree once, in the order asked: a condition can name what was asked before it."""

    def __init__(self, transfer: Transfer) -> None:
        self._transfer = transfer
        self._conditions: list[Condition | bool] = []

    def pages(self, children: Sequence[Row]) -> tuple[Page, ...]:
        """Each group at the top is a page, and so are the rows between two groups."""
        pages: list[Page] = []
        for group, rows in _parts(_unwrapped(children)):
            questions = tuple(self._group(group) if group else self._rows(rows, of={}))
            if questions:
                title = self._title(group) or f"Part {len(pages) + 1}"
                pages.append(Page(title, questions))
        return tuple(pages)

    def _title(self, group: Row | None) -> Text:
        if group is None:
            return ""
        rows = group.get("children", ())
        # pyxform moves the words of a `table-list` into a row of their own.
        moved = next((row.get("label") for row in rows if _is_generated(row)), None)
        return self._transfer.line(group.get("label") or moved, self._place(group))

    def _place(self, row: Row) -> Place:
        return place_of(row, self._transfer.languages)

    def _group(self, group: Row, *, nested: bool = False) -> Iterator[Question]:
        """What a group asks. Inside a page its words stand before its questions, unless they are
        those of the one table in it."""
        place = self._place(group)
        if group.get("type") == "repeat":
            self._transfer.notebook.note(place, "Could be repeated. Its questions are asked once")
        self._conditions.append(self._condition(group, place))
        label = self._transfer.text(group.get("label"), place)
        rows = group.get("children", ())
        if nested and label and not _is_one_table(_askable(rows)):
            key = fitted_key(f"{group.get('name', 'group')}_intro", self._transfer.keys)
            self._transfer.keys.add(key)
            yield Statement(key=key, text=label, show_if=self._show_if({}, place))
        yield from self._rows(rows, of={"name": group.get("name"), "label": group.get("label")})
        self._conditions.pop()

    def _rows(self, rows: Sequence[Row], *, of: Row) -> Iterator[Question]:
        """`of`: the name and label of the group that the rows stand in."""
        place = 0
        while place < len(rows):
            row = rows[place]
            if _is_generated(row):
                of = {
                    **of,
                    "label": self._transfer.text(row.get("label"), Place("")) or of["label"],
                }
                place += 1
            elif row.get("type") in GROUPS:
                yield from self._group(row, nested=True)
                place += 1
            elif count := table_at(rows, place):
                yield self._table(rows[place : place + count], of=of)
                place += count
            else:
                place += yield from self._one(rows, place)

    def _one(self, rows: Sequence[Row], place: int) -> Generator[Question, None, int]:
        """One row's questions, with the row that only asks for its “other”; how many it took."""
        folds = _specifies(rows, place)
        yield from self._row(rows[place], specified=folds)
        if folds:
            self._fold(rows[place + 1])
        return 1 + folds

    def _fold(self, specify: Row) -> None:
        what = "Asked for the words of ‘other’. That question has a box for them now"
        self._transfer.notebook.note(self._place(specify), what)

    def _row(self, row: Row, *, specified: bool) -> Iterator[Question]:
        asking = Asking(self._transfer, row, self._place(row), specified)
        show_if = self._show_if(row, asking.place)
        found = brought(asking)
        if found.questions:
            self._note_left(asking)
        yield from (msgspec.structs.replace(each, show_if=show_if) for each in found.questions)
        if found.variable is not None:
            self._transfer.known[asking.name] = found.variable

    def _table(self, rows: Sequence[Row], *, of: Row) -> Grid:
        """A table with a header of its own is asked in its words, else in those of its group."""
        headed = has_header(rows)
        head = rows[0] if headed else {**rows[0], **of, "hint": None}
        answered = rows[1:] if headed else rows
        asking = Asking(self._transfer, head, self._place(rows[0]))
        show_if = self._show_if(answered[0], asking.place)
        question, variables = grid(asking, answered)
        self._transfer.known.update(variables)
        return msgspec.structs.replace(question, show_if=show_if)

    def _note_left(self, asking: Asking) -> None:
        for name, words in _NOT_KEPT.items():
            value = asking.row.get(name)
            if value:
                asking.note(words.format(shortened(str(value), 60)))

    def _show_if(self, row: Row, place: Place) -> Condition | None:
        parts = [*self._conditions, self._condition(row, place)]
        if False in parts:
            self._transfer.notebook.note(place, "Could never be shown. It is shown to all now")
        whole = joined([part for part in parts if part is not False], every=True)
        return whole if isinstance(whole, Condition) else None

    def _condition(self, row: Row, place: Place) -> Condition | bool:
        relevant = bound(row, "relevant").strip()
        if not relevant:
            return True
        try:
            found = said(read_expression(relevant), self._transfer.known)
        except (CannotSay, UnreadableExpression) as why:
            self._note_unsaid(place, relevant, f"could not be kept, because {why}. All are asked")
            return True
        for reason in found.unsaid:
            self._note_unsaid(place, relevant, f"was kept in part only, because {reason}")
        return found.condition

    def _note_unsaid(self, place: Place, relevant: str, what: str) -> None:
        shown = shortened(relevant, 120)
        self._transfer.notebook.note(place, f"When it is asked (‘{shown}’) {what}")


def _is_generated(row: Row) -> bool:
    return str(row.get("name")).startswith(_GENERATED)


def _unwrapped(children: Sequence[Row]) -> Sequence[Row]:
    """A form whose groups all stand in one group has its pages inside that one."""
    askable = _askable(children)
    if len(askable) != 1 or askable[0].get("type") != "group" or bound(askable[0], "relevant"):
        return children
    inner = _askable(askable[0].get("children", ()))
    pages = [each for each in inner if each.get("type") in GROUPS and not _is_table(each)]
    return inner if len(pages) > 1 else children


def _is_table(group: Row) -> bool:
    """Whether one table is all that is in the group."""
    rows = _askable(group.get("children", ()))
    return bool(rows) and table_at(rows, 0) == len(rows)


def _askable(children: Sequence[Row]) -> list[Row]:
    return [
        each
        for each in children
        if each.get("label") or (each.get("type") in GROUPS and each.get("name") != "meta")
    ]


def _parts(children: Sequence[Row]) -> Iterator[tuple[Row | None, list[Row]]]:
    loose: list[Row] = []
    for child in children:
        if child.get("name") == "meta":
            continue
        if child.get("type") in GROUPS:
            if loose:
                yield None, loose
            loose = []
            yield child, []
        else:
            loose.append(child)
    if loose:
        yield None, loose


def _is_one_table(rows: Sequence[Row]) -> bool:
    """Whether the words of the group are those of the one table in it."""
    return bool(rows) and table_at(rows, 0) == len(rows) and not has_header(rows)


def _specifies(rows: Sequence[Row], place: int) -> bool:
    """Whether the next row only asks what the “other” of this one is."""
    row = rows[place]
    following = rows[place + 1] if place + 1 < len(rows) else {}
    if row.get("type") not in ("select one", "select all that apply"):
        return False
    if following.get("type") not in ("text", "string") or not any(
        choice.get("name") == OTHER for choice in row.get("choices") or ()
    ):
        return False
    relevant = "".join(bound(following, "relevant").split()).replace('"', "'")
    name = row.get("name")
    return relevant in (f"selected(${{{name}}},'{OTHER}')", f"${{{name}}}='{OTHER}'")
