"""Two questions that the same people answered, set against each other."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from analysis import store
from analysis.asked import AskedInWords
from analysis.comparing.saying import effect_words, p_words
from analysis.comparing.saying_paired import ComparedTwice, paired_hedge, paired_sentence
from analysis.contrast import Wanted
from analysis.contrast_addresses import Behind
from analysis.narrowing import narrowing
from analysis.paired_answers import Item, Paired, items, may_be_paired
from analysis.results import Cell
from app.auth.guards import may_manage
from app.templating import render
from surveys import store as surveys

AnyRequest = Request[Any, Any, Any]


class Other(Struct, frozen=True):
    """What a question may be set against. `row` is the question's own row where it is a grid."""

    words: str
    address: str
    row: str = ""


class PairedLine(Struct, frozen=True):
    label: str
    cells: tuple[Cell, ...]
    total: int


class PairedPage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    caveat: str
    back: str
    first: str
    second: str
    narrowed: tuple[str, ...]
    sentence: str
    hedge: str
    columns: tuple[str, ...]
    lines: tuple[PairedLine, ...]
    left_out: int
    test: str
    n: int
    p: str
    effect: str
    others: tuple[Other, ...]


@get("/results/{question:str}/against/{other:str}", name="set-against", guards=[may_manage])
async def set_against(
    slug: FromPath[str], question: FromPath[str], other: FromPath[str], request: AnyRequest
) -> Response[str]:
    consultation = await surveys.consultation(slug)
    narrowed = narrowing(request.query_params)
    found = await store.set_against(consultation, question, other, narrowed)
    made, desk = found.paired, f"/officer/consultations/{slug}"
    key = made.first.asked.form.key
    behind = Behind(
        f"{desk}/responses",
        f"{desk}/results/{key}/compare/people",
        key,
        Wanted(by=made.second.place, narrowing=narrowed),
    )
    said = ComparedTwice(made.first.title, made.second.title, _words(made.first), made.table)
    page = PairedPage(
        slug=slug,
        title=consultation.title,
        invented=consultation.invented,
        caveat=consultation.caveat,
        back=f"{desk}/results/{key}/compare",
        first=made.first.whole_title,
        second=made.second.whole_title,
        narrowed=await store.narrowing_words(found.read, narrowed),
        sentence=paired_sentence(said, made.found),
        hedge=paired_hedge(made.found),
        columns=_words(made.second),
        lines=_lines(made, behind),
        left_out=made.left_out,
        test=_test(made),
        n=made.found.n if made.found else 0,
        p=p_words(made.found.p) if made.found else "",
        effect=effect_words(made.found.effect) if made.found and made.found.effect else "",
        others=_others(found.read, made.first, desk),
    )
    return render(request, "analysis/paired.html", page)


def others_to_set_against(read: store.Read, asked: AskedInWords, desk: str) -> tuple[Other, ...]:
    """For a question, or each row of a grid."""
    own = [item for item in items(read.asked) if item.asked.form.key == asked.form.key]
    return tuple(other for item in own for other in _others(read, item, desk))


def _others(read: store.Read, item: Item, desk: str) -> tuple[Other, ...]:
    row = item.title if item.row else ""
    return tuple(
        Other(each.whole_title, f"{desk}/results/{item.place}/against/{each.place}", row)
        for each in items(read.asked)
        if may_be_paired(item, each, read.marks)
    )


def _words(item: Item) -> tuple[str, ...]:
    return tuple(item.asked.options[value] for value in item.values)


def _lines(made: Paired, behind: Behind) -> tuple[PairedLine, ...]:
    lines = []
    for at, value in enumerate(made.first.values):
        cells = (
            Cell(int(made.table[at, beside]), None, behind((its,), value, made.first.row))
            for beside, its in enumerate(made.second.values)
        )
        label = made.first.asked.options[value]
        lines.append(PairedLine(label, tuple(cells), int(made.table[at].sum())))
    return tuple(lines)


def _test(made: Paired) -> str:
    if made.found is None:
        return ""
    statistic = "" if made.found.statistic is None else f" = {made.found.statistic:,.4g}"
    return f"{made.found.name}{statistic} ({made.found.how})"
