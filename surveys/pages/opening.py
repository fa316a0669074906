"""Officers open a round, now or on a day to come: dates, checks, and a reason for each finding."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.settings import settings
from app.templating import render
from surveys import store
from surveys.consultation import Round, State, close_of_day, start_of_day
from surveys.pages.requests import OfficerRequest
from surveys.readiness import CHECKS, Check, Concern, Kind

PAGE = "/officer/consultations/{slug:str}/questionnaire/open"
DAY = ("day", "month", "year")
LONGEST_REASON = 2_000
NOTHING_TYPED = Form({})


class Found(Struct, frozen=True):
    """A concern with its field and the reason typed or on record."""

    concern: Concern
    field: str
    reason: str


class Group(Struct, frozen=True):
    """The checks of one kind: what needs a reason, and what was found in order."""

    kind: Kind
    found: tuple[Found, ...]
    done: tuple[Check, ...]


class OpeningPage(Struct, frozen=True, kw_only=True):
    """`opens` names the deed. `under_way` is the round that is open now; while there is one, no
    other can be opened. `scheduled` is when the round opens by itself, if it does."""

    slug: str
    title: str
    opens: str
    paused: bool
    under_way: int | None
    scheduled: datetime | None
    version: int
    questions_fixed: bool
    groups: tuple[Group, ...]
    typed: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    @property
    def found(self) -> int:
        return sum(len(group.found) for group in self.groups)

    @property
    def without_reason(self) -> int:
        return sum(not each.reason for group in self.groups for each in group.found)

    @property
    def done(self) -> int:
        return sum(len(group.done) for group in self.groups)


class Dates(Struct, frozen=True):
    """When the round is to be open; without `opens` from now on."""

    opens: datetime | None
    closes: datetime | None


@get(PAGE, guards=[may_manage], name="open-round")
async def opening_page(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    return await _response(request, slug, NOTHING_TYPED)


@post(PAGE, guards=[may_manage])
async def open_round(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    dates = _typed_dates(form)
    if form.text("do") != "open" or form.problems:
        return await _response(request, slug, form)
    reasons = {
        check.code: form.text(f"reason-{check.code}", limit=LONGEST_REASON) for check in CHECKS
    }
    if form.problems:
        return await _response(request, slug, form)
    try:
        await _opened(slug, dates, reasons, by=request.user.email)
    except store.ReasonsMissing as missing:
        for concern in missing.concerns:
            form.refuse(f"reason-{concern.code}", f"Mend it or give a reason: {concern.title}")
    except store.ClosesBeforeItOpens:
        form.refuse("closes-day", "Enter a closing date that is after the opening")
    except (store.RoundAlreadyOpen, store.NothingToAsk) as refused:
        form.refuse("", refused.words)
    if form.problems:
        return await _response(request, slug, form)
    return Redirect(f"/officer/consultations/{slug}/questionnaire", status_code=303)


async def _opened(slug: str, dates: Dates, reasons: Mapping[str, str], *, by: str) -> Round:
    if dates.opens is None:
        return await store.open_round(
            slug, by=by, now=now(), closes_at=dates.closes, reasons=reasons, insist=True
        )
    return await store.schedule_round(
        slug,
        opens_at=dates.opens,
        closes_at=dates.closes,
        by=by,
        now=now(),
        reasons=reasons,
        insist=True,
    )


@post(f"{PAGE}/call-off", guards=[may_manage])
async def call_off(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    await store.call_off_round(slug, by=request.user.email, now=now())
    return Redirect(f"/officer/consultations/{slug}/questionnaire/open", status_code=303)


def _typed_dates(form: Form) -> Dates:
    """Days that were typed, as moments. A day that is over, or that is missing, is a problem."""
    zone, moment = settings().time_zone, now()
    opens_at = None
    if form.text("when") == "later":
        opens = form.day("opens", missing="Enter the day on which it opens")
        opens_at = start_of_day(opens, zone) if opens else None
        if opens_at and opens_at <= moment:
            form.refuse("opens-day", "Enter a day that is still to come, or choose to open it now")
    closes = form.day("closes")
    closes_at = close_of_day(closes, zone) if closes else None
    if closes_at and closes_at <= (opens_at or moment):
        form.refuse("closes-day", "Enter a closing date that is after the opening")
    return Dates(opens_at, closes_at)


async def _response(request: OfficerRequest, slug: str, form: Form) -> Response[str]:
    moment = now()
    consultation = await store.consultation(slug, at=moment)
    asked = await store.round_to_open(consultation, moment)
    typed = _typed(form, asked, moment)
    dates = _typed_dates(Form({name: [value] for name, value in typed.items()}))
    began = asked.opens_at if asked.state is State.PAUSED else None
    concerns = await store.opening_concerns(
        consultation,
        asked,
        opens=dates.opens or began or moment,
        closes=_after(dates.closes, dates.opens or moment),
    )
    reasons = await _reasons(asked, form)
    page = OpeningPage(
        slug=slug,
        title=consultation.title,
        opens=_deed(asked),
        paused=asked.state is State.PAUSED,
        under_way=open_now.number if (open_now := consultation.open_round(moment)) else None,
        scheduled=asked.opens_at if asked.is_scheduled(moment) else None,
        version=(version := await store.version(asked.version_id)).number,
        questions_fixed=version.frozen,
        groups=_groups(concerns, reasons),
        typed=typed,
        problems=tuple(form.problems),
    )
    status = 422 if form.problems else 200
    return render(request, "surveys/opening.html", page, status=status)


def _after(closes: datetime | None, opens: datetime) -> datetime | None:
    # A closing date that cannot stand is refused already: it is no use to check it too.
    return closes if closes and closes > opens else None


def _deed(asked: Round) -> str:
    return "Open it again" if asked.state is State.PAUSED else f"Open round {asked.number}"


async def _reasons(asked: Round, form: Form) -> dict[str, str]:
    """By code: what was typed, and before anything was, what is on record."""
    if not form.fields:
        return await store.reasons_given(asked)
    return {check.code: _first(form, f"reason-{check.code}") for check in CHECKS}


def _groups(concerns: tuple[Concern, ...], reasons: Mapping[str, str]) -> tuple[Group, ...]:
    found = {concern.code: concern for concern in concerns}
    return tuple(
        Group(
            kind,
            tuple(
                Found(found[check.code], f"reason-{check.code}", reasons.get(check.code, ""))
                for check in CHECKS
                if check.kind is kind and check.code in found
            ),
            tuple(each for each in CHECKS if each.kind is kind and each.code not in found),
        )
        for kind in Kind
    )


def _typed(form: Form, asked: Round, moment: datetime) -> dict[str, str]:
    """The dates as typed; at first those that are planned."""
    names = ("when", *(f"{name}-{part}" for name in ("opens", "closes") for part in DAY))
    if form.fields:
        return {name: _first(form, name) for name in names}
    planned = dict.fromkeys(names, "")
    planned["when"] = "now"
    if asked.closes_at:
        planned |= _day("closes", asked.closes_at)
    if asked.state is not State.PAUSED and asked.opens_at and asked.opens_at > moment:
        planned |= {"when": "later", **_day("opens", asked.opens_at)}
    return planned


def _first(form: Form, name: str) -> str:
    return "".join(form.fields.get(name, [])[:1]).strip()


def _day(name: str, moment: datetime) -> dict[str, str]:
    day = moment.astimezone(settings().time_zone).date()
    parts = zip(DAY, (day.day, day.month, day.year), strict=True)
    return {f"{name}-{part}": str(number) for part, number in parts}
