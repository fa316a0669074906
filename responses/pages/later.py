"""Saving for later: a code to note down, and a link by e-mail."""

from datetime import datetime, timedelta
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.throttle import Pace
from app.clock import now
from app.forms import read_form
from app.languages import LanguageChoice, language_choices
from app.problems import Problem
from app.settings import settings
from app.speech import Day, speech
from app.templating import render
from responses import store
from responses.keeping import reminder_on, usable_until
from responses.letters import Way, way_back
from responses.pages.journey import AnyRequest, Journey, journey
from responses.pages.not_answering import REFUSED, answers_lost
from responses.pages.pace import time_words, wait_for
from responses.pages.returning import LONGEST_TYPED, PRIVATE, resume_at
from surveys.marked import Marked
from surveys.typed import read_email

LATER = "/consultations/{slug:str}/respond/later"
LETTERS = Pace(20, timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1))


class LaterPage(Struct, frozen=True):
    """`sent` is where the link went just now; `reminder` the day on which one would come, if one
    may be asked for. `by_hand` says that no mail is sent by itself. `member` is whose own code it
    is, where several people answer for an organisation; `for_organisation` offers that to others,
    and `letters` are for one person alone."""

    slug: str
    title: Marked
    languages: tuple[LanguageChoice, ...]
    code: str
    until: datetime
    closes: bool
    action: str
    go_on: str
    come_back: str
    reminder: Day | None
    by_hand: bool
    member: str = ""
    letters: bool = True
    for_organisation: str = ""
    email: str = ""
    remind: bool = False
    sent: str = ""
    problems: tuple[Problem, ...] = ()


@get(LATER, name="save-for-later")
async def later_page(slug: FromPath[str], request: AnyRequest) -> Response[Any]:
    moment = now()
    here = await journey(slug, request, now=moment, also_paused=True)
    if here.draft is None:
        return await answers_lost(request, slug)
    known = await store.address_of(here.draft) if "sent" in request.query_params else None
    sent = known.email if known else ""
    return await _later(request, here, here.draft, now=moment, sent=sent)


@post(LATER, name="send-link")
async def send_link(slug: FromPath[str], request: AnyRequest) -> Response[Any] | Redirect:
    form = await read_form(request)
    moment = now()
    here = await journey(slug, request, now=moment, also_paused=True)
    if here.draft is None:
        return await answers_lost(request, slug)
    if here.together and not here.together.me.sends:
        # A draft has one address, which is that of whoever sends it.
        return Redirect(f"{here.address}/later{here.query}", status_code=303)
    say = speech(here.language).say
    typed = form.text("email", limit=1000)
    remind = form.ticked("remind") and reminder_on(here.round, moment) is not None
    email = read_email(typed)
    problems: tuple[Problem, ...] = ()
    if not typed:
        problems = (Problem("email", say("Enter the e-mail address to send the link to")),)
    elif email is None:
        problems = (Problem("email", say("Enter an e-mail address like name@example.org")),)
    elif wait := wait_for(request, "letters", LETTERS, now=moment):
        time = time_words(wait, speech(here.language))
        words = say("Many letters were asked for from where you are. Wait {time}", time=time)
        problems = (Problem("email", words),)
    elif not await _sent(here, here.draft, email, remind=remind, now=moment):
        words = say("The link was sent as often as it can be. Use the code instead")
        problems = (Problem("email", words),)
    if not problems:
        sent = f"{here.address}/later?sent=1{here.query.replace('?', '&')}"
        return Redirect(sent, status_code=303)
    return await _later(
        request,
        here,
        here.draft,
        now=moment,
        email=typed[:LONGEST_TYPED],
        remind=remind,
        problems=problems,
    )


async def _sent(
    here: Journey, draft: store.Draft, email: str, *, remind: bool, now: datetime
) -> bool:
    known = await _way_back(here, draft, now=now)
    way = Way(
        slug=here.consultation.slug,
        title=here.title,
        link=known.link,
        code=known.code,
        until=usable_until(here.round, draft.saved_at),
    )
    reminder = reminder_on(here.round, now) if remind else None
    letter = way_back(way, language=here.language, reminder=reminder)
    return await store.send_link(draft, email, letter, remind=remind, language=here.language)


async def _way_back(here: Journey, draft: store.Draft, *, now: datetime) -> store.Return:
    """Of an organisation's people each has a code and a link of their own."""
    own = await store.return_of_member(here.together.me.id) if here.together else None
    return own or await store.make_return(draft, now=now)


async def _later(
    request: AnyRequest,
    here: Journey,
    draft: store.Draft,
    *,
    now: datetime,
    email: str = "",
    remind: bool = False,
    sent: str = "",
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    known = await _way_back(here, draft, now=now)
    reminder = reminder_on(here.round, now)
    page = LaterPage(
        slug=here.consultation.slug,
        title=here.title,
        languages=language_choices(here.questionnaire.languages, here.language),
        code=known.code,
        until=usable_until(here.round, draft.saved_at),
        closes=here.round.closes_at is not None,
        action=f"{here.address}/later{here.query}",
        go_on=resume_at(here),
        come_back=f"{settings().base_url}{here.address}/return",
        reminder=Day(reminder) if reminder else None,
        by_hand=settings().smtp_url is None,
        member=here.together.me.name if here.together else "",
        letters=here.together is None or here.together.me.sends,
        for_organisation=here.for_organisation,
        email=email,
        remind=remind,
        sent=sent,
        problems=problems,
    )
    return render(
        request,
        "responses/later.html",
        page,
        status=422 if problems else 200,
        headers=PRIVATE,
        language=here.language,
    )


router = Router(
    path="/",
    route_handlers=[later_page, send_link],
    exception_handlers=REFUSED,  # type: ignore[arg-type]
)
