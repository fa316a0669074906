"""A LimeSurvey survey as a tree, from either generation of the format, texts still in HTML."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from surveys.foreign.notebook import Notebook, Place
from surveys.limesurvey.dump import Dump, Row, refused
from surveys.soundness import LANGUAGE

Raw: TypeAlias = Mapping[str, str]
"""HTML in each language that has any."""

THE_SURVEY = Place("The survey")
MOST_EXPRESSION_TEXT = 300_000


class Item(Struct, frozen=True):
    """A subquestion (row, column or box) or an answer. `scale` tells the axes or scales apart."""

    code: str
    text: Raw
    scale: int = 0
    relevance: str = ""


class LimeQuestion(Struct, frozen=True):
    """`sgqa` is the old name of its column; `settings` are attributes, by name and language."""

    qid: str
    sgqa: str
    kind: str
    code: str
    text: Raw
    help: Raw
    mandatory: str
    other: bool
    relevance: str
    pattern: str
    items: tuple[Item, ...]
    answers: tuple[Item, ...]
    settings: Mapping[str, Raw]

    def rows(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.scale == 0)

    def columns(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.scale == 1)

    def setting(self, name: str) -> str:
        """The attribute's value, `""` where it is absent."""
        said = self.settings.get(name, {})
        return (said.get("") or next((value for value in said.values() if value), "")).strip()

    def is_on(self, name: str) -> bool:
        return self.setting(name).upper() in ("1", "Y")


class Group(Struct, frozen=True):
    title: Raw
    text: Raw
    relevance: str
    shuffled: bool
    questions: tuple[LimeQuestion, ...]


class Survey(Struct, frozen=True):
    """`words` are the survey's own texts by column; `languages` begin with the base language."""

    languages: tuple[str, ...]
    settings: Row
    words: Mapping[str, Raw]
    groups: tuple[Group, ...]

    @property
    def questions(self) -> tuple[LimeQuestion, ...]:
        return tuple(question for group in self.groups for question in group.questions)


def read_survey(dump: Dump, notebook: Notebook) -> Survey:
    """The tree of a file's tables; raises UnusableQuestionnaire when it holds no question."""
    settings = next(iter(dump.rows("surveys")), {})
    languages = _languages(dump, settings, notebook)
    questions = _questions(dump, languages, sid=settings.get("sid", ""))
    groups = _groups(dump, languages, questions)
    _note_strays(dump, groups, notebook)
    if not any(group.questions for group in groups):
        raise refused("It holds no questions that belong to a group. Export the survey again")
    _check_expressions(groups)
    return Survey(languages, settings, _survey_words(dump, languages), groups)


def _check_expressions(groups: Iterable[Group]) -> None:
    length = sum(
        len(group.relevance) + sum(len(question.relevance) for question in group.questions)
        for group in groups
    )
    if length > MOST_EXPRESSION_TEXT:
        raise refused(
            f"Its conditions have {length:,} characters together and can have up to "
            f"{MOST_EXPRESSION_TEXT:,}. Split the survey and try again"
        )


def _languages(dump: Dump, settings: Row, notebook: Notebook) -> tuple[str, ...]:
    base = settings.get("language", "").strip()
    named = [base, *settings.get("additional_languages", "").split(), *dump.languages]
    fit = [code for code in dict.fromkeys(named) if LANGUAGE.fullmatch(code)]
    for code in dict.fromkeys(named):
        if code and code not in fit:
            notebook.note(THE_SURVEY, f"‘{code[:40]}’ is no language code, so its texts are left")
    if not fit:
        notebook.note(THE_SURVEY, "It names no language, so its texts are taken to be English")
    return tuple(fit[:50]) or ("en",)


