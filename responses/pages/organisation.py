"""Answering for an organisation: how several people begin, and where they see what is left."""

from datetime import datetime
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.clock import now
from app.database import AlreadyThere
from app.forms import Form, read_form
from app.languages import LanguageChoice, language_choices
from app.problems import Problem
from app.speech import Speech, speech
from app.templating import render
from responses import store
from responses.organisation import Section, State, Together, section_key
from responses.pages.declaring import (
    LONGEST_TYPED,
    declaration_page,
    declare,
    no_name,
    too_long,
)
from responses.pages.editing import leave, take_over
from responses.pages.journey import (
    AnyRequest,
    Journey,
    begun,
    draft_cookie,
    journey,
    member_cookie,
)
from responses.pages.not_answering import REFUSED
from responses.pages.people import (
    change_people,
    join_page,
    joining,
    people_page,
    read_person,
)
from responses.pages.sent_page import slowed_to_begin
from responses.pages.signing import state_here
from surveys.marked import Marked
from surveys.questionnaire import Statement
from surveys.typed import on_one_line

AT = "/consultations/{slug:str}/respond/organisation"


class BeginPage(Struct, frozen=True):
    """Every value as it was typed."""

    slug: str
    title: Marked
    languages: tuple[LanguageChoice, ...]
    back: str
    action: str
    organisation: str = ""
    name: str = ""
    post: str = ""
    problems: tuple[Problem, ...] = ()


class PageLine(Struct, frozen=True):
    """One page of the questions, and in words how it stands; `shown` stands for its answers.
    `editing` says that somebody else is on it now."""

    number: int
    title: Marked
    address: str
    words: tuple[str, ...]
    editing: bool
    ready: bool
    answered: bool
    shown: str


class OverviewPage(Struct, frozen=True, kw_only=True):
    """`alone` says that nobody else takes part yet, so that one person may answer again."""

    slug: str
    title: Marked
    languages: tuple[LanguageChoice, ...]
    organisation: str
    me: str
    code: str
    go_on: str
    lines: tuple[PageLine, ...]
    ready_at: str
    people: str
    people_at: str
    declared: bool
    declare_at: str
    agreed: str
    check_at: str
    may_send: bool
    sender: str
    alone: bool
    end_at: str
    come_back: str


