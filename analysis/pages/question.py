"""The results of one question: the page, and its chart, table and people by themselves."""

import asyncio
import csv
import io
from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct
from msgspec.structs import replace

from analysis.asked import AskedInWords
from analysis.charts import WIDE, Drawn, Named, drawn
from analysis.pages.filters import Filters, filters, in_words
from analysis.pages.questions import whole
from analysis.picture import as_png
from analysis.question.behind import Behind, people, people_words
from analysis.question.chart import chart
from analysis.question.look import Look, look
from analysis.question.read import QuestionRead
from analysis.question.tables import Table
from analysis.question.view import QuestionView, file_table, offers_mean, view
from analysis.question.words import HIDDEN, sentences
from analysis.store.question import people_behind
from analysis.store.question import question as read_question
from analysis.store.results import Way, ways_to_narrow
from app.auth.account import Permission
from app.auth.guards import may_code, may_manage
from app.problems import Refusal
from app.templating import render
from responses.files.guarding import guarded
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]
PAGE = 50
HERE = "/results/{question:str}"


class NoSuchPeople(Refusal):
    status = 404
    title = "There is no such list of responses"


class Choice(Struct, frozen=True):
    """One way to show the page; without an address it is the one that is shown."""

    words: str
    address: str


class Neighbour(Struct, frozen=True):
    title: str
    address: str


class QuestionPage(Struct, frozen=True):
    """`narrowed` is what the page is narrowed to in words, empty for everybody; `everybody` the way
    back. `choices` are ways to show it, under what each of them changes."""

    slug: str
    title: str
    invented: bool
    caveat: str
    asked: AskedInWords
    number: int
    questions: int
    base: int
    base_address: str | None
    narrowed: str
    narrowing: str
    everybody: str
    filters: Filters
    back: str
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    chart: Drawn
    view: QuestionView
    words: str
    copies: str
    """The part of an address after “?” that chart and table share with the page."""
    before: Neighbour | None
    after: Neighbour | None
    full: bool
    threshold: int


class PeoplePage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    asked: AskedInWords
    words: str
    narrowed: str
    back: str
    people: tuple[int, ...]
    total: int
    later: str


class Opened(Struct, frozen=True, eq=False):
    """A question as an address asks for it."""

    consultation: Consultation
    read: QuestionRead
    look: Look
    full: bool
    ways: tuple[Way, ...]

    @property
    def narrowed(self) -> str:
        """In words what it is narrowed to; empty for everybody."""
        return in_words(self.look.narrowing, self.ways)

    @property
    def desk(self) -> str:
        return f"/officer/consultations/{self.consultation.slug}"

    @property
    def here(self) -> str:
        return f"{self.desk}/results/{self.read.asked.form.key}"

    @property
    def behind(self) -> Behind:
        form = self.read.asked.form
        opens = self.full or not form.special_category
        return Behind(self.desk, form.key, self.look.narrowing, opens, self.full)

    @property
    def words(self) -> str:
        read = self.read
        said = sentences(
            read.asked, read.cells, read.rows, read.measured, of_asked=self.look.of_asked
        )
        only = f"Only these responses: {self.narrowed}." if self.narrowed else ""
        return " ".join(part for part in (said, only, self.consultation.caveat) if part)

    def named(self) -> Named:
        return Named("chart", f"Chart: {self.read.asked.title}", self.words)


@get(HERE, name="question-results", guards=[may_code])
async def question(
    slug: FromPath[str], question: FromPath[str], request: AnyRequest
) -> Response[str]:
    opened = await _opened(slug, question, request)
    return render(request, "analysis/question.html", _page(opened))


@get(f"{HERE}/chart.svg", name="question-chart", guards=[may_code])
async def chart_svg(
    slug: FromPath[str], question: FromPath[str], request: AnyRequest
) -> Response[str]:
    opened = await _opened(slug, question, request)
    headers = _as_file(opened, "svg", how="inline")
    return Response(_image(opened), media_type="image/svg+xml", headers=headers)


@get(f"{HERE}/chart.png", name="question-picture", guards=[may_code])
async def chart_png(
    slug: FromPath[str], question: FromPath[str], request: AnyRequest
) -> Response[bytes]:
    opened = await _opened(slug, question, request)
    made = await asyncio.to_thread(as_png, _image(opened))
    return Response(made, media_type="image/png", headers=_as_file(opened, "png", how="inline"))


@get(f"{HERE}/table.csv", name="question-table", guards=[may_code])
async def table_csv(
    slug: FromPath[str], question: FromPath[str], request: AnyRequest
) -> Response[bytes]:
    opened = await _opened(slug, question, request)
    table = file_table(opened.read, opened.look, opened.behind)
    headers = _as_file(opened, "csv", how="attachment")
    return Response(_csv(table), media_type="text/csv; charset=utf-8", headers=headers)


