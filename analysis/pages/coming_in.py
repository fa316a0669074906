"""How the responses came in: a day at a time, and what became of all that were received."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct
from msgspec.structs import replace

from analysis import store
from analysis.charts import Drawn, Mark, Named, Step, days, drawn, waterfall
from analysis.coming_in import Day, Fall, opening_and_closing
from analysis.in_short import Figure
from analysis.narrowing import Narrowing, narrowing
from analysis.opening import opens
from analysis.pages.filters import Filters, address_of, filters, in_words
from app.auth.account import Permission
from app.auth.guards import may_code
from app.clock import now
from app.settings import settings
from app.templating import render
from app.words import plural
from responses.response import CHANNEL_WORDS, STATUS_WORDS
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]
OUTSIDE = "Analysed, and not like that"


class Fallen(Struct, frozen=True):
    """One line of the way from received to looked at; a `whole` is what is there at that point."""

    words: str
    figure: Figure
    whole: bool


class DayLine(Struct, frozen=True):
    """`happened` are rounds that opened or closed on it."""

    on: date
    figures: tuple[Figure, ...]
    happened: tuple[str, ...]


class RoundIn(Struct, frozen=True):
    """One round, day by day."""

    number: int
    chart: Drawn
    lines: tuple[DayLine, ...]


class ComingInPage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    may_manage: bool
    results: str
    filters: Filters
    in_words: str
    base: int
    fall: tuple[Fallen, ...]
    fall_chart: Drawn
    channels: tuple[str, ...]
    rounds: tuple[RoundIn, ...]


@get("/results/coming-in", name="coming-in", guards=[may_code])
async def coming_in(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    wanted = narrowing(request.query_params)
    full = request.user.may(Permission.MANAGE)
    zone = settings().time_zone
    found = await store.coming_in(consultation, wanted, zone=zone, full=full)
    ways = await store.ways_to_narrow(consultation, await _asked(consultation)) if full else ()
    desk = f"/officer/consultations/{slug}"
    fallen = _fallen(found.fall, desk, wanted)
    page = ComingInPage(
        slug=slug,
        title=consultation.title,
        invented=consultation.invented,
        may_manage=full,
        results=address_of(f"{desk}/results", wanted),
        filters=filters(consultation, wanted, ways, f"{desk}/results/coming-in"),
        in_words=in_words(wanted, ways),
        base=found.fall.looked_at,
        fall=fallen,
        fall_chart=_waterfall(fallen),
        channels=tuple(CHANNEL_WORDS_OF[each] for each in found.channels),
        rounds=_rounds(consultation, found, desk, wanted),
    )
    return render(request, "analysis/coming_in.html", page)


CHANNEL_WORDS_OF = {channel.value: words for channel, words in CHANNEL_WORDS.items()}


async def _asked(consultation: Consultation) -> Any:
    return store.questions_of(await store.narrowed(consultation, Narrowing()))


def _fallen(fall: Fall, desk: str, wanted: Narrowing) -> tuple[Fallen, ...]:
    of_all = replace(wanted, where=())
    lines = [
        Fallen("Received", Figure(fall.received, None, opens(desk, of_all, status="")), whole=True)
    ]
    outside = f"{desk}/results/responses-behind?{wanted.query()}&outside=yes"
    for each in fall.exits:
        words = STATUS_WORDS.get(each.status, each.status) if each.status else OUTSIDE
        address = opens(desk, of_all, status=each.status) if each.status else outside
        lines.append(Fallen(words, Figure(each.n, None, address), whole=False))
    words = "Looked at here" if wanted.where else "Analysed"
    last = Figure(fall.looked_at, None, opens(desk, wanted))
    return (*lines, Fallen(words, last, whole=True))


def _waterfall(lines: Sequence[Fallen]) -> Drawn:
    steps = [
        Step(
            line.words,
            (line.figure.n or 0) * (1 if line.whole else -1),
            f"{'' if line.whole else '−'}{line.figure.n:,}",
            whole=line.whole,
        )
        for line in lines
    ]
    told = ", ".join(f"{step.label} {step.words}" for step in steps)
    named = Named("fall", "From received to analysed", told)
    return drawn(lambda width: waterfall(named, steps, width=width))


def _rounds(
    consultation: Consultation, found: store.ComingIn, desk: str, wanted: Narrowing
) -> tuple[RoundIn, ...]:
    by_number = {each.number: each for each in consultation.rounds}
    rounds = []
    for number, counted in ((each.number, each.days) for each in found.rounds):
        marks = opening_and_closing(by_number[number], now(), settings().time_zone)
        only = replace(wanted, rounds=(number,))
        lines = _day_lines(counted, found.channels, marks, desk, only)
        rounds.append(RoundIn(number, _days_chart(number, counted, marks), lines))
    return tuple(rounds)


def _days_chart(number: int, found: Sequence[Day], marks: Sequence[Mark]) -> Drawn:
    busiest = max(found, key=lambda day: day.n)
    told = (
        f"{plural(sum(day.n for day in found), 'response')} from {_long(found[0].on)} to "
        f"{_long(found[-1].on)}, most on {_long(busiest.on)}: {busiest.n:,}."
    )
    named = Named(f"days-{number}", f"Responses a day in round {number}", told)
    counted = [(day.on, day.n) for day in found]
    return drawn(lambda width: days(named, counted, marks=marks, width=width))


def _day_lines(
    counted: Sequence[Day],
    channels: Sequence[str],
    marks: Sequence[Mark],
    desk: str,
    wanted: Narrowing,
) -> tuple[DayLine, ...]:
    """The days on which anything came in, or happened."""
    happened: dict[date, tuple[str, ...]] = {}
    for mark in marks:
        happened[mark.on] = (*happened.get(mark.on, ()), mark.words)
    of_day = {day.on: day for day in counted if day.n}
    nothing = (0,) * len(channels)
    return tuple(
        _day_line(of_day.get(on, Day(on, 0, nothing)), channels, desk, wanted, happened.get(on, ()))
        for on in sorted({*of_day, *happened})
    )


def _day_line(
    day: Day,
    channels: Sequence[str],
    desk: str,
    wanted: Narrowing,
    happened: tuple[str, ...],
) -> DayLine:
    figures = [_figure(day.n, opens(desk, wanted, day=day.on))]
    for channel, n in zip(channels, day.by_channel, strict=True):
        only = replace(wanted, channels=(channel,))
        figures.append(_figure(n, opens(desk, only, day=day.on)))
    return DayLine(day.on, tuple(figures), happened)


def _figure(n: int, address: str) -> Figure:
    return Figure(n, None, address if n else "")


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
