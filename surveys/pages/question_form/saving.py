"""A question's form is saved: merged with what others wrote, or both texts are shown."""

from typing import Any
from urllib.parse import urlencode

from litestar import Response
from litestar.response import Redirect
from msgspec import Struct

from app.clock import now
from app.forms import Form
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.conditions.offered import asked_before
from surveys.conditions.wanted import taken_away
from surveys.drafting.applying import CannotApply
from surveys.pages.editing.landing import editor_of, landed
from surveys.pages.question_form.both import show_both
from surveys.pages.question_form.page import Shown, carried, show_form
from surveys.pages.requests import OfficerRequest
from surveys.question_fields.echo import echoed
from surveys.question_fields.translated import to_recheck
from surveys.question_fields.writing import question_fields
from surveys.questionnaire import Question, say

# Beyond it the address of the page grows too long, and nobody reads the list.
MOST_RECHECKS = 40


async def save(
    request: OfficerRequest,
    draft: store.Draft,
    key: str,
    *,
    opened: Question | None,
    mine: Question,
    form: Form,
) -> Response[Any]:
    """Stores what changed since `opened`. Where others changed the same, or what was opened
    cannot be read, both are shown and nothing is stored."""
    stored = draft.questionnaire.by_key()[key]
    if opened is None and mine != stored:
        return await show_both(request, draft, key, opened=None, mine=mine)
    problems = _problems(draft, key, opened or stored, mine)
    slug = draft.consultation.slug
    if not problems:
        try:
            changed = await store.change_question(
                slug, key, opened=opened or stored, mine=mine, by=request.user.email, now=now()
            )
            return _saved(request, changed, form, opened=opened or stored, key=mine.key)
        except store.ChangedMeanwhile:
            fresh = await store.draft(slug)
            return await show_both(request, fresh, key, opened=opened, mine=mine)
        except CannotApply as refused:
            problems = tuple(Problem("", each.words) for each in refused.problems)
    shown = Shown(
        opened=carried(opened or stored),
        question=mine,
        recheck=tuple(form.texts("_recheck")),
        problems=problems,
    )
    fields = form.fields if "type" in form.fields else _fields_of(draft, key, mine)
    return show_form(request, draft, key, fields, shown, status=422)


def _fields_of(draft: store.Draft, key: str, question: Question) -> dict[str, list[str]]:
    before = asked_before(draft.questionnaire, key)
    return question_fields(question, before, draft.questionnaire.languages[0])


def _problems(
    draft: store.Draft, key: str, opened: Question, mine: Question
) -> tuple[Problem, ...]:
    problems = taken_away(draft.questionnaire, opened, mine)
    if mine.key != key and mine.key in draft.questionnaire.by_key():
        words = "Another question has this key. Choose one of its own"
        return (*problems, Problem("key", words))
    return problems


def _saved(
    request: OfficerRequest, draft: store.Draft, form: Form, *, opened: Question, key: str
) -> Response[Any]:
    """Back on the outline; or still here while the form saves itself, or has translations to
    name that it did not name before."""
    known = form.texts("_recheck")
    language = draft.questionnaire.languages[0]
    stored = draft.questionnaire.by_key()[key]
    found = [each.place for each in to_recheck(opened, stored, language)]
    recheck = tuple(dict.fromkeys((*known, *found)))[:MOST_RECHECKS]
    saves_itself = form.ticked("_autosave")
    if saves_itself and key == opened.key:
        fields = echoed(_fields_of(draft, key, stored), form.fields)
        shown = Shown(opened=carried(stored), question=stored, recheck=recheck)
        return show_form(request, draft, key, fields, shown)
    if not saves_itself and set(found) <= set(known):
        return landed(draft, form, at=key)
    said = [] if saves_itself else [("saved", "true")]
    query = urlencode([*said, *(("recheck", place) for place in recheck)])
    address = f"{editor_of(draft.consultation.slug)}/questions/{key}"
    return Redirect(f"{address}?{query}" if query else address, status_code=303)


class GonePage(Struct, frozen=True, kw_only=True):
    """What was being written about a question that is not there any more. `mine` is it as JSON."""

    slug: str
    title: str
    revision: int
    key: str
    words: str
    hint: str
    lines: tuple[str, ...]
    mine: str


def gone(request: OfficerRequest, draft: store.Draft, key: str, *, mine: Question) -> Response[str]:
    language = draft.questionnaire.languages[0]
    listed = (getattr(mine, name, ()) for name in ("options", "rows", "scale"))
    page = GonePage(
        slug=draft.consultation.slug,
        title=draft.consultation.title,
        revision=draft.revision,
        key=key,
        words=say(mine.text, language),
        hint=say(mine.hint, language),
        lines=tuple(
            say(each.text, language)
            for part in listed
            if not isinstance(part, str)
            for each in part
        ),
        mine=carried(mine),
    )
    return render(request, "surveys/question_form/gone.html", page, status=409)