@get(f"{HERE}/people", name="question-people", guards=[may_manage])
async def question_people(
    slug: FromPath[str], question: FromPath[str], request: AnyRequest
) -> Response[str]:
    """The responses behind a number that the list of responses cannot find by itself."""
    opened = await _opened(slug, question, request)
    wanted = people(request.query_params)
    if wanted is None:
        raise NoSuchPeople("A filter in this address does not exist. Choose a number in the table.")
    found = await people_behind(
        opened.consultation, opened.read.asked.form.key, opened.look.narrowing, wanted
    )
    first = whole(request.query_params.get("first", "")) or 0
    asked = [each for each in request.query_params.multi_items() if each[0] != "first"]
    later = f"{opened.here}/people?{urlencode([*asked, ('first', first + PAGE)])}"
    page = PeoplePage(
        slug=slug,
        title=opened.consultation.title,
        invented=opened.consultation.invented,
        asked=opened.read.asked,
        words=people_words(opened.read.asked, wanted),
        narrowed=opened.narrowed,
        back=opened.here + opened.look.query(),
        people=found[first : first + PAGE],
        total=len(found),
        later=later if first + PAGE < len(found) else "",
    )
    return render(request, "analysis/question_people.html", page)


async def _opened(slug: str, key: str, request: AnyRequest) -> Opened:
    consultation = await surveys.consultation(slug)
    # Full counts of sensitive questions are for those who may read their answers.
    full = request.user.may(Permission.MANAGE)
    chosen = look(request.query_params)
    read = await read_question(consultation, key, chosen.narrowing, full=full)
    ways = await ways_to_narrow(consultation, read.every)
    return Opened(consultation, read, chosen, full, ways)


def _page(opened: Opened) -> QuestionPage:
    consultation, read, asked = opened.consultation, opened.read, opened.read.asked
    keys = [each.form.key for each in read.every]
    at = keys.index(asked.form.key)
    query = opened.look.query()
    return QuestionPage(
        slug=consultation.slug,
        title=consultation.title,
        invented=consultation.invented,
        caveat=consultation.caveat,
        asked=asked,
        number=at + 1,
        questions=len(keys),
        base=read.base,
        base_address=opened.behind.everybody(),
        narrowed=opened.narrowed,
        narrowing=Look(opened.look.narrowing).query(),
        everybody=opened.here + opened.look.unnarrowed().query(),
        filters=_filters(opened),
        back=f"{opened.desk}/results{Look(opened.look.narrowing).query()}#{asked.form.key}",
        choices=tuple(_choices(opened)),
        chart=drawn(partial(chart, read, opened.look, opened.named())),
        view=view(read, opened.look, opened.behind),
        words=opened.words,
        copies=query,
        before=_neighbour(opened, at - 1) if at else None,
        after=_neighbour(opened, at + 1) if at + 1 < len(keys) else None,
        full=opened.full,
        threshold=consultation.threshold,
    )


def _filters(opened: Opened) -> Filters:
    beside = opened.look.unnarrowed().query().removeprefix("?")
    return filters(
        opened.consultation, opened.look.narrowing, opened.ways, opened.here, beside=beside
    )


def _neighbour(opened: Opened, at: int) -> Neighbour:
    asked = opened.read.every[at]
    address = f"{opened.desk}/results/{asked.form.key}{Look(opened.look.narrowing).query()}"
    return Neighbour(asked.title, address)


def _choices(opened: Opened) -> Iterable[tuple[str, tuple[Choice, ...]]]:
    form, chosen = opened.read.asked.form, opened.look

    def either(now: bool, words: tuple[str, str], **change: bool) -> tuple[Choice, ...]:
        other = opened.here + replace(chosen, **change).query()
        return (
            Choice(words[0], other if now else ""),
            Choice(words[1], "" if now else other),
        )

    if form.values:
        words = ("those who answered", "everybody asked")
        yield "Shares of", either(chosen.of_asked, words, of_asked=not chosen.of_asked)
    if form.values and form.type != "multiple":
        words = ("for each share alone", "for all shares at once")
        yield "Intervals", either(chosen.together, words, together=not chosen.together)
    if offers_mean(opened.read.asked):
        yield "Mean", either(chosen.mean, ("not shown", "shown"), mean=not chosen.mean)
    if form.type == "multiple" and opened.read.marks:
        change = {"combinations": not chosen.combinations}
        yield "Combinations", either(chosen.combinations, ("not shown", "shown"), **change)


def _image(opened: Opened) -> str:
    """The chart as it leaves its page: with the question over it, and under it what it is of."""
    answered = opened.read.cells.answered
    people_words = "" if answered is None else f"{answered:,} answered. "
    only = f"Only these: {opened.narrowed}. " if opened.narrowed else ""
    foot = f"{people_words}{only}{opened.consultation.title}. {opened.consultation.caveat}"
    named = replace(opened.named(), heading=opened.read.asked.title, foot=foot.strip())
    return chart(opened.read, opened.look, named, WIDE)


def _as_file(opened: Opened, ending: str, *, how: str) -> dict[str, str]:
    name = f"{opened.consultation.slug}-{opened.read.asked.form.key}.{ending}"
    return {"Content-Disposition": f'{how}; filename="{name}"'}


def _csv(table: Table) -> bytes:
    """With a mark at the front by which Excel knows the letters; text stays text, and a number
    that is not shown is an empty cell."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(map(guarded, (table.first, *table.columns)))
    for line in table.lines:
        cells = (cell.words if cell.number is None else str(cell.number) for cell in line.cells)
        shown = ("" if words == HIDDEN else guarded(words) for words in cells)
        lines.writerow((guarded(line.label), *shown))
    return written.getvalue().encode("utf-8-sig")


handlers = [question, chart_svg, chart_png, table_csv, question_people]
