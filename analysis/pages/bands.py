"""The council's words for shares, as an admin sets them."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.response import Redirect
from msgspec import Struct

from analysis import store
from analysis.quantities import BANDS, Band, band_problems, bands_in_words
from app.auth.guards import may_administer, signed_in
from app.clock import now
from app.forms import Form, read_form
from app.languages import named_in_english
from app.problems import Problem
from app.speech import ENGLISH, LANGUAGES, speech
from app.templating import render

AnyRequest = Request[Any, Any, Any]
MOST, SPARE = 10, 2
OTHERS = tuple(code for code in LANGUAGES if code != ENGLISH)


class Line(Struct, frozen=True):
    """One band as it was typed; `words` are by language."""

    word: str = ""
    percent: str = ""
    words: dict[str, str] = {}

    @property
    def is_empty(self) -> bool:
        return not (self.word or self.percent or any(self.words.values()))


class Printed(Struct, frozen=True):
    """How the report prints the bands in one language."""

    name: str
    code: str
    direction: str
    lines: tuple[str, ...]


class BandsPage(Struct, frozen=True):
    lines: tuple[Line, ...]
    languages: tuple[tuple[str, str], ...]
    printed: tuple[Printed, ...]
    own: bool
    done: str = ""
    problems: tuple[Problem, ...] = ()


@get("/bands", name="bands", guards=[may_administer])
async def bands_page(request: AnyRequest) -> Response[Any]:
    done = "The next edition of each report uses these bands"
    there = await store.bands()
    return await _show(
        request,
        [_line(band) for band in there],
        done=done if "done" in request.query_params else "",
    )


@post("/bands", name="set-bands", guards=[may_administer], status_code=303)
async def set_bands(request: AnyRequest) -> Response[Any]:
    form = await read_form(request)
    lines = _typed(form)
    found = _not_numbers(lines) or band_problems(bands := [_band(line) for line in lines])
    if found:
        return await _show(request, lines, problems=found)
    await store.set_bands(bands, by=signed_in(request).email, now=now())
    return Redirect("/officer/bands?done=set", status_code=303)


@post("/bands/own", name="own-bands", guards=[may_administer], status_code=303)
async def own_bands(request: AnyRequest) -> Response[Any]:
    """Back to the bands that the program comes with."""
    await store.set_bands(BANDS, by=signed_in(request).email, now=now())
    return Redirect("/officer/bands?done=set", status_code=303)


async def _show(
    request: AnyRequest,
    lines: Sequence[Line],
    *,
    done: str = "",
    problems: tuple[Problem, ...] = (),
) -> Response[Any]:
    there = await store.bands()
    spare = min(SPARE, MOST - len(lines))
    page = BandsPage(
        lines=(*lines, *[Line()] * spare),
        languages=tuple((code, named_in_english(code)) for code in OTHERS),
        printed=tuple(_printed(code, there) for code in LANGUAGES),
        own=there == BANDS,
        done=done,
        problems=problems,
    )
    return render(request, "analysis/bands.html", page, status=422 if problems else 200)


def _printed(code: str, bands: Sequence[Band]) -> Printed:
    speaks = speech(code)
    name = "English" if code == ENGLISH else named_in_english(code)
    return Printed(name, code, speaks.direction, tuple(bands_in_words(bands, speaks=speaks)))


def _typed(form: Form) -> list[Line]:
    """What was typed, empty lines left out; so the next page may number them otherwise."""
    lines = (
        Line(
            form.text(f"word-{number}"),
            form.text(f"from-{number}").removesuffix("%").strip(),
            {code: form.text(f"word-{number}-{code}") for code in OTHERS},
        )
        for number in range(1, MOST + 1)
    )
    return [line for line in lines if not line.is_empty]


def _not_numbers(lines: Sequence[Line]) -> tuple[Problem, ...]:
    return tuple(
        Problem(f"from-{number}", "Enter where this band starts as whole per cent, like 55")
        for number, line in enumerate(lines, start=1)
        if not (line.percent.isascii() and line.percent.isdigit() and len(line.percent) <= 3)
    )


def _band(line: Line) -> Band:
    words = {code: said for code, said in line.words.items() if said}
    return Band(line.word, int(line.percent), words)


def _line(band: Band) -> Line:
    """A word of the program's own is said in its languages, so nothing has to be typed there."""
    return Line(band.word, str(band.from_percent), band.words)


router = Router(path="/officer", route_handlers=[bands_page, set_bands, own_bands])
