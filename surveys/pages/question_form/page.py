"""The page of one question's form: everything typed, in the shape that its type asks for."""

from collections.abc import Mapping

import msgspec
from litestar import Response
from msgspec import Struct

from app.forms import Form
from app.languages import language_name
from app.problems import Problem
from app.security import HOLDS_A_FRAME
from app.templating import render
from surveys import store
from surveys.conditions.form import one
from surveys.conditions.offered import asked_before
from surveys.conditions.rows import Routing, routing
from surveys.file_kinds import KINDS as FILE_KINDS
from surveys.pages.question_form.types import GROUPS, KINDS, Group, Kind
from surveys.pages.requests import OfficerRequest
from surveys.question_fields.lines import lines, with_spares
from surveys.question_fields.translated import recheck_at
from surveys.question_fields.writing import EDGES
from surveys.questionnaire import Question, say
from surveys.scales import SCALES
from surveys.typed import shortened

Fields = Mapping[str, list[str]]

_WORDS = ("text", "hint", "key", "type", "unit", "scale", "_kind")
_TICKS = ("required", "special_category", "whole", "other", "random_order", "no_opinion")
_CHOICES = ("min_choices", "max_choices")
_LIMITS = ("min", "max", "max_length", "max_words", "max_files", "max_megabytes", *_CHOICES)
_DAYS = [f"{name}-{part}" for name in ("min", "max") for part in ("day", "month", "year")]
_MAP = [f"map.{part}" for part in ("image", "text", *EDGES)]
_PASTES = [f"{name}.paste" for name in ("options", "points", "rows")]
NAMES = (*_WORDS, *_TICKS, *_LIMITS, *_DAYS, *_MAP, *_PASTES)
LISTS = {
    "single": ("options",),
    "multiple": ("options",),
    "dropdown": ("options",),
    "ranking": ("options",),
    "likert": ("points",),
    "grid": ("rows", "points"),
}
"""The lists of each type that has some."""


class LineView(Struct, frozen=True):
    """`last` is the last line that can be moved: a blank one to type in stands after it."""

    number: int
    text: str
    value: str
    exclusive: bool
    spare: bool
    last: bool


class RecheckView(Struct, frozen=True):
    """Words that changed while their translations stayed, and the languages as code and name."""

    words: str
    languages: tuple[tuple[str, str], ...]


class QuestionPage(Struct, frozen=True, kw_only=True):
    """`typed` holds every plain field; `opened` is the question as it was read, as JSON. `recheck`
    names the texts whose translations may no longer fit, and `said` what was just done."""

    slug: str
    title: str
    revision: int
    key: str
    language: str
    language_name: str
    languages: int
    page_key: str
    page_number: int
    page_words: str
    kind: Kind
    groups: tuple[Group, ...]
    typed: Mapping[str, str]
    lists: Mapping[str, tuple[LineView, ...]]
    accept: tuple[str, ...]
    file_kinds: tuple[tuple[str, str], ...]
    scales: tuple[tuple[str, str], ...]
    routing: Routing
    opened: str
    recheck: tuple[str, ...]
    rechecks: tuple[RecheckView, ...]
    focus: str
    said: str
    problems: tuple[Problem, ...] = ()


class Shown(Struct, frozen=True):
    """What a form is shown with beside its fields: the JSON that it carries, the question behind
    its translations, and what is said on top."""

    opened: str
    question: Question
    recheck: tuple[str, ...] = ()
    focus: str = ""
    said: str = ""
    problems: tuple[Problem, ...] = ()


def carried(question: Question) -> str:
    """The question as the form carries it, to tell later what was changed since."""
    return msgspec.json.encode(question).decode()


def read_carried(form: Form, name: str) -> Question | None:
    """The question that a form carries; None where it cannot be read."""
    try:
        question: Question = msgspec.json.decode("".join(form.fields.get(name, [])), type=Question)
    except msgspec.DecodeError:
        return None
    return question


def show_form(
    request: OfficerRequest,
    draft: store.Draft,
    key: str,
    fields: Fields,
    shown: Shown,
    *,
    status: int = 200,
) -> Response[str]:
    page = _page(draft, key, fields, shown)
    template = "surveys/question_form/form.html"
    return render(request, template, page, status=status, headers=HOLDS_A_FRAME)


def _page(draft: store.Draft, key: str, fields: Fields, shown: Shown) -> QuestionPage:
    questionnaire = draft.questionnaire
    language = questionnaire.languages[0]
    number, sheet = next(
        (number, page)
        for number, page in enumerate(questionnaire.pages, start=1)
        if any(question.key == key for question in page.questions)
    )
    kind = KINDS[one(fields, "type")]
    names = LISTS.get(kind.name, ())
    fields = with_spares(fields, names)
    condition = shown.question.show_if
    return QuestionPage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        key=key,
        language=language,
        language_name=language_name(language),
        languages=len(questionnaire.languages),
        page_key=sheet.key,
        page_number=number,
        page_words=say(sheet.title, language),
        kind=kind,
        groups=GROUPS,
        typed={name: "".join(fields.get(name, [])[:1]) for name in NAMES},
        lists={name: _lines(fields, name) for name in names},
        accept=tuple(fields.get("accept", ())),
        file_kinds=tuple((code, say(words, "en")) for code, words in FILE_KINDS.items()),
        scales=tuple((name, _points(name, language)) for name in SCALES),
        routing=routing(
            fields,
            condition,
            questionnaire=questionnaire,
            before=asked_before(questionnaire, key),
        ),
        opened=shown.opened,
        recheck=shown.recheck,
        rechecks=_rechecks(shown, language),
        focus=shown.focus,
        said=shown.said,
        problems=shown.problems,
    )


def _points(name: str, language: str) -> str:
    return ", ".join(say(point.text, language) for point in SCALES[name])


def _lines(fields: Fields, name: str) -> tuple[LineView, ...]:
    listed = lines(fields, name)
    last = len(listed) - 1
    return tuple(
        LineView(number, line.text, line.value, line.exclusive, number > last, number == last)
        for number, line in enumerate(listed, start=1)
    )


def _rechecks(shown: Shown, language: str) -> tuple[RecheckView, ...]:
    return tuple(
        RecheckView(
            shortened(each.words), tuple((code, language_name(code)) for code in each.languages)
        )
        for each in recheck_at(shown.question, shown.recheck, language)
    )
