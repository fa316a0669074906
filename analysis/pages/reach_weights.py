"""Weights that even out who answered, on request and never without the plain figures."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from analysis import store
from analysis.pages.questions import whole
from analysis.reach.raking import CannotWeigh
from analysis.reach.saying import source_words
from analysis.reach.standing import ReachStanding, TableReach
from analysis.reach.weighing import Weighed
from analysis.wording import net_words
from app.auth.guards import may_manage
from app.problems import Problem
from app.templating import render
from surveys import store as surveys

AnyRequest = Request[Any, Any, Any]


class TableChoice(Struct, frozen=True):
    id: int
    words: str
    ticked: bool


class AnswerLine(Struct, frozen=True):
    """`moves` is the weighted share less the plain one of everybody, in points."""

    words: str
    n: int
    plain: float | None
    same: float | None
    weighed: float | None
    moves: str


class QuestionView(Struct, frozen=True):
    title: str
    several: bool
    answered: int
    weighable: int
    effective: int
    lines: tuple[AnswerLine, ...]


class Facts(Struct, frozen=True):
    """What the weights cost."""

    n: int
    base: int
    left_out: int
    design_effect: str
    effective: int
    smallest: str
    largest: str


class WeightsPage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    caveat: str
    round_number: int | None
    tables: tuple[TableChoice, ...]
    facts: Facts | None
    questions: tuple[QuestionView, ...]
    problems: tuple[Problem, ...] = ()


@get("/reach/weights", name="reach-weights", guards=[may_manage])
async def weights(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    number = whole(request.query_params.get("round", ""))
    chosen = [
        found
        for typed in request.query_params.getall("table", [])
        if (found := whole(typed)) is not None
    ]
    standing = await store.reach_standing(consultation, full=True, round_number=number)
    weighed: Weighed | None = None
    problems: tuple[Problem, ...] = ()
    if chosen:
        try:
            weighed = await store.reach_weighed(consultation, chosen, round_number=number)
        except CannotWeigh as refused:
            problems = (Problem("tables", refused.words),)
    page = WeightsPage(
        slug=slug,
        title=consultation.title,
        invented=consultation.invented,
        caveat=consultation.caveat,
        round_number=number,
        tables=_choices(standing, chosen),
        facts=_facts(weighed) if weighed else None,
        questions=_questions(weighed) if weighed else (),
        problems=problems,
    )
    return render(request, "analysis/reach_weights.html", page, status=422 if problems else 200)


def _choices(standing: ReachStanding, chosen: list[int]) -> tuple[TableChoice, ...]:
    """Tables that people can be weighed by: two groups or more, of a question that is there."""
    return tuple(
        TableChoice(each.kept.id, f"{each.title} ({source_words(each)})", each.kept.id in chosen)
        for each in standing.tables
        if _can_weigh(each)
    )


def _can_weigh(table: TableReach) -> bool:
    return table.reach is not None and len(table.reach.groups) > 1


def _facts(found: Weighed) -> Facts:
    weights = found.weights
    return Facts(
        n=weights.n,
        base=found.base,
        left_out=found.left_out,
        design_effect=f"{weights.design_effect:.2f}",
        effective=int(weights.effective_n),
        smallest=_weight(weights.smallest),
        largest=_weight(weights.largest),
    )


def _weight(weight: float) -> str:
    """Two decimals; as many as it takes to see a very small one."""
    return f"{weight:.2f}" if weight >= 0.1 else f"{weight:.2g}"


def _questions(found: Weighed) -> tuple[QuestionView, ...]:
    return tuple(
        QuestionView(
            each.title,
            each.several,
            each.answered,
            each.weighable,
            int(each.effective),
            tuple(
                AnswerLine(
                    line.words,
                    line.n,
                    line.plain,
                    line.same,
                    line.weighed,
                    ""
                    if line.weighed is None or line.plain is None
                    else net_words(line.weighed - line.plain),
                )
                for line in each.answers
            ),
        )
        for each in found.questions
    )