@get(AT, name="organisation")
async def overview(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    here = await journey(slug, request, now=now())
    if here.together is None or here.draft is None:
        if not here.for_organisation:
            return Redirect(here.at(1), status_code=303)
        return _begin(request, here, Form({}))
    await leave(here)
    return await _overview(request, here, here.draft, here.together, now=now())


@post(AT, name="begin-organisation")
async def begin(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    form = await read_form(request)
    moment = now()
    here = await journey(slug, request, now=moment)
    if not here.for_organisation:
        return Redirect(here.organisation_at, status_code=303)
    speaks = speech(here.language)
    organisation = on_one_line(form.text("organisation", limit=LONGEST_TYPED))
    person, wrong = read_person(form, here.language)
    problems = (*(() if organisation else (no_name(speaks),)), *too_long(form, speaks), *wrong)
    if problems:
        return _begin(request, here, form, problems=problems)
    slow = await slowed_to_begin(request, here, now=moment)
    if slow.problems:
        response = _begin(request, here, form, problems=slow.problems)
        if slow.cookie:
            response.set_cookie(slow.cookie)
        return response
    if here.draft is None:
        here = await begun(here, {}, now=moment)
    draft = here.draft or await store.draft(here.token)
    assert draft is not None  # noqa: S101 (it was just begun)
    try:
        token = await store.begin_organisation(draft, organisation, person, now=moment)
    except AlreadyThere:
        # Another window of this browser was first.
        return Redirect(here.organisation_at, status_code=303)
    cookies = [draft_cookie(slug, draft.token), member_cookie(slug, token)]
    return Redirect(here.organisation_at, status_code=303, cookies=cookies)


@post(f"{AT}/ready", name="mark-page-ready")
async def mark_ready(slug: FromPath[str], request: AnyRequest) -> Redirect:
    form = await read_form(request)
    moment = now()
    here = await journey(slug, request, now=moment)
    number = form.text("page", limit=LONGEST_TYPED)[:4]
    leaf = here.leaf(int(number)) if number.isascii() and number.isdigit() else None
    state = state_here(here)
    if leaf is not None and state and here.together and here.draft:
        key = section_key(here.questionnaire, leaf.number)
        # What was ready is what the list showed, not what came in between.
        shown = form.text("as", limit=100)
        member = here.together.me.id if form.ticked("ready") else None
        if member is None or shown == state.sections[key]:
            await store.mark_ready(here.draft, key, member, ready_as=shown, now=moment)
    return Redirect(here.organisation_at, status_code=303)


@post(f"{AT}/end", name="end-organisation")
async def end(slug: FromPath[str], request: AnyRequest) -> Redirect:
    """For whoever began it by mistake, and is alone still. The answers stay."""
    await read_form(request)
    here = await journey(slug, request, now=now())
    if here.together and here.draft and len(here.together.organisation.members) == 1:
        await store.end_organisation(here.draft)
        return Redirect(here.at(1), status_code=303)
    return Redirect(here.organisation_at, status_code=303)


def _begin(
    request: AnyRequest, here: Journey, form: Form, *, problems: tuple[Problem, ...] = ()
) -> Response[str]:
    page = BeginPage(
        slug=here.consultation.slug,
        title=here.title,
        languages=language_choices(here.questionnaire.languages, here.language),
        back=here.at(1),
        action=here.organisation_at,
        organisation=form.text("organisation", limit=LONGEST_TYPED),
        name=form.text("name", limit=LONGEST_TYPED),
        post=form.text("post", limit=LONGEST_TYPED),
        problems=problems,
    )
    return _rendered(request, here, "organisation_begin", page, problems)


async def _overview(
    request: AnyRequest, here: Journey, draft: store.Draft, together: Together, *, now: datetime
) -> Response[str]:
    organisation, me = together.organisation, together.me
    state = state_here(here)
    assert state is not None  # noqa: S101 (there is an organisation)
    own = await store.return_of_member(me.id)
    speaks = speech(here.language)
    at = f"{here.address}/organisation"
    page = OverviewPage(
        slug=here.consultation.slug,
        title=here.title,
        languages=language_choices(here.questionnaire.languages, here.language),
        organisation=organisation.name,
        me=me.name,
        code=own.code if own else "",
        go_on=here.at(1),
        lines=_lines(here, together, await store.sections(draft), state, now=now),
        ready_at=f"{at}/ready{here.query}",
        people=speaks.plural(
            "{n} person takes part", "{n} people take part", len(organisation.members)
        ),
        people_at=f"{at}/people{here.query}",
        declared=organisation.declaration.is_complete,
        declare_at=f"{at}/declaration{here.query}",
        agreed=_agreed(together, state, speaks),
        check_at=here.at_check,
        may_send=me.sends,
        sender=organisation.sender.name,
        alone=len(organisation.members) == 1,
        end_at=f"{at}/end{here.query}",
        come_back=f"{here.address}/return{here.query}",
    )
    return _rendered(request, here, "organisation", page)


def _agreed(together: Together, state: State, speaks: Speech) -> str:
    asked = len(together.organisation.deciding)
    if not asked:
        return speaks.say("Nobody else has to agree")
    lacking = len(together.organisation.lacking(state))
    return speaks.say(
        "{agreed} of {asked} who have to agree did", agreed=asked - lacking, asked=asked
    )


def _lines(
    here: Journey, together: Together, known: dict[str, Section], state: State, *, now: datetime
) -> tuple[PageLine, ...]:
    lines = []
    for number in here.route(here.answers):
        leaf = here.leaf(number)
        if leaf is None or all(isinstance(each, Statement) for each in leaf.questions):
            continue
        key = section_key(here.questionnaire, number)
        section = known.get(key, Section(key=key))
        ready = section.ready_by is not None and section.ready_as == state.sections[key]
        lone = len(leaf.sections) == 1
        title = here.marked(leaf.sections[0][0]) if lone else here.title
        lines.append(
            PageLine(
                number=number,
                title=title if title.text else here.title,
                address=here.at(number),
                words=_words(here, together, section, ready=ready, now=now),
                editing=section.held_by(now) not in (None, together.me.id),
                ready=ready,
                answered=any(each.key in here.answers for each in leaf.questions),
                shown=state.sections[key],
            )
        )
    return tuple(lines)


def _words(
    here: Journey, together: Together, section: Section, *, ready: bool, now: datetime
) -> tuple[str, ...]:
    say, named = speech(here.language).say, together.organisation.name_of
    words = []
    holder = section.held_by(now)
    if holder is not None and section.edit_until and holder != together.me.id:
        name = named(holder)
        words.append(
            say("{name} is editing it, until {moment}", name=name, moment=section.edit_until)
        )
    if section.changed_by is not None and section.changed_at:
        name = named(section.changed_by)
        words.append(
            say("Last changed by {name} on {moment}", name=name, moment=section.changed_at)
        )
    if section.ready_by is not None:
        name = named(section.ready_by)
        words.append(
            say("{name} says that it is ready", name=name)
            if ready
            else say("{name} said that it was ready. It has changed since", name=name)
        )
    if section.taken_at and section.taken_by is not None:
        words.append(
            say(
                "{name} took it over from {other} on {moment}: {why}",
                name=named(section.taken_by),
                other=named(section.taken_from),
                moment=section.taken_at,
                why=section.note,
            )
        )
    return tuple(words)


def _rendered(
    request: AnyRequest,
    here: Journey,
    template: str,
    page: Struct,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    return render(
        request,
        f"responses/{template}.html",
        page,
        status=422 if problems else 200,
        headers={"Cache-Control": "no-store"},
        language=here.language,
    )


router = Router(
    path="/",
    route_handlers=[
        overview,
        begin,
        mark_ready,
        end,
        take_over,
        declaration_page,
        declare,
        join_page,
        joining,
        people_page,
        change_people,
    ],
    exception_handlers=REFUSED,  # type: ignore[arg-type]
)
