"""One theme: the answers coded under it, and clearing quotes from them for the public."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis import store
from analysis.codebook import Theme
from analysis.narrowing import THEME
from analysis.pages.questions import question_titles, questions_asked, whole
from app.auth.account import Permission
from app.auth.guards import may_code, may_manage
from app.clock import now
from app.forms import read_form
from app.problems import Problem
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]
PAGE = 25
MOST_WAYS = 3
"""Who people are is mostly asked first; further ways to compare are on the page of these."""


class AnswerCard(Struct, frozen=True):
    """`typed` is what stands in the quote's field."""

    id: int
    response_id: int
    round_number: int
    question: str
    text: str
    finished: bool
    quote: str | None
    typed: str
    problem: str = ""


class ThemePage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    theme: Theme
    count: store.ThemeCount
    caveat: str
    cards: tuple[AnswerCard, ...]
    answers: int
    number: int
    pages: int
    may_manage: bool
    compare_by: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


@get("/themes/{theme_id:int}", name="theme", guards=[may_code])
async def theme_page(
    slug: FromPath[str], theme_id: FromPath[int], request: AnyRequest
) -> Response[str]:
    consultation = await surveys.consultation(slug)
    return await _theme_page(request, consultation, theme_id)


@post("/themes/{theme_id:int}/quotes/{answer_id:int}", name="clear-quote", guards=[may_manage])
async def clear_quote(
    slug: FromPath[str], theme_id: FromPath[int], answer_id: FromPath[int], request: AnyRequest
) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    field = f"quote-{answer_id}"
    quote = form.text(field, missing="Enter the words to clear for the public")
    if quote:
        try:
            by = request.user.email
            await store.clear_quote(slug, answer_id, theme_id, quote, by=by, now=now())
            return _back(slug, theme_id, answer_id, request)
        except store.NotInTheAnswer as refused:
            form.refuse(field, refused.words)
    typed = {answer_id: quote}
    return await _theme_page(
        request, consultation, theme_id, typed=typed, problems=tuple(form.problems)
    )


@post(
    "/themes/{theme_id:int}/quotes/{answer_id:int}/remove",
    name="take-back-quote",
    guards=[may_manage],
)
async def take_back_quote(
    slug: FromPath[str], theme_id: FromPath[int], answer_id: FromPath[int], request: AnyRequest
) -> Redirect:
    await store.take_back_quote(slug, answer_id, theme_id, by=request.user.email)
    return _back(slug, theme_id, answer_id, request)


def _back(slug: str, theme_id: int, answer_id: int, request: AnyRequest) -> Redirect:
    number = _page_number(request)
    address = f"/officer/consultations/{slug}/themes/{theme_id}?page={number}#answer-{answer_id}"
    return Redirect(address, status_code=303)


def _page_number(request: AnyRequest) -> int:
    return max(1, whole(request.query_params.get("page", "")) or 1)


async def _theme_page(
    request: AnyRequest,
    consultation: Consultation,
    theme_id: int,
    *,
    typed: dict[int, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    theme = await store.theme(consultation.id, theme_id)
    under = await store.answers_under(consultation.id, theme_id)
    counts = await store.theme_counts(consultation.id)
    number = min(_page_number(request), max(1, -(-len(under) // PAGE)))
    questions = await question_titles(consultation.id)
    asked = await questions_asked(consultation.id)
    ways = tuple(
        [
            (way.place, way.words)
            for way in await store.ways_to_group(consultation, asked)
            if way.place != f"{THEME}{theme_id}"
        ]
    )
    wrong = {problem.place: problem.words for problem in problems}
    page = ThemePage(
        slug=consultation.slug,
        title=consultation.title,
        invented=consultation.invented,
        theme=theme,
        count=counts[theme.id],
        caveat=consultation.caveat,
        cards=tuple(
            AnswerCard(
                id=one.answer.id,
                response_id=one.answer.response_id,
                round_number=one.answer.round_number,
                question=questions.get(one.answer.question, one.answer.question),
                text=one.answer.text,
                finished=one.finished,
                quote=one.quote,
                typed=(typed or {}).get(one.answer.id, one.quote or one.answer.text),
                problem=wrong.get(f"quote-{one.answer.id}", ""),
            )
            for one in under[(number - 1) * PAGE : number * PAGE]
        ),
        answers=len(under),
        number=number,
        pages=-(-len(under) // PAGE),
        may_manage=request.user.may(Permission.MANAGE),
        compare_by=ways[:MOST_WAYS],
        problems=problems,
    )
    return render(request, "analysis/theme.html", page, status=422 if problems else 200)
