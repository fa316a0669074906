"""One page of an organisation's answers is edited by one person at a time: whose it is, and what
anybody else sees of it meanwhile."""

from datetime import datetime
from typing import Any

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.clock import now
from app.forms import read_form
from app.languages import LanguageChoice, language_choices
from app.problems import Problem
from app.speech import speech
from app.templating import render
from responses import store
from responses.organisation import Section, section_key
from responses.pages.journey import AnyRequest, Journey, Leaf, journey
from responses.pages.keeping import Kept
from responses.pages.not_answering import answers_lost
from responses.pages.screens import Taken
from responses.pages.sent_page import SentPage
from surveys.answer_words import answer_words
from surveys.marked import Marked
from surveys.questionnaire import Statement
from surveys.routing import shown
from surveys.typed import on_one_line

TAKE = "_take"
NOTE = "_note"
LONGEST_NOTE = 300
LONGEST_TYPED = 100_000


class ReadAnswer(Struct, frozen=True):
    question: Marked
    lines: tuple[str, ...]


class HeldPage(Struct, frozen=True):
    """What somebody else is editing, to be read; `after` is where to go on without it."""

    slug: str
    title: Marked
    heading: Marked
    languages: tuple[LanguageChoice, ...]
    overview: str
    after: str
    action: str
    number: int
    taken: Taken
    answers: tuple[ReadAnswer, ...]
    note: str = ""
    problems: tuple[Problem, ...] = ()


async def held_by_another(here: Journey, number: int, *, now: datetime) -> Taken | None:
    """Who is editing this screen; None where nobody else is: then it is this respondent's for a
    while from now on, and was always a single person's."""
    if here.together is None or here.draft is None:
        return None
    key, me = section_key(here.questionnaire, number), here.together.me.id
    section = await store.open_section(here.draft, key, me, now=now)
    return None if section.held_by(now) == me else taken_by(here, section, now=now)


def taken_by(here: Journey, section: Section, *, now: datetime) -> Taken | None:
    """Who is editing the section, if anybody is, until when, and whom they took it from."""
    holder = section.held_by(now)
    if here.together is None or holder is None or section.edit_until is None:
        return None
    own = section.taken_by == holder and section.taken_from == here.together.me.id
    name = here.together.organisation.name_of(holder)
    return Taken(name, section.edit_until, section.note if own else "")


async def held_back(page: SentPage, theirs: Taken) -> SentPage:
    """A page that somebody else is editing by now keeps what was typed and stores none of it, until
    whoever typed it takes the page over."""
    here, draft = page.here, page.here.draft
    if here.together is None or draft is None:
        return page
    note = on_one_line(page.form.text(NOTE, limit=LONGEST_TYPED))
    say = speech(here.language).say
    words = say(
        "{name} is editing this page now. What you typed is not saved yet", name=theirs.name
    )
    if page.form.ticked(TAKE):
        if wrong := _wrong_note(here, note):
            return replace(page, problems=(wrong,), taken=theirs, cookie=None)
        key = section_key(here.questionnaire, page.leaf.number)
        await store.take_over(draft, key, here.together.me.id, note=note, now=page.moment)
        return page
    return replace(page, problems=(Problem(NOTE, words),), taken=theirs)


def _wrong_note(here: Journey, note: str) -> Problem | None:
    say = speech(here.language).say
    if not note:
        return Problem(NOTE, say("Say in a few words why you take this page over"))
    if len(note) > LONGEST_NOTE:
        return Problem(NOTE, say("Use {n} characters or fewer", n=LONGEST_NOTE))
    return None


async def left(kept: Kept) -> Kept:
    """Whoever has gone on is editing nothing, unless two answers have to be settled first."""
    if not kept.differences:
        await leave(kept.here)
    return kept


async def leave(here: Journey) -> None:
    """Whoever looks at the whole is editing no page of it any more."""
    if here.together and here.draft:
        await store.leave_section(here.draft, here.together.me.id)


def held_page(
    request: AnyRequest,
    here: Journey,
    leaf: Leaf,
    taken: Taken,
    *,
    note: str = "",
    problems: tuple[Problem, ...] = (),
) -> Response[Any]:
    """The answers of a page that somebody else is editing, and how to take it over."""
    showing = shown(here.questionnaire, here.answers)
    page = HeldPage(
        slug=here.consultation.slug,
        title=here.title,
        heading=here.marked(leaf.sections[0][0]) if len(leaf.sections) == 1 else here.title,
        languages=language_choices(here.questionnaire.languages, here.language),
        overview=here.organisation_at,
        after=here.after(leaf.number, here.answers),
        action=f"{here.address}/organisation/take-over{here.query}",
        number=leaf.number,
        taken=taken,
        answers=tuple(
            ReadAnswer(
                here.marked(each.text),
                answer_words(each, here.answers, here.language, files=here.file_views),
            )
            for each in leaf.questions
            if each.key in showing and not isinstance(each, Statement)
        ),
        note=note,
        problems=problems,
    )
    return render(
        request,
        "responses/organisation_held.html",
        page,
        status=422 if problems else 200,
        headers={"Cache-Control": "no-store"},
        language=here.language,
    )


@post("/consultations/{slug:str}/respond/organisation/take-over", name="take-page-over")
async def take_over(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    form = await read_form(request)
    moment = now()
    here = await journey(slug, request, now=moment)
    number = form.text("page", limit=LONGEST_TYPED)[:4]
    leaf = here.leaf(int(number)) if number.isascii() and number.isdigit() else None
    if here.draft is None:
        return await answers_lost(request, slug)
    if here.together is None or leaf is None:
        return Redirect(here.at(1), status_code=303)
    theirs = await held_by_another(here, leaf.number, now=moment)
    note = on_one_line(form.text(NOTE, limit=LONGEST_TYPED))
    if theirs is not None:
        if wrong := _wrong_note(here, note):
            return held_page(request, here, leaf, theirs, note=note, problems=(wrong,))
        key = section_key(here.questionnaire, leaf.number)
        await store.take_over(here.draft, key, here.together.me.id, note=note, now=moment)
    return Redirect(here.at(leaf.number), status_code=303)
