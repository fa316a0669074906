"""The people of an organisation who answer together: who they are, how they join, what they may."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.clock import now
from app.forms import Form, read_form
from app.languages import LanguageChoice, language_choices
from app.problems import Problem
from app.settings import settings
from app.speech import speech
from app.templating import render
from responses import store
from responses.organisation import Organisation
from responses.pages.declaring import LONGEST_TYPED
from responses.pages.journey import (
    AnyRequest,
    Journey,
    NotJoined,
    journey,
    member_cookie,
)
from responses.pages.not_answering import answers_lost
from surveys.marked import Marked
from surveys.typed import on_one_line

AT = "/consultations/{slug:str}/respond/organisation"
LONGEST_NAME = 100
SOMEBODY_ELSE = "other"


class JoinPage(Struct, frozen=True):
    """`expected` are the names of those who were announced and have not come yet."""

    slug: str
    title: Marked
    languages: tuple[LanguageChoice, ...]
    organisation: str
    action: str
    come_back: str
    expected: tuple[str, ...]
    who: str = ""
    name: str = ""
    post: str = ""
    problems: tuple[Problem, ...] = ()


class PersonLine(Struct, frozen=True):
    """One person, and what may be done about them by whoever may send."""

    id: int
    name: str
    post: str
    joined: bool
    agrees: bool
    sends: bool
    me: bool


class PeoplePage(Struct, frozen=True, kw_only=True):
    """`manages` says that this person may change what others may; `takes` that they may become
    the one who sends. Typed values stay as they were."""

    slug: str
    title: Marked
    languages: tuple[LanguageChoice, ...]
    organisation: str
    overview: str
    action: str
    code: str
    link: str
    enter_at: str
    people: tuple[PersonLine, ...]
    manages: bool
    takes: int
    sender: str
    name: str = ""
    post: str = ""
    agrees: bool = False
    problems: tuple[Problem, ...] = ()


def read_person(form: Form, language: str) -> tuple[store.Person, tuple[Problem, ...]]:
    """Somebody's name and what they are there, with what has to be mended."""
    say = speech(language).say
    typed = {key: on_one_line(form.text(key, limit=LONGEST_TYPED)) for key in ("name", "post")}
    problems = [
        Problem(key, say("Use {n} characters or fewer", n=LONGEST_NAME))
        for key, words in typed.items()
        if len(words) > LONGEST_NAME
    ]
    if not typed["name"]:
        problems.append(Problem("name", say("Enter a name")))
    return store.Person(typed["name"], typed["post"], language), tuple(problems)


