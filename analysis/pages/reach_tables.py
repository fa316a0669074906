"""Officers give a table of the population or of a register, check its match, and keep it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis import store
from analysis.pages.reach_form import (
    SPARE_ROWS,
    RowFields,
    TableFields,
    fields_from,
    fields_of,
    given_rows,
    read_table,
    typed_fields,
    unmatched,
    without_group,
)
from analysis.reach.population import LEFT_OUT, Unit
from analysis.reach.reading import people_in
from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.settings import settings
from app.templating import render
from app.words import percent
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]
CHECK, MORE = "check", "more"
MORE_ROWS = 10


class Choice(Struct, frozen=True):
    value: str
    text: str
    selected: bool


class NewTablePage(Struct, frozen=True):
    slug: str
    title: str
    places: tuple[Choice, ...]
    pasted: str
    problems: tuple[Problem, ...] = ()


class RowView(Struct, frozen=True):
    """`share` is of the groups that are matched; `n` how many gave the answer that is chosen."""

    fields: RowFields
    share: str
    n: int | None
    choices: tuple[Choice, ...]


class Untabled(Struct, frozen=True):
    """An answer that no group of the table stands for, and how many gave it."""

    words: str
    n: int


class TablePage(Struct, frozen=True):
    """`number` is None of a table that is not kept yet."""

    slug: str
    title: str
    number: int | None
    place: str
    place_title: str
    rows: tuple[RowView, ...]
    origin: dict[str, str]
    units: tuple[Choice, ...]
    unmatched: tuple[str, ...]
    without_group: tuple[Untabled, ...]
    problems: tuple[Problem, ...] = ()


@get("/reach/tables/new", name="new-reach-table", guards=[may_manage])
async def new_table(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    return await _new_page(request, await surveys.consultation(slug), Form({}))


@post("/reach/tables/new", name="read-reach-table", guards=[may_manage])
async def read_new_table(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    """The rows of the file or of what was pasted, each with its answer; nothing is kept yet."""
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    places = {each.place: each for each in await store.reach_places(consultation)}
    place = places.get(form.text("place"))
    if place is None:
        form.refuse("place", "Choose the question that the table is to stand beside")
    given = await given_rows(form)
    if form.problems or place is None:
        return await _new_page(request, consultation, form)
    fields = fields_from(place.place, given, place.answers, {})
    return await _table_page(request, consultation, place, fields)


@post("/reach/tables", name="add-reach-table", guards=[may_manage])
async def add_table(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    return await _save(await surveys.consultation(slug), request, None)


@get("/reach/tables/{table_id:int}", name="reach-table", guards=[may_manage])
async def table_page(
    slug: FromPath[str], table_id: FromPath[int], request: AnyRequest
) -> Response[str]:
    consultation = await surveys.consultation(slug)
    kept = await store.reach_table(consultation.id, table_id)
    place = await store.reach_place(consultation, kept.table.place)
    fields = fields_of(kept.table)
    return await _table_page(request, consultation, place, fields, number=table_id)


@post("/reach/tables/{table_id:int}", name="change-reach-table", guards=[may_manage])
async def change_table(
    slug: FromPath[str], table_id: FromPath[int], request: AnyRequest
) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    await store.reach_table(consultation.id, table_id)
    return await _save(consultation, request, table_id)


@post("/reach/tables/{table_id:int}/remove", name="remove-reach-table", guards=[may_manage])
async def remove_table(
    slug: FromPath[str], table_id: FromPath[int], request: AnyRequest
) -> Redirect:
    consultation = await surveys.consultation(slug)
    await store.remove_reach_table(consultation, table_id, by=request.user.email)
    return Redirect(f"/officer/consultations/{slug}/reach", status_code=303)


async def _save(
    consultation: Consultation, request: AnyRequest, number: int | None
) -> Response[str] | Redirect:
    form = await read_form(request)
    place = await store.reach_place(consultation, form.text("place"))
    fields = typed_fields(form, place.place)
    if form.text("do") in (CHECK, MORE):
        spare = MORE_ROWS if form.text("do") == MORE else SPARE_ROWS
        return await _table_page(request, consultation, place, fields, number=number, spare=spare)
    today = now().astimezone(settings().time_zone).date()
    table = read_table(form, fields, place.answers, today=today)
    if table is None:
        return await _table_page(request, consultation, place, fields, number=number, form=form)
    who: dict[str, Any] = {"by": request.user.email, "now": now()}
    if number is None:
        number = (await store.add_reach_table(consultation, table, **who)).id
    else:
        await store.change_reach_table(consultation, number, table, **who)
    address = f"/officer/consultations/{consultation.slug}/reach#table-{number}"
    return Redirect(address, status_code=303)


async def _new_page(request: AnyRequest, consultation: Consultation, form: Form) -> Response[str]:
    chosen = form.fields.get("place", [""])[0]
    places = await store.reach_places(consultation)
    page = NewTablePage(
        slug=consultation.slug,
        title=consultation.title,
        places=tuple(Choice(p.place, p.title, p.place == chosen) for p in places),
        pasted=form.fields.get("pasted", [""])[0],
        problems=tuple(form.problems),
    )
    return render(request, "analysis/reach_new.html", page, status=422 if form.problems else 200)


async def _table_page(
    request: AnyRequest,
    consultation: Consultation,
    place: store.ReachPlace,
    fields: TableFields,
    *,
    number: int | None = None,
    form: Form | None = None,
    spare: int = SPARE_ROWS,
) -> Response[str]:
    people = await store.people_by_answer(consultation, place)
    unit = fields.origin.get("unit") or Unit.PEOPLE
    page = TablePage(
        slug=consultation.slug,
        title=consultation.title,
        number=number,
        place=place.place,
        place_title=place.title,
        rows=_rows(fields, place, people, spare),
        origin={name: fields.origin.get(name, "") for name in ("source", "address", *_DAY)},
        units=tuple(Choice(each, words, each == unit) for each, words in _UNITS.items()),
        unmatched=unmatched(fields, place.answers),
        without_group=tuple(
            Untabled(place.answers[value], people[value])
            for value in without_group(fields, place.answers)
        ),
        problems=tuple(form.problems) if form else (),
    )
    return render(request, "analysis/reach_table.html", page, status=422 if page.problems else 200)


_DAY = ("on-day", "on-month", "on-year")
_UNITS = {Unit.PEOPLE: "People", Unit.ORGANISATIONS: "Organisations on a register"}


def _rows(
    fields: TableFields, place: store.ReachPlace, people: dict[str, int], spare: int
) -> tuple[RowView, ...]:
    counted = [people_in(row.people) or 0 for row in fields.rows]
    total = sum(
        n for n, row in zip(counted, fields.rows, strict=True) if row.answer in place.answers
    )
    views = [
        RowView(
            row,
            percent(n / total) if total and row.answer in place.answers else "",
            people.get(row.answer),
            _choices(row, place),
        )
        for n, row in zip(counted, fields.rows, strict=True)
    ]
    empty = RowFields()
    return (*views, *(RowView(empty, "", None, _choices(empty, place)) for _ in range(spare)))


def _choices(row: RowFields, place: store.ReachPlace) -> tuple[Choice, ...]:
    answers = [*place.answers.items(), (LEFT_OUT, "Left out: nobody was asked about this")]
    return tuple(Choice(value, words, value == row.answer) for value, words in answers)


handlers = [new_table, read_new_table, add_table, table_page, change_table, remove_table]
