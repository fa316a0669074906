"""What others did meanwhile is settled: field by field, or a removed question is put back."""

from typing import Any

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from app.auth.guards import may_manage
from app.clock import now as moment
from app.forms import Form, read_form
from app.problems import Problem, Refusal
from surveys import store
from surveys.conditions.offered import asked_before
from surveys.drafting.applying import CannotApply, the_question
from surveys.drafting.operations import AddQuestion, Operation
from surveys.imported import fitted_key
from surveys.pages.editing.landing import editor_of
from surveys.pages.question_form.both import show_both
from surveys.pages.question_form.clashes import LABELS, MINE, OWN, THEIRS, clashing, settled
from surveys.pages.question_form.form import QUESTION
from surveys.pages.question_form.page import Shown, carried, read_carried, show_form
from surveys.pages.question_form.saving import save
from surveys.pages.requests import OfficerRequest
from surveys.question_fields.writing import question_fields
from surveys.questionnaire import Question, Questionnaire


class NothingWritten(Refusal):
    status = 422
    title = "What you wrote could not be read"


@post(f"{QUESTION}/settle", guards=[may_manage])
async def settle(slug: FromPath[str], key: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    draft = await store.draft(slug)
    stored = the_question(draft.questionnaire, key)
    opened, mine = read_carried(form, "_was"), _mine(form)
    now = read_carried(form, "_now") or stored
    language = draft.questionnaire.languages[0]
    fields = clashing(opened, mine, now, language)
    chosen = {name: form.text(f"choice.{name}") for name in fields}
    own = {name: form.text(f"own.{name}", limit=50_000) for name in fields}
    going_on = "_edit" in form.fields
    if not going_on and (problems := _problems(chosen, own)):
        return await show_both(
            request,
            draft,
            key,
            opened=opened,
            mine=mine,
            now=now,
            chosen=chosen,
            own=own,
            problems=problems,
        )
    # Going on without a choice keeps what this officer wrote in the form, to be changed there.
    chosen = {name: choice or MINE for name, choice in chosen.items()}
    result = settled(opened, mine, now, chosen=chosen, own=own, language=language)
    if going_on:
        fields_of = question_fields(result, asked_before(draft.questionnaire, key), language)
        return show_form(
            request, draft, key, fields_of, Shown(opened=carried(now), question=result)
        )
    return await save(request, draft, key, opened=now, mine=result, form=form)


def _mine(form: Form) -> Question:
    mine = read_carried(form, "_mine")
    if mine is None:
        raise NothingWritten("Open the question again. Nothing was changed.")
    return mine


def _problems(chosen: dict[str, str], own: dict[str, str]) -> tuple[Problem, ...]:
    problems = []
    for name, choice in chosen.items():
        if choice not in (THEIRS, MINE, OWN):
            words = f"Choose what “{LABELS[name]}” should be"
            problems.append(Problem(f"choice.{name}", words))
        elif choice == OWN and name == "text" and not own[name]:
            problems.append(Problem(f"own.{name}", "Write the question"))
    return tuple(problems)


@post(f"{QUESTION}/put-back", guards=[may_manage])
async def put_back(
    slug: FromPath[str], key: FromPath[str], request: OfficerRequest
) -> Response[Any]:
    """Adds what was being written at the end, always shown where what its condition tests is
    gone too."""
    mine = _mine(await read_form(request))
    made: list[str] = []

    def added(questionnaire: Questionnaire) -> Operation:
        question = replace(mine, key=fitted_key(mine.key, questionnaire.by_key()))
        made[:] = [question.key]
        page = questionnaire.pages[-1]
        return AddQuestion(page.key, len(page.questions), question)

    try:
        await store.change(slug, added, by=request.user.email, now=moment())
    except CannotApply:
        mine = replace(mine, show_if=None)
        await store.change(slug, added, by=request.user.email, now=moment())
    return Redirect(f"{editor_of(slug)}/questions/{made[0]}?saved=true", status_code=303)