@get(f"{AT}/join", name="join-organisation")
async def join_page(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    try:
        here = await journey(slug, request, now=now())
    except NotJoined as unknown:
        return _join(request, unknown.here, unknown.organisation, Form({}))
    if here.draft is None:
        return await answers_lost(request, slug)
    return Redirect(here.organisation_at, status_code=303)


@post(f"{AT}/join", name="join")
async def joining(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    form = await read_form(request)
    try:
        here = await journey(slug, request, now=now())
    except NotJoined as unknown:
        return await _joined(request, unknown.here, unknown.organisation, form)
    return Redirect(here.organisation_at, status_code=303)


async def _joined(
    request: AnyRequest, here: Journey, organisation: Organisation, form: Form
) -> Response[Any] | Redirect:
    say = speech(here.language).say
    expected = {each.name for each in organisation.expected}
    who = on_one_line(form.text("who", limit=LONGEST_TYPED))
    if expected and who not in {*expected, SOMEBODY_ELSE}:
        problem = Problem("who", say("Choose who you are"))
        return _join(request, here, organisation, form, problems=(problem,))
    person, problems = read_person(form, here.language)
    if who in expected:
        # The field for a name is for the others.
        person = replace(person, name=who)
        problems = tuple(each for each in problems if each.place != "name")
    if problems:
        return _join(request, here, organisation, form, problems=problems)
    assert here.draft is not None  # noqa: S101 (there is an organisation)
    try:
        token = await store.join(here.draft, person, now=now())
    except store.NameTaken:
        words = say(
            "{name} has joined already. If that is you, use your own code. Otherwise add a surname",
            name=person.name,
        )
        return _join(request, here, organisation, form, problems=(Problem("name", words),))
    cookie = member_cookie(here.consultation.slug, token)
    return Redirect(here.organisation_at, status_code=303, cookies=[cookie])


def _join(
    request: AnyRequest,
    here: Journey,
    organisation: Organisation,
    form: Form,
    *,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    page = JoinPage(
        slug=here.consultation.slug,
        title=here.title,
        languages=language_choices(here.questionnaire.languages, here.language),
        organisation=organisation.name,
        action=f"{here.address}/organisation/join{here.query}",
        come_back=f"{here.address}/return{here.query}",
        expected=tuple(each.name for each in organisation.expected),
        who=on_one_line(form.text("who", limit=LONGEST_TYPED)),
        name=form.text("name", limit=LONGEST_TYPED),
        post=form.text("post", limit=LONGEST_TYPED),
        problems=problems,
    )
    return _rendered(request, here, "organisation_join", page, problems)


@get(f"{AT}/people", name="people")
async def people_page(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    here = await journey(slug, request, now=now())
    if here.draft is None:
        return await answers_lost(request, slug)
    if here.together is None:
        return Redirect(here.organisation_at, status_code=303)
    return await _people(request, here, here.draft, Form({}))


@post(f"{AT}/people", name="change-people")
async def change_people(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    """One form adds somebody; each person's own changes what they may."""
    form = await read_form(request)
    here = await journey(slug, request, now=now())
    if here.draft is None:
        return await answers_lost(request, slug)
    if here.together is None:
        return Redirect(here.organisation_at, status_code=303)
    problems: tuple[Problem, ...] = ()
    if form.ticked("_add"):
        problems = await _add(here, here.draft, form)
    else:
        await _change(here, here.draft, form)
    if problems:
        return await _people(request, here, here.draft, form, problems=problems)
    at = f"{here.address}/organisation/people{here.query}"
    return Redirect(at, status_code=303)


async def _add(here: Journey, draft: store.Draft, form: Form) -> tuple[Problem, ...]:
    assert here.together is not None  # noqa: S101 (the caller knows)
    person, problems = read_person(form, here.language)
    if problems:
        return problems
    # Whoever may not send may announce others, and not decide who has to agree.
    agrees = form.ticked("agrees") and here.together.me.sends
    try:
        await store.add_person(draft, replace(person, language=""), agrees=agrees)
    except (store.NameTaken, store.TooManyPeople) as refusal:
        speaks = speech(here.language)
        return (Problem("name", f"{speaks.say(refusal.title)}. {refusal.said(speaks)}"),)
    return ()


async def _change(here: Journey, draft: store.Draft, form: Form) -> None:
    assert here.together is not None  # noqa: S101 (the caller knows)
    me, typed, do = here.together.me, form.text("person", limit=LONGEST_TYPED), form.text("_do")
    person = next((p for p in here.together.organisation.members if str(p.id) == typed), None)
    if person is None:
        return
    if do == "send" and (me.sends or (me.agrees and person.id == me.id)):
        await store.hand_over(draft, person.id)
    elif me.sends and do in ("agree", "no-agree"):
        await store.ask_to_agree(draft, person.id, agrees=do == "agree")
    elif me.sends and do == "remove":
        await store.let_go(draft, person.id, now=now())


async def _people(
    request: AnyRequest,
    here: Journey,
    draft: store.Draft,
    form: Form,
    *,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    assert here.together is not None  # noqa: S101 (the caller knows)
    organisation, me = here.together.organisation, here.together.me
    known = await store.make_return(draft, now=now())
    page = PeoplePage(
        slug=here.consultation.slug,
        title=here.title,
        languages=language_choices(here.questionnaire.languages, here.language),
        organisation=organisation.name,
        overview=here.organisation_at,
        action=f"{here.address}/organisation/people{here.query}",
        code=known.code,
        link=f"{settings().base_url}{here.address}/return/{known.link}",
        enter_at=f"{settings().base_url}{here.address}/return",
        people=tuple(
            PersonLine(
                id=each.id,
                name=each.name,
                post=each.post,
                joined=each.joined_at is not None,
                agrees=each.agrees,
                sends=each.sends,
                me=each.id == me.id,
            )
            for each in organisation.members
        ),
        manages=me.sends,
        takes=me.id if me.agrees and not me.sends else 0,
        sender=organisation.sender.name,
        name=form.text("name", limit=LONGEST_TYPED),
        post=form.text("post", limit=LONGEST_TYPED),
        agrees=form.ticked("agrees"),
        problems=problems,
    )
    return _rendered(request, here, "organisation_people", page, problems)


def _rendered(
    request: AnyRequest,
    here: Journey,
    template: str,
    page: Struct,
    problems: tuple[Problem, ...],
) -> Response[str]:
    return render(
        request,
        f"responses/{template}.html",
        page,
        status=422 if problems else 200,
        headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
        language=here.language,
    )
