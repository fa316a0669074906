"""LimeSurvey documents made for tests, in either generation of the format."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from msgspec import Struct

from surveys.imported import Imported
from surveys.limesurvey import read_limesurvey
from surveys.native_files import read_questionnaire, write_questionnaire
from surveys.questionnaire import Question, Text
from surveys.soundness import unsound

SID = "4711"
Listed = Mapping[str, Text]


class Asked(Struct, frozen=True):
    """A question; `rows`, `columns`, `answers` and `more_answers` (a second scale) are texts by
    code, `settings` its attributes, `shown` the relevance of rows."""

    kind: str
    code: str
    text: Text = "What?"
    help: Text = ""
    mandatory: str = "N"
    other: str = "N"
    relevance: str = "1"
    preg: str = ""
    rows: Listed = {}
    columns: Listed = {}
    answers: Listed = {}
    more_answers: Listed = {}
    settings: Mapping[str, Text] = {}
    shown: str = "1"


class Group(Struct, frozen=True):
    questions: tuple[Asked, ...]
    title: Text = "A group"
    text: Text = ""
    relevance: str = ""
    randomization: str = ""


Row = dict[str, str]


def in_each(text: Text, languages: Sequence[str]) -> Mapping[str, str]:
    return dict.fromkeys(languages, text) if isinstance(text, str) else text


class Document:
    """The tables of a survey, filled one entity at a time."""

    def __init__(self, languages: Sequence[str], *, old: bool) -> None:
        self.languages = languages
        self.old = old
        self.tables: dict[str, list[Row]] = {}
        self._id = 100

    def new_id(self) -> str:
        self._id += 1
        return str(self._id)

    def add(self, table: str, **row: str) -> None:
        self.tables.setdefault(table, []).append(row)

    def worded(self, table: str, l10ns: str, ids: Row, row: Row, texts: Mapping[str, Text]) -> None:
        """An entity with its texts: in the row itself, or in a table of their own."""
        said = {name: in_each(text, self.languages) for name, text in texts.items()}
        if not self.old:
            self.add(table, **row, **ids)
        for language in self.languages:
            words = {name: each.get(language, "") for name, each in said.items()}
            if self.old:
                self.add(table, **ids, **row, **words, language=language)
            else:
                self.add(l10ns, **ids, **words, language=language)

    def group(self, group: Group, order: int) -> None:
        gid = self.new_id()
        row = {
            "sid": SID,
            "group_order": str(order),
            "grelevance": group.relevance,
            "randomization_group": group.randomization,
        }
        texts = {"group_name": group.title, "description": group.text}
        self.worded("groups", "group_l10ns", {"gid": gid}, row, texts)
        for place, question in enumerate(group.questions, start=1):
            self.question(question, gid, place)

    def question(self, asked: Asked, gid: str, order: int) -> None:
        qid = self.new_id()
        row = {
            "sid": SID,
            "gid": gid,
            "parent_qid": "0",
            "type": asked.kind,
            "title": asked.code,
            "mandatory": asked.mandatory,
            "other": asked.other,
            "relevance": asked.relevance,
            "preg": asked.preg,
            "question_order": str(order),
        }
        texts = {"question": asked.text, "help": asked.help}
        self.worded("questions", "question_l10ns", {"qid": qid}, row, texts)
        for scale, listed in enumerate((asked.rows, asked.columns)):
            for place, (code, text) in enumerate(listed.items(), start=1):
                self.subquestion(qid, code, text, scale=scale, order=place, shown=asked.shown)
        for scale, listed in enumerate((asked.answers, asked.more_answers)):
            for place, (code, text) in enumerate(listed.items(), start=1):
                self.answer(qid, code, text, scale=scale, order=place)
        for name, value in asked.settings.items():
            self.setting(qid, name, value)

    def subquestion(
        self, parent: str, code: str, text: Text, *, scale: int, order: int, shown: str
    ) -> None:
        row = {
            "parent_qid": parent,
            "title": code,
            "scale_id": str(scale),
            "question_order": str(order),
            "relevance": shown,
        }
        ids = {"qid": self.new_id()}
        self.worded("subquestions", "question_l10ns", ids, row, {"question": text})

    def answer(self, qid: str, code: str, text: Text, *, scale: int, order: int) -> None:
        row = {"qid": qid, "code": code, "sortorder": str(order), "scale_id": str(scale)}
        ids = {} if self.old else {"aid": self.new_id()}
        self.worded("answers", "answer_l10ns", ids, row, {"answer": text})

    def setting(self, qid: str, name: str, value: Text) -> None:
        if isinstance(value, str):
            self.add("question_attributes", qid=qid, attribute=name, value=value)
            return
        for language, words in value.items():
            self.add("question_attributes", qid=qid, attribute=name, value=words, language=language)

    def xml(self) -> bytes:
        tables = "".join(
            f"<{table}><fields/><rows>{''.join(map(row_xml, rows))}</rows></{table}>"
            for table, rows in self.tables.items()
        )
        languages = "".join(f"<language>{code}</language>" for code in sorted(self.languages))
        version = "177" if self.old else "623"
        return (
            '<?xml version="1.0" encoding="UTF-8"?><document>'
            "<LimeSurveyDocType>Survey</LimeSurveyDocType>"
            f"<DBVersion>{version}</DBVersion><languages>{languages}</languages>{tables}</document>"
        ).encode()


def row_xml(row: Row) -> str:
    columns = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in row.items() if text)
    return f"<row>{columns}</row>"


def lss(
    *parts: Group | Asked,
    languages: Sequence[str] = ("en",),
    old: bool = False,
    settings: Row | None = None,
    words: Mapping[str, Text] | None = None,
    tables: Mapping[str, Sequence[Row]] | None = None,
) -> bytes:
    """A survey; questions that stand for themselves are in one group."""
    document = Document(languages, old=old)
    document.add(
        "surveys",
        sid=SID,
        language=languages[0],
        additional_languages=" ".join(languages[1:]),
        **(settings or {"format": "G"}),
    )
    said = {"title": "Parks", **(words or {})}
    for language in languages:
        row = {
            f"surveyls_{name}": in_each(text, languages).get(language, "")
            for name, text in said.items()
        }
        document.add("surveys_languagesettings", surveyls_language=language, **row)
    groups = [part for part in parts if isinstance(part, Group)]
    alone = tuple(part for part in parts if isinstance(part, Asked))
    for order, group in enumerate([*([Group(alone)] if alone else []), *groups], start=1):
        document.group(group, order)
    for table, rows in (tables or {}).items():
        for each in rows:
            document.add(table, **each)
    return document.xml()


def imported(*parts: Group | Asked, **more: Any) -> Imported:
    """The survey read; what is read is always sound, and is the same in native JSON."""
    found = read_limesurvey(lss(*parts, **more))
    assert unsound(found.questionnaire) == []
    assert read_questionnaire(write_questionnaire(found.questionnaire)) == found.questionnaire
    return found


def questions(*parts: Group | Asked, **more: Any) -> tuple[Question, ...]:
    return imported(*parts, **more).questionnaire.questions


def notes(found: Imported) -> str:
    return "\n".join(f"{note.where}: {note.what}" for note in found.notes)


YES_NO_ANSWERS = {"A1": "Often", "A2": "Never"}
LIST = Asked("L", "first", "How often?", answers=YES_NO_ANSWERS)
TICKS = Asked("M", "ticks", "Which?", rows={"SQ1": "Walk", "SQ2": "Cycle", "SQ3": "Drive"})
