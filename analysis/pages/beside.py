"""Two groups of responses side by side; which, stands in the address."""

from functools import partial
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from analysis import store
from analysis.beside import Beside, beside, same_way
from analysis.narrowing import Narrowing, narrowing
from analysis.opening import opens
from analysis.pages.filters import Filters, Prefixed, filters, in_words
from app.auth.guards import may_manage
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]
LEFT, RIGHT = "left-", "right-"


class Side(Struct, frozen=True):
    heading: str
    filters: Filters
    base: int
    address: str


class BesidePage(Struct, frozen=True):
    """`in_both` are the responses that stand on both sides; `compare` follows the address of a
    question's comparison."""

    slug: str
    title: str
    caveat: str
    invented: bool
    here: str
    sides: tuple[Side, Side]
    in_both: int
    compare: str
    results: tuple[Beside, ...]


@get("/results/side-by-side", name="side-by-side", guards=[may_manage])
async def side_by_side(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    desk = f"/officer/consultations/{slug}"
    wanted = _wanted(consultation, request)
    left, right = [await store.looked_at(consultation, each, full=True) for each in wanted]
    ways = await store.ways_to_narrow(consultation, left.asked)
    opened = [partial(_opened, desk, each) for each in wanted]
    page = BesidePage(
        slug=slug,
        title=consultation.title,
        caveat=consultation.caveat,
        invented=consultation.invented,
        here=f"{desk}/results/side-by-side",
        sides=(
            _side(consultation, wanted, 0, ways, left),
            _side(consultation, wanted, 1, ways, right),
        ),
        in_both=await store.in_both(consultation, *wanted),
        compare=same_way(*wanted),
        results=tuple(
            beside(asked, (one, opened[0]), (other, opened[1]))
            for asked, one, other in zip(
                left.asked, left.tally.questions, right.tally.questions, strict=True
            )
            if asked.form.values
        ),
    )
    return render(request, "analysis/beside.html", page)


def _wanted(consultation: Consultation, request: AnyRequest) -> tuple[Narrowing, Narrowing]:
    """As the address says; where it says nothing, the first round and the last."""
    left, right = (narrowing(Prefixed(request.query_params, each)) for each in (LEFT, RIGHT))
    numbers = [each.number for each in consultation.rounds]
    if not left.is_on and not right.is_on and len(numbers) > 1:
        return Narrowing(rounds=(numbers[0],)), Narrowing(rounds=(numbers[-1],))
    return left, right


def _opened(desk: str, side: Narrowing, place: str, value: str | None) -> str:
    return opens(desk, side, question=place, value=value)


def _side(
    consultation: Consultation,
    wanted: tuple[Narrowing, Narrowing],
    at: int,
    ways: tuple[store.Way, ...],
    looked: store.Looked,
) -> Side:
    desk = f"/officer/consultations/{consultation.slug}"
    here = f"{desk}/results/side-by-side"
    prefix, other = (LEFT, RIGHT)[at], (RIGHT, LEFT)[at]
    own = filters(
        consultation, wanted[at], ways, here, prefix=prefix, beside=wanted[1 - at].query(other)
    )
    words = in_words(wanted[at], ways) or "everybody"
    return Side(
        heading=words[:1].upper() + words[1:],
        filters=own,
        base=looked.tally.base,
        address=opens(desk, wanted[at]),
    )
