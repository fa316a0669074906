"""The coding desk: one answer in words at a time, its themes ticked, saved and on to the next."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from analysis import store
from analysis.codebook import ThemeWords
from analysis.coding import ChangedMeanwhile
from analysis.pages.desk_view import Desk, NoSuchAnswer, Ticks, desk_page, finished_page, open_desk
from analysis.pages.questions import whole
from analysis.pages.theme_form import LABEL_LIMIT, refuse_label
from analysis.reading import next_unread as unread_after
from analysis.reading import starting_place
from app.auth.guards import may_code
from app.clock import now
from app.forms import Form, read_form
from app.templating import render

AnyRequest = Request[Any, Any, Any]


@get("/coding", name="coding", guards=[may_code])
async def next_unread(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    """The next unread answer, after `after` where that is given; a page that says so when none is
    left."""
    question = request.query_params.get("question", "")
    desk = await open_desk(slug, question=question)
    after = whole(request.query_params.get("after", ""))
    if after is None:
        after = await _left_off(desk, request.user.email)
    answer = unread_after(desk.ids, desk.read, after=after)
    if answer is None:
        page = await finished_page(desk, coder=request.user.email)
        return render(request, "analysis/all_read.html", page)
    return Redirect(desk.address(answer), status_code=303)


@get("/coding/{answer_id:int}", name="coding-answer", guards=[may_code])
async def desk(slug: FromPath[str], answer_id: FromPath[int], request: AnyRequest) -> Response[str]:
    query = request.query_params
    opened = await open_desk(slug, question=query.get("question", ""))
    ticks = None
    if "mark" in query:
        ticked = (whole(value) for value in query.getall("tick", []))
        ticks = Ticks(frozenset(one for one in ticked if one is not None), query["mark"])
    page = await desk_page(
        opened,
        answer_id,
        coder=request.user.email,
        ticks=ticks,
        undone="undone" in query,
    )
    return render(request, "analysis/coding.html", page)


@post("/coding/{answer_id:int}", name="save-codings", guards=[may_code])
async def save(
    slug: FromPath[str], answer_id: FromPath[int], request: AnyRequest
) -> Response[str] | Redirect:
    form = await read_form(request)
    opened = await open_desk(slug, question=form.text("question"))
    if answer_id not in opened.answers:
        raise NoSuchAnswer("This consultation has no such answer. It may have been withdrawn.")
    ticked = frozenset(one for one in map(whole, form.texts("theme")) if one is not None)
    ticks = Ticks(ticked, form.text("mark"))
    added = await _add_typed_theme(form, slug, coder=request.user.email)
    if added is not None:
        ticks = Ticks(ticked | {added}, ticks.mark)
        return Redirect(_with_ticks(opened, answer_id, ticks), status_code=303)
    if not ticked <= {theme.id for theme in opened.themes}:
        form.refuse("themes", "A theme you ticked is no longer in the codebook. Check your ticks.")
    if not form.problems:
        try:
            await _store(opened, answer_id, ticks, coder=request.user.email)
            return Redirect(opened.next_address(after=answer_id), status_code=303)
        except ChangedMeanwhile as changed:
            return await _shown_again(request, opened, answer_id, ticks, form, changed=changed)
    return await _shown_again(request, opened, answer_id, ticks, form)


@post("/coding/undo", name="undo-coding", guards=[may_code])
async def undo(slug: FromPath[str], request: AnyRequest) -> Redirect:
    form = await read_form(request)
    opened = await open_desk(slug, question=form.text("question"))
    answer = await store.undo(opened.consultation.id, request.user.email, now=now())
    if answer is None:
        return Redirect(opened.next_address(after=None), status_code=303)
    return Redirect(opened.address(answer, undone="1"), status_code=303)


async def _left_off(desk: Desk, coder: str) -> int | None:
    """Where this coder was; a further coder's own starting place; None for the very first."""
    last = await store.last_answer(desk.consultation.id, coder)
    if last is not None:
        return last
    if await store.others_coded(desk.consultation.id, coder):
        return starting_place(desk.ids, coder)
    return None


async def _add_typed_theme(form: Form, slug: str, *, coder: str) -> int | None:
    """Adds the theme that was typed on the desk, whichever button was pressed: it is not lost."""
    label = form.text("new_theme", limit=LABEL_LIMIT)
    pressed = form.text("do") == "add"
    if pressed and not label:
        form.refuse("new_theme", "Enter a name for the theme")
    if not label or form.problems:
        return None
    try:
        added = await store.add_theme(slug, ThemeWords(label), by=coder, now=now())
    except store.LabelTaken as refused:
        refuse_label(form, refused, field="new_theme")
        return None
    return added.id


async def _store(desk: Desk, answer_id: int, ticks: Ticks, *, coder: str) -> None:
    await store.set_codings(
        answer_id,
        ticks.themes,
        consultation_id=desk.consultation.id,
        finished=True,
        coder=coder,
        now=now(),
        seen=ticks.mark,
    )


async def _shown_again(
    request: AnyRequest,
    desk: Desk,
    answer_id: int,
    ticks: Ticks,
    form: Form,
    *,
    changed: ChangedMeanwhile | None = None,
) -> Response[str]:
    if changed:
        form.refuse("themes", f"{changed.words} Your ticks are not saved yet.")
        ticks = Ticks(ticks.themes, changed.now.mark)
    page = await desk_page(
        desk,
        answer_id,
        coder=request.user.email,
        ticks=ticks,
        problems=tuple(form.problems),
        new_theme=form.fields.get("new_theme", [""])[0],
        changed=changed,
    )
    return render(request, "analysis/coding.html", page, status=409 if changed else 422)


def _with_ticks(desk: Desk, answer_id: int, ticks: Ticks) -> str:
    """The answer's page with these ticks, none of them saved."""
    query = urlencode([("tick", one) for one in sorted(ticks.themes)] + [("mark", ticks.mark)])
    address = desk.address(answer_id)
    return f"{address}{'&' if '?' in address else '?'}{query}#themes"
