"""The questions were corrected while somebody was answering: what changed, and what is kept."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.clock import now
from app.forms import Form, read_form
from app.templating import render
from responses import store
from responses.carrying import Carried, Crossing, carried, crossing
from responses.merging import read_seen
from responses.pages.journey import (
    AnyRequest,
    Journey,
    Leaf,
    QuestionsChanged,
    begun,
    draft_cookie,
    journey,
    with_changes,
)
from responses.pages.keeping import LONGEST_SEEN, Kept, LostAnswer, differs_page, keep_answers
from responses.pages.uploads import answered_with, file_changes
from surveys import store as surveys
from surveys.checks import read_fields
from surveys.consultation import Version
from surveys.fields import field_names
from surveys.marked import Marked
from surveys.questionnaire import Question, Statement

CHANGED = "/consultations/{slug:str}/respond/changed"


class ChangedPage(Struct, frozen=True, kw_only=True):
    """`notes` are the council's own words on what was corrected, the latest last."""

    slug: str
    title: Marked
    invented: bool
    notes: tuple[Marked, ...]
    lost: tuple[LostAnswer, ...]
    reworded: tuple[Marked, ...]
    new: int
    kept: int
    action: str


@get(CHANGED, name="questions-changed")
async def changed_page(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    try:
        here = await journey(slug, request, now=now())
    except QuestionsChanged as changed:
        before = changed.before
        over = await _carried(before, changed.after, before.answers)
        return await _told(request, before, changed.after, over)
    return Redirect(here.at(1), status_code=303)


@post(CHANGED, name="go-on-with-changed-questions")
async def go_on(slug: FromPath[str], request: AnyRequest) -> Redirect:
    await read_form(request)
    moment = now()
    try:
        here = await journey(slug, request, now=moment)
    except QuestionsChanged as changed:
        return await _carried_over(changed, moment)
    return Redirect(here.at_check if here.draft else here.at(1), status_code=303)


async def _told(
    request: AnyRequest, before: Journey, after: Journey, over: Carried
) -> Response[str]:
    asked = after.questionnaire.by_key()
    page = ChangedPage(
        slug=before.consultation.slug,
        title=after.title,
        invented=before.consultation.invented,
        notes=await _notes(before.version, after.version),
        lost=tuple(_lost(before, over)),
        reworded=tuple(after.marked(asked[key].text) for key in over.reworded),
        new=len(over.new),
        kept=len({name.partition(".")[0] for name in over.answers}),
        action=f"{before.address}/changed{before.query}",
    )
    response = render(request, "responses/changed.html", page, language=after.language)
    response.headers["Cache-Control"] = "no-store"
    return response


def _lost(before: Journey, over: Carried) -> Iterator[LostAnswer]:
    for each in over.lost:
        yield LostAnswer(before.marked(each.question.text), each.said, bool(each.key))


async def _carried_over(changed: QuestionsChanged, moment: datetime) -> Redirect:
    before, after = changed.before, changed.after
    assert before.draft is not None  # noqa: S101 (only a draft can be behind its round)
    over = await _carried(before, after, before.answers)
    await store.carry_draft(before.draft, after.version.id, over.answers, now=moment)
    following = next(_to_see(after, over), None)
    return Redirect(after.at(following) if following else after.at_check, status_code=303)


def _to_see(after: Journey, over: Carried) -> Any:
    """The screens to look at: those with something to look at again, and those not answered."""
    for number in after.route(over.answers):
        leaf = after.leaf(number)
        asked = [each for each in leaf.questions if _is_asked(each)] if leaf else []
        unseen = asked and not any(each.key in over.answers for each in asked)
        if unseen or any(each.key in over.to_look_at for each in asked):
            yield number


def _is_asked(question: Question) -> bool:
    return not isinstance(question, Statement)


async def _carried(before: Journey, after: Journey, answers: Mapping[str, Any]) -> Carried:
    return carried(await _way(before, after), answers, language=after.language)


async def _way(before: Journey, after: Journey) -> Crossing:
    same = await surveys.equivalences(before.consultation.id)
    return crossing(
        before.questionnaire,
        after.questionnaire,
        same.of(before.version.id),
        same.of(after.version.id),
    )


async def _notes(before: Version, after: Version) -> tuple[Marked, ...]:
    known = await surveys.versions(after.consultation_id)
    passed = (each for each in known if before.number < each.number <= after.number)
    language = after.questionnaire.languages[0]
    return tuple(Marked(each.note, language) for each in passed if each.frozen and each.note)


async def kept_before(
    request: AnyRequest, changed: QuestionsChanged, number: int, form: Form, *, moment: datetime
) -> Response[Any] | Redirect:
    """What was typed on a page of the questions as they were, kept for the page that says what
    changed."""
    kept = await keep_typed(changed.before, number, form, moment=moment)
    if kept.differences:
        return differs_page(request, kept.here, kept.differences, then="check")
    return Redirect(changed.address, status_code=303)


async def keep_typed(here: Journey, number: int, form: Form, *, moment: datetime) -> Kept:
    """A page kept as it was typed, without a word on whether it fits."""
    leaf = here.leaf(number)
    if here.draft is None or leaf is None:
        return Kept(here, ())
    here = await _with_files(here, leaf, form, moment=moment)
    return await _keep(here, leaf.questions, _typed(leaf, form), form, moment=moment)


async def _keep(
    here: Journey,
    asked: Iterable[Question],
    answers: Mapping[str, Any],
    form: Form,
    *,
    moment: datetime,
) -> Kept:
    """Keeps answers that no newer page has changed since."""
    seen = read_seen(form.text("_seen", limit=LONGEST_SEEN))
    return await keep_answers(here, asked, answers, seen, now=moment)


async def older_version(here: Journey, form: Form) -> Version | None:
    """The version that a page was of, where it was opened before the questions were corrected and
    sent since."""
    typed_on = form.text("_version", limit=9)
    if not typed_on or typed_on == str(here.version.number):
        return None
    known = await surveys.versions(here.consultation.id)
    older = (each for each in known if each.frozen and each.number < here.version.number)
    return next((each for each in older if str(each.number) == typed_on), None)


async def sent_from_older(
    request: AnyRequest,
    here: Journey,
    older: Version,
    number: int,
    form: Form,
    *,
    moment: datetime,
) -> Response[Any] | Redirect:
    """Nothing of it is lost: without a draft it becomes one of the older version, which is then
    carried over; else what fits is kept, and what does not is shown."""
    before = replace(here, version=older, round=replace(here.round, version_id=older.id))
    leaf = before.leaf(number)
    if leaf is None:
        return Redirect(here.at(1), status_code=303)
    before = await _with_files(before, leaf, form, moment=moment)
    typed = _typed(leaf, form)
    if here.draft is None:
        return await _begun_before(before, typed, moment=moment)
    way = await _way(before, here)
    over = carried(way, typed | answered_with(leaf.questions, before.files), language=here.language)
    asked = _those_of(here, leaf, way, over)
    kept = await _keep(here, asked, over.answers, form, moment=moment)
    first = here.leaf_of(asked[0].key) if asked else 1
    if kept.differences:
        lost = tuple(_lost(before, over))
        return differs_page(request, kept.here, kept.differences, then=str(first), lost=lost)
    if over.lost:
        return await _told(request, before, kept.here, over)
    return Redirect(here.at(first), status_code=303)


def _those_of(here: Journey, leaf: Leaf, way: Crossing, over: Carried) -> tuple[Question, ...]:
    """What is asked now of what the page asked, without that whose answer no longer fits: those
    answered, and those whose answer was taken back."""
    then = {question.key for question in leaf.questions}
    lost = {each.key for each in over.lost}
    return tuple(
        question
        for question in here.questionnaire.questions
        if way.same.get(question.key) in then and question.key not in lost
    )


async def _begun_before(before: Journey, typed: Mapping[str, Any], *, moment: datetime) -> Redirect:
    """A draft of the version that the page was of; a file has begun one already."""
    if before.draft is None:
        given = {name: answer for name, answer in typed.items() if answer is not None}
        before = await begun(before, given, now=moment)
    else:
        await store.save_draft(before.draft, typed, language=before.language, now=moment)
    cookie = draft_cookie(before.consultation.slug, before.token)
    address = f"{before.address}/changed{before.query}"
    return Redirect(address, status_code=303, cookies=[cookie])


async def _with_files(before: Journey, leaf: Leaf, form: Form, *, moment: datetime) -> Journey:
    changes = await file_changes(form, leaf.questions, before.files, language=before.language)
    return await with_changes(before, changes, now=moment)


def _typed(leaf: Leaf, form: Form) -> dict[str, Any]:
    """Every answer of the page, None where there is none any more."""
    given = read_fields(leaf.questions, form.fields)
    names = [name for question in leaf.questions for name in field_names(question)]
    return {name: given.get(name) or None for name in names}
