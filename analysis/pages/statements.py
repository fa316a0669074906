"""Statements of counted answers: kept from a question, worded, printed in the report, removed."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis import store
from analysis.pages.questions import whole
from analysis.quantities import Band, of_all
from analysis.statements import Bound, Offer, Standing
from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]
DONE = {
    "kept": "The statement is kept",
    "worded": "The statement has its new words",
    "printed": "The next edition prints it",
    "left-out": "The next edition leaves it out",
    "removed": "The statement is removed",
}


class StatementsPage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    statements: tuple[Standing, ...]
    done: str

    @property
    def conflicts(self) -> int:
        return sum(each.conflict is not None for each in self.statements)


class Choice(Struct, frozen=True):
    value: str
    text: str
    selected: bool


class Offered(Struct, frozen=True):
    """One statement as it would read, and the fields that keep it."""

    words: str
    bound: Bound


class AddPage(Struct, frozen=True):
    """`several` says that answers may be counted together: a person gives one of them."""

    slug: str
    title: str
    questions: tuple[Choice, ...]
    rounds: tuple[Choice, ...]
    chosen: str
    several: bool
    rows: tuple[Choice, ...]
    answers: tuple[Choice, ...]
    together: Offered | None
    asked_together: bool
    offers: tuple[Offered, ...]


class StatementPage(Struct, frozen=True):
    """`typed` is the sentence in the box."""

    slug: str
    title: str
    standing: Standing
    typed: str
    problems: tuple[Problem, ...] = ()

    @property
    def bands(self) -> tuple[Band, ...]:
        return self.standing.bands

    @property
    def numbers(self) -> str:
        return of_all(self.standing.now) if self.standing.now else ""


@get("/statements", name="statements", guards=[may_manage])
async def statements(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    page = StatementsPage(
        slug=slug,
        title=consultation.title,
        invented=consultation.invented,
        statements=await store.statements(consultation),
        done=DONE.get(request.query_params.get("done", ""), ""),
    )
    return render(request, "analysis/statements.html", page)


@get("/statements/add", name="add-statement", guards=[may_manage])
async def add_page(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    query = request.query_params
    data = await store.counted_in_words(consultation)
    number = whole(query.get("round", ""))
    bound = Bound(
        query.get("question", ""),
        query.get("row", ""),
        tuple(query.getall("answer", [])),
        number,
    )
    page = _add_page(consultation, data, bound)
    return render(request, "analysis/statement_add.html", page)


def _add_page(consultation: Consultation, data: store.CountedInWords, bound: Bound) -> AddPage:
    found = data.of(bound.question)
    asked = found[0] if found else None
    form = asked.form if asked else None
    together = data.offer(bound) if bound.values else None
    return AddPage(
        slug=consultation.slug,
        title=consultation.title,
        questions=tuple(
            Choice(each.form.key, each.title, each.form.key == bound.question)
            for each in data.asked
            if each.form.values
        ),
        rounds=tuple(
            Choice(str(each.number), f"Round {each.number}", each.number == bound.round_number)
            for each in consultation.rounds
            if len(consultation.rounds) > 1
        ),
        chosen=asked.title if asked else "",
        several=form is not None and form.type != "multiple" and len(form.values) > 2,
        rows=tuple(
            Choice(value, asked.rows[value], value == bound.row)
            for value in (form.rows if form else ())
            if asked
        ),
        answers=tuple(
            Choice(value, asked.options[value], value in bound.values)
            for value in (form.values if form else ())
            if asked
        ),
        together=_shown(together, data.bands) if together else None,
        asked_together=bool(bound.values),
        offers=tuple(
            _shown(each, data.bands) for each in data.offers(bound.question, bound.round_number)
        ),
    )


def _shown(offer: Offer, bands: Sequence[Band]) -> Offered:
    return Offered(offer.sentence(bands), offer.bound)


@post("/statements", name="keep-statement", guards=[may_manage], status_code=303)
async def keep(slug: FromPath[str], request: AnyRequest) -> Redirect:
    form = await read_form(request)
    consultation = await surveys.consultation(slug)
    bound = Bound(
        form.text("question"),
        form.text("row"),
        tuple(form.texts("answer")),
        whole(form.text("round")),
    )
    kept = await store.keep_statement(consultation, bound, by=request.user.email, now=now())
    return _to(slug, "kept", kept)


@get("/statements/{statement_id:int}", name="statement", guards=[may_manage])
async def statement_page(
    slug: FromPath[str], statement_id: FromPath[int], request: AnyRequest
) -> Response[str]:
    consultation = await surveys.consultation(slug)
    standing = await store.statement(consultation, statement_id)
    page = StatementPage(slug, consultation.title, standing, standing.to_begin_with)
    return render(request, "analysis/statement.html", page)


@post(
    "/statements/{statement_id:int}/words",
    name="word-statement",
    guards=[may_manage],
    status_code=303,
)
async def word(
    slug: FromPath[str], statement_id: FromPath[int], request: AnyRequest
) -> Response[Any]:
    form = await read_form(request)
    consultation = await surveys.consultation(slug)
    typed = _sentence(form)
    problems = await store.word_statement(
        consultation, statement_id, typed, by=request.user.email, now=now()
    )
    if problems:
        standing = await store.statement(consultation, statement_id)
        page = StatementPage(slug, consultation.title, standing, typed, problems)
        return render(request, "analysis/statement.html", page, status=422)
    return _to(slug, "worded", statement_id)


def _sentence(form: Form) -> str:
    """Empty where the program is to word it."""
    return "" if form.text("by") == "program" else " ".join(form.text("sentence").split())


@post(
    "/statements/{statement_id:int}/report",
    name="print-statement",
    guards=[may_manage],
    status_code=303,
)
async def report(slug: FromPath[str], statement_id: FromPath[int], request: AnyRequest) -> Redirect:
    in_report = (await read_form(request)).ticked("in_report")
    await store.print_statement(
        await surveys.consultation(slug), statement_id, in_report=in_report, by=request.user.email
    )
    return _to(slug, "printed" if in_report else "left-out", statement_id)


@post(
    "/statements/{statement_id:int}/remove",
    name="remove-statement",
    guards=[may_manage],
    status_code=303,
)
async def remove(slug: FromPath[str], statement_id: FromPath[int], request: AnyRequest) -> Redirect:
    await store.remove_statement(
        await surveys.consultation(slug), statement_id, by=request.user.email
    )
    return _to(slug, "removed")


def _to(slug: str, done: str, statement_id: int | None = None) -> Redirect:
    place = f"#statement-{statement_id}" if statement_id else ""
    address = f"/officer/consultations/{slug}/statements?{urlencode({'done': done})}{place}"
    return Redirect(address, status_code=303)


handlers = (statements, add_page, keep, statement_page, word, report, remove)
