"""The results: every closed question counted, by round, together, or side by side."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from analysis import store
from analysis.pages.questions import questions_asked, whole
from analysis.results import Result, parts_of, result
from app.auth.account import Permission
from app.auth.guards import may_code
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation

AnyRequest = Request[Any, Any, Any]


class View(Struct, frozen=True):
    """One way to look at the rounds."""

    words: str
    address: str
    current: bool


class ResultsPage(Struct, frozen=True):
    slug: str
    title: str
    caveat: str
    invented: bool
    views: tuple[View, ...]
    heading: str
    base: int
    base_address: str
    results: tuple[Result, ...]
    threshold: int | None


@get("/results", name="results", guards=[may_code])
async def results(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    number = whole(request.query_params.get("round", ""))
    compare = request.query_params.get("view") == "rounds" and number is None
    # Full counts of sensitive questions are for those who may read their answers.
    full = request.user.may(Permission.MANAGE)
    tally = await store.tally(slug, round_number=number, compare=compare, public=not full)
    asked = await questions_asked(consultation.id)
    address = f"/officer/consultations/{slug}/responses"
    heading = f"Round {number}" if number else "All rounds together" if compare else "Responses"
    page = ResultsPage(
        slug=slug,
        title=consultation.title,
        caveat=consultation.caveat,
        invented=consultation.invented,
        views=_views(consultation, number, compare=compare),
        heading=heading,
        base=tally.base,
        base_address=f"{address}?status=analysed" + (f"&round={number}" if number else ""),
        results=tuple(
            result(
                words,
                parts_of(question, name=heading, round_number=number),
                base=address if full or not words.form.special_category else "",
            )
            for words, question in zip(asked, tally.questions, strict=True)
        ),
        threshold=None if full else consultation.threshold,
    )
    return render(request, "analysis/results.html", page)


def _views(consultation: Consultation, number: int | None, *, compare: bool) -> tuple[View, ...]:
    if len(consultation.rounds) < 2:
        return ()
    address = f"/officer/consultations/{consultation.slug}/results"
    rounds = (
        View(f"Round {each.number}", f"{address}?round={each.number}", each.number == number)
        for each in consultation.rounds
    )
    return (
        View("All rounds together", address, number is None and not compare),
        *rounds,
        View("Side by side", f"{address}?view=rounds", compare),
    )
