"""The form of one question: opened, changed by its buttons, and saved."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from msgspec.structs import replace

from app.auth.guards import may_manage
from app.forms import Form, read_form
from surveys import store
from surveys.conditions.form import JOINED, ROWS, SHOW, one, press_rows
from surveys.conditions.offered import asked_before
from surveys.conditions.wanted import values_wanted
from surveys.drafting.applying import the_question
from surveys.drafting.building import as_kind
from surveys.pages.editing.landing import EDIT
from surveys.pages.question_form.page import Fields, Shown, carried, read_carried, show_form
from surveys.pages.question_form.saving import MOST_RECHECKS, gone, save
from surveys.pages.question_form.types import KINDS
from surveys.pages.requests import OfficerRequest
from surveys.question_fields.echo import is_paste
from surveys.question_fields.lines import press
from surveys.question_fields.reading import ReadQuestion, read_question
from surveys.question_fields.writing import question_fields
from surveys.questionnaire import Question

QUESTION = f"{EDIT}/questions/{{key:str}}"


@get(QUESTION, guards=[may_manage], name="edit-question")
async def question_form(
    slug: FromPath[str],
    key: FromPath[str],
    request: OfficerRequest,
    recheck: FromQuery[list[str] | None] = None,
    made: FromQuery[bool] = False,
    saved: FromQuery[bool] = False,
) -> Response[str]:
    draft = await store.draft(slug)
    question = the_question(draft.questionnaire, key)
    said = "The question is made. Write what belongs to it." if made else ""
    shown = Shown(
        opened=carried(question),
        question=question,
        recheck=tuple(recheck or ())[:MOST_RECHECKS],
        said="Saved." if saved else said,
    )
    return show_form(request, draft, key, _fields_of(draft, key, question), shown)


@post(QUESTION, guards=[may_manage])
async def change_question(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    stored = draft.questionnaire.by_key().get(key)
    opened = read_carried(form, "_opened")
    opened = opened if opened and opened.key == key else None
    base = opened or the_question(draft.questionnaire, key)
    read = _read(draft, key, base, _counting(form))
    if stored is None:
        return gone(request, draft, key, mine=read.question)
    pressed = _pressed(draft, key, form.fields, read)
    if pressed is not None:
        fields, focus = pressed
        shown = _shown(form, base, focus=focus)
        return show_form(request, draft, key, fields, shown)
    if read.problems:
        shown = replace(_shown(form, base), problems=read.problems)
        return show_form(request, draft, key, form.fields, shown, status=422)
    return await save(request, draft, key, opened=opened, mine=read.question, form=form)


def _counting(form: Form) -> Fields:
    """The fields that count: a form that saves itself does so while a list is being pasted."""
    if not form.ticked("_autosave"):
        return form.fields
    return {name: typed for name, typed in form.fields.items() if not is_paste(name)}


def _shown(form: Form, base: Question, *, focus: str = "") -> Shown:
    return Shown(
        opened=one(form.fields, "_opened"),
        question=base,
        recheck=tuple(form.texts("_recheck")),
        focus=focus,
    )


def _fields_of(draft: store.Draft, key: str, question: Question) -> dict[str, list[str]]:
    questionnaire = draft.questionnaire
    before = asked_before(questionnaire, key)
    return question_fields(question, before, questionnaire.languages[0])


def _read(draft: store.Draft, key: str, base: Question, fields: Fields) -> ReadQuestion:
    questionnaire = draft.questionnaire
    return read_question(
        fields,
        base,
        before=asked_before(questionnaire, key),
        language=questionnaire.languages[0],
        settled=_settled(draft, key, base),
    )


def _settled(draft: store.Draft, key: str, base: Question) -> frozenset[str]:
    """The values that stay: those that conditions want, and from the second version on those that
    answers may have been given in."""
    if draft.version.number == 1:
        return values_wanted(draft.questionnaire, key)
    listed = (getattr(base, name, ()) for name in ("options", "rows", "scale"))
    return frozenset(each.value for part in listed if not isinstance(part, str) for each in part)


def _pressed(
    draft: store.Draft, key: str, fields: Fields, read: ReadQuestion
) -> tuple[Fields, str] | None:
    """The form after a button of its own that does not save, and where to go on."""
    for name in fields:
        if name.startswith("_") and (done := press(fields, name) or press_rows(fields, name)):
            return done.fields, done.focus
    if "_retype" in fields:
        return _retyped(draft, key, fields, read), "_retype"
    return (fields, "") if "_redraw" in fields else None


_AS_TYPED = ("text", "hint", "key", SHOW, JOINED)


def _retyped(
    draft: store.Draft, key: str, fields: Fields, read: ReadQuestion
) -> dict[str, list[str]]:
    """The form as another type's, with what both types have and the words as they were typed."""
    kind = one(fields, "_kind")
    if kind not in KINDS:
        return dict(fields)
    other = _fields_of(draft, key, as_kind(read.question, kind))
    other = {name: typed for name, typed in other.items() if not name.startswith(f"{ROWS}.")}
    kept = {
        name: typed
        for name, typed in fields.items()
        if name in _AS_TYPED or name.startswith(f"{ROWS}.")
    }
    return {**other, **kept}
