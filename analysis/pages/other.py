"""What people wrote beside “other” of one question, and where an officer puts each text."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.codebook import same_label
from analysis.other import OtherCoded, Put, Writing
from analysis.pages.questions import questions_asked, whole
from analysis.store import other as kept
from analysis.store.figures import NoSuchQuestion
from analysis.store.matrices import matrix
from analysis.store.other import OtherOf, Step
from analysis.wording import count_words
from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation
from surveys.questionnaire import OTHER

AnyRequest = Request[Any, Any, Any]
PAGE = 50
LONGEST_CATEGORY = 120
MOST_CATEGORIES = 50
MOST_OPENED = 20
UNDECIDED, LEFT, VALUE, CATEGORY = "", "left", "value:", "category:"
SEEN = "seen-"


class Choice(Struct, frozen=True):
    value: str
    text: str


class TextLine(Struct, frozen=True):
    """`chosen` is where it is put, as the field's value, and `seen` where it was put when the form
    was opened. `responses` are those that say it, of many the first."""

    field: str
    text: str
    spellings: int
    people: int
    chosen: str
    seen: str
    new: bool
    responses: tuple[int, ...]


class FigureLine(Struct, frozen=True):
    text: str
    given: str
    coded: str
    new: bool
    changed: bool


class OtherPage(Struct, frozen=True):
    """`later` and `earlier` are the other parts of a long list. `categories` are the officer's own,
    those not yet kept too."""

    slug: str
    title: str
    invented: bool
    caveat: str
    question: str
    action: str
    undo: str
    texts: int
    to_decide: int
    lines: tuple[TextLine, ...]
    choices: tuple[Choice, ...]
    categories: tuple[str, ...]
    category: str
    figures: tuple[FigureLine, ...]
    coded: OtherCoded
    last: Step | None
    earlier: str
    later: str
    problems: tuple[Problem, ...]


class Typed(Struct, frozen=True):
    """What was chosen for each text by its field, what stood there when the form was opened, and
    the categories that it knows."""

    chosen: dict[str, str]
    seen: dict[str, str]
    categories: tuple[str, ...]
    category: str


@get("/groupings/other/{question:str}", name="other-texts", guards=[may_manage])
async def other_texts(
    slug: FromPath[str], question: FromPath[str], request: AnyRequest
) -> Response[str]:
    consultation = await surveys.consultation(slug)
    asked, there = await _asked(consultation, question)
    return await _page(request, consultation, asked, there, Typed({}, {}, there.categories, ""))


@post("/groupings/other/{question:str}", name="place-other-texts", guards=[may_manage])
async def place_other_texts(
    slug: FromPath[str], question: FromPath[str], request: AnyRequest
) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    asked, there = await _asked(consultation, question)
    form = await read_form(request)
    typed = _typed(form, there)
    if form.text("do") == "category":
        typed = _with_category(form, typed, asked)
        problems = tuple(form.problems)
        return await _page(request, consultation, asked, there, typed, problems=problems)
    put = _read(form, typed, asked)
    if form.problems:
        problems = tuple(form.problems)
        return await _page(request, consultation, asked, there, typed, problems=problems)
    await kept.decide(slug, question, put, by=request.user.email, now=now())
    return Redirect(request.url.path, status_code=303)


@post("/groupings/other/{question:str}/undo", name="undo-other-texts", guards=[may_manage])
async def undo_other_texts(
    slug: FromPath[str], question: FromPath[str], request: AnyRequest
) -> Redirect:
    await read_form(request)
    await kept.undo_deciding(slug, question, by=request.user.email)
    return Redirect(_address(slug, question), status_code=303)


async def _asked(consultation: Consultation, key: str) -> tuple[AskedInWords, OtherOf]:
    there = next((each for each in await kept.others(consultation.id) if each.key == key), None)
    if there is None:
        raise NoSuchQuestion("No question of this name offers “other”. Choose one that is listed.")
    asked = await questions_asked(consultation.id)
    return next(each for each in asked if each.form.key == key and OTHER in each.options), there


def _typed(form: Form, there: OtherOf) -> Typed:
    chosen, seen = (
        {
            each.words: form.fields[mark + each.words][0]
            for each in there.written
            if mark + each.words in form.fields
        }
        for mark in ("", SEEN)
    )
    names = dict.fromkeys((*there.categories, *form.texts("known")))
    return Typed(chosen, seen, tuple(names)[:MOST_CATEGORIES], form.text("category"))


def _with_category(form: Form, typed: Typed, asked: AskedInWords) -> Typed:
    """A category that can be chosen from now on; it is kept once something is put to it."""
    name = form.text("category", missing="Enter a name for the category", limit=LONGEST_CATEGORY)
    option = next((text for text in asked.options.values() if same_label(name, text)), None)
    if option is not None:
        form.refuse("category", f"“{option}” is an option already. Choose it below")
    elif any(same_label(name, each) for each in typed.categories):
        form.refuse("category", f"There is already a category called “{name}”. Choose it below")
    elif len(typed.categories) >= MOST_CATEGORIES:
        form.refuse("category", f"Make {MOST_CATEGORIES} categories or fewer")
    if form.problems:
        return typed
    return Typed(typed.chosen, typed.seen, (*typed.categories, name), "")


def _read(form: Form, typed: Typed, asked: AskedInWords) -> dict[str, Put | None]:
    """What was changed in the form: the rest may have been decided by somebody else meanwhile."""
    put: dict[str, Put | None] = {}
    for words, chosen in typed.chosen.items():
        if chosen == typed.seen.get(words):
            continue
        value, category = chosen.removeprefix(VALUE), chosen.removeprefix(CATEGORY)
        if chosen == UNDECIDED:
            put[words] = None
        elif chosen == LEFT:
            put[words] = Put()
        elif value != chosen and value in asked.options and value != OTHER:
            put[words] = Put(value)
        elif category != chosen and category in typed.categories:
            put[words] = Put("", category)
        else:
            form.refuse(words, "Choose one of the places in the list")
    return put


async def _page(
    request: AnyRequest,
    consultation: Consultation,
    asked: AskedInWords,
    there: OtherOf,
    typed: Typed,
    *,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    coded = await kept.coded_in(consultation.id, there.key, await matrix(consultation.id))
    first = min(whole(request.query_params.get("from", "")) or 0, max(len(there.written) - 1, 0))
    here = _address(consultation.slug, there.key)
    last_one = first + PAGE
    page = OtherPage(
        slug=consultation.slug,
        title=consultation.title,
        invented=consultation.invented,
        caveat=consultation.caveat,
        question=asked.title,
        action=f"{here}?from={first}" if first else here,
        undo=f"{here}/undo",
        texts=len(there.written),
        to_decide=there.to_decide,
        lines=tuple(_line(each, typed) for each in there.written[first:last_one]),
        choices=_choices(asked, typed.categories),
        categories=typed.categories,
        category=typed.category,
        figures=_figures(asked, coded),
        coded=coded,
        last=await kept.last_step(consultation.id, there.key),
        earlier=f"{here}?from={max(first - PAGE, 0)}" if first else "",
        later=f"{here}?from={last_one}" if last_one < len(there.written) else "",
        problems=problems,
    )
    return render(request, "analysis/other.html", page, status=422 if problems else 200)


def _line(written: Writing, typed: Typed) -> TextLine:
    people, now_there = written.people, _chosen(written.put)
    return TextLine(
        field=written.words,
        text=written.text,
        spellings=written.spellings,
        people=len(people),
        chosen=typed.chosen.get(written.words, now_there),
        seen=typed.seen.get(written.words, now_there),
        new=written.put is None,
        responses=people[:MOST_OPENED],
    )


def _chosen(put: Put | None) -> str:
    if put is None:
        return UNDECIDED
    if put.category:
        return f"{CATEGORY}{put.category}"
    return f"{VALUE}{put.value}" if put.value else LEFT


def _choices(asked: AskedInWords, categories: Sequence[str]) -> tuple[Choice, ...]:
    options = (
        Choice(f"{VALUE}{value}", text) for value, text in asked.options.items() if value != OTHER
    )
    own = (Choice(f"{CATEGORY}{name}", f"{name} (new category)") for name in categories)
    return (Choice(UNDECIDED, "Not decided"), Choice(LEFT, "Leave as “Other”"), *options, *own)


def _figures(asked: AskedInWords, coded: OtherCoded) -> tuple[FigureLine, ...]:
    return tuple(
        FigureLine(
            line.category or asked.options[line.value],
            "" if line.category else count_words(line.given, coded.answered),
            count_words(line.coded, coded.answered),
            new=bool(line.category),
            changed=line.given != line.coded,
        )
        for line in coded.lines
    )


def _address(slug: str, key: str) -> str:
    return f"/officer/consultations/{slug}/groupings/other/{key}"


handlers = [other_texts, place_other_texts, undo_other_texts]