def _number(row: Row, column: str) -> int:
    digits = row.get(column, "").strip()[:9]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _once(rows: Iterable[Row], column: str) -> Mapping[str, Row]:
    """The first row of each id: old files repeat them for every language."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.get(column):
            found.setdefault(row[column], row)
    return found


class _Texts:
    """The texts of rows of one table, by id, column and language."""

    def __init__(self, rows: Sequence[Row], ids: Sequence[str], languages: Sequence[str]) -> None:
        self._rows: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        self._languages = languages
        self._ids = ids
        for row in rows:
            self._rows[self._id(row)].append(row)

    def _id(self, row: Row) -> tuple[str, ...]:
        return tuple(row.get(name, "") for name in self._ids)

    def of(self, row: Row, column: str) -> Raw:
        said = {
            each.get("language", self._languages[0]): each[column]
            for each in self._rows.get(self._id(row), ())
            if each.get(column)
        }
        return {code: said[code] for code in self._languages if code in said}


def _texts(dump: Dump, table: str, ids: Sequence[str], *, apart: str, own: str) -> _Texts:
    """Texts stand in a table `apart` with one `own` id, or in old files in the rows themselves."""
    languages = _known_languages(dump)
    if dump.is_old:
        return _Texts(dump.rows(table), ids, languages)
    return _Texts(dump.rows(apart), (own,), languages)


def _known_languages(dump: Dump) -> tuple[str, ...]:
    settings = next(iter(dump.rows("surveys")), {})
    return _languages(dump, settings, Notebook())


def _questions(
    dump: Dump, languages: Sequence[str], *, sid: str
) -> Mapping[str, list[tuple[int, LimeQuestion]]]:
    """The questions of each group by its id, with where they stand in it."""
    texts = _texts(dump, "questions", ("qid",), apart="question_l10ns", own="qid")
    items, answers = _items(dump), _answers(dump)
    settings = _settings(dump)
    found: dict[str, list[tuple[int, LimeQuestion]]] = defaultdict(list)
    for qid, row in _once(dump.rows("questions"), "qid").items():
        gid = row.get("gid", "")
        question = LimeQuestion(
            qid=qid,
            sgqa=f"{row.get('sid', sid)}X{gid}X{qid}",
            kind=row.get("type", "").strip(),
            code=row.get("title", "").strip()[:60] or f"Q{qid[:20]}",
            text=texts.of(row, "question"),
            help=texts.of(row, "help"),
            mandatory=row.get("mandatory", "").strip().upper(),
            other=row.get("other", "").strip().upper() == "Y",
            relevance=row.get("relevance", settings[qid].get("relevance", {}).get("", "")).strip(),
            pattern=row.get("preg", "").strip(),
            items=items.get(qid, ()),
            answers=answers.get(qid, ()),
            settings=settings[qid],
        )
        found[gid].append((_number(row, "question_order"), question))
    return found


def _items(dump: Dump) -> Mapping[str, tuple[Item, ...]]:
    """Subquestions by the question that they belong to, in order."""
    texts = _texts(dump, "subquestions", ("qid",), apart="question_l10ns", own="qid")
    found: dict[str, list[tuple[int, int, Item]]] = defaultdict(list)
    for place, row in enumerate(_once(dump.rows("subquestions"), "qid").values()):
        item = Item(
            row.get("title", "").strip(),
            texts.of(row, "question"),
            min(_number(row, "scale_id"), 1),
            row.get("relevance", "").strip(),
        )
        found[row.get("parent_qid", "")].append((_number(row, "question_order"), place, item))
    return {qid: _ordered(items) for qid, items in found.items()}


def _answers(dump: Dump) -> Mapping[str, tuple[Item, ...]]:
    ids = ("qid", "code", "scale_id")
    texts = _texts(dump, "answers", ids, apart="answer_l10ns", own="aid")
    rows: dict[tuple[str, ...], Row] = {}
    for row in dump.rows("answers"):
        rows.setdefault((row.get("qid", ""), row.get("code", ""), row.get("scale_id", "0")), row)
    found: dict[str, list[tuple[int, int, Item]]] = defaultdict(list)
    for place, row in enumerate(rows.values()):
        scale = min(_number(row, "scale_id"), 1)
        item = Item(row.get("code", "").strip(), texts.of(row, "answer"), scale)
        found[row.get("qid", "")].append((_number(row, "sortorder"), place, item))
    return {qid: _ordered(items) for qid, items in found.items()}


def _ordered(items: Iterable[tuple[int, int, Item]]) -> tuple[Item, ...]:
    return tuple(item for _, _, item in sorted(items, key=lambda each: each[:2]))


def _settings(dump: Dump) -> defaultdict[str, dict[str, dict[str, str]]]:
    found: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in dump.rows("question_attributes"):
        name, value = row.get("attribute", ""), row.get("value", "")
        if name and value:
            by_language = found[row.get("qid", "")].setdefault(name, {})
            by_language.setdefault(row.get("language", ""), value)
    return found


def _groups(
    dump: Dump,
    languages: Sequence[str],
    questions: Mapping[str, list[tuple[int, LimeQuestion]]],
) -> tuple[Group, ...]:
    texts = _texts(dump, "groups", ("gid",), apart="group_l10ns", own="gid")
    found = _once(dump.rows("groups"), "gid")
    ordered = sorted(found, key=lambda gid: _number(found[gid], "group_order"))
    return tuple(
        Group(
            texts.of(found[gid], "group_name"),
            texts.of(found[gid], "description"),
            found[gid].get("grelevance", "").strip(),
            bool(found[gid].get("randomization_group", "").strip()),
            _in_order(questions.get(gid, [])),
        )
        for gid in ordered
    )


def _in_order(questions: Iterable[tuple[int, LimeQuestion]]) -> tuple[LimeQuestion, ...]:
    return tuple(question for _, question in sorted(questions, key=lambda each: each[0]))


def _survey_words(dump: Dump, languages: Sequence[str]) -> Mapping[str, Raw]:
    rows = _once(dump.rows("surveys_languagesettings"), "surveyls_language")
    columns = {column for row in rows.values() for column in row}
    return {
        column: {code: rows[code][column] for code in languages if rows.get(code, {}).get(column)}
        for column in columns
    }


def _note_strays(dump: Dump, groups: Iterable[Group], notebook: Notebook) -> None:
    """LimeSurvey itself passes over questions without a group; so do we, and say so."""
    kept = {question.qid for group in groups for question in group.questions}
    for qid, row in _once(dump.rows("questions"), "qid").items():
        if qid not in kept:
            code = row.get("title", "").strip()[:60] or f"Q{qid[:20]}"
            notebook.note(
                Place(f"Question ‘{code}’", code), "Belongs to no group of the survey, so left out"
            )
