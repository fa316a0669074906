"""Correcting what is asked: a new version, what differs in it, and its use in a round under way."""

from collections.abc import Iterable, Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.languages import language_name
from app.problems import Problem
from app.templating import render
from surveys import store
from surveys.consultation import Consultation, Round, Version
from surveys.equivalence import Equivalences, may_be_same
from surveys.native_files import UnusableQuestionnaire
from surveys.pages.requests import OfficerRequest
from surveys.questionnaire import Question, Statement, type_name
from surveys.version_difference import (
    Pair,
    VersionDifference,
    WordChange,
    side,
    title_of,
    version_difference,
)

PAGE = "/officer/consultations/{slug:str}/questionnaire"
CORRECT = f"{PAGE}/correct"
COMPARE = f"{PAGE}/compare"
LONGEST_NOTE = 1000
AT_A_TIME = 30
MOST_CHOICES = 30


class CorrectPage(Struct, frozen=True, kw_only=True):
    """`draft` is the version that can be changed, if there is one; `asked` the one that the round
    under way asks; `round_number` 0 where no round is under way."""

    slug: str
    title: str
    newest: int
    draft: int
    asked: int
    round_number: int
    note: str
    problems: tuple[Problem, ...] = ()


@get(CORRECT, guards=[may_manage], name="correct-questionnaire")
async def correct_page(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    return await _correct_response(request, await store.consultation(slug), Form({}))


@post(CORRECT, guards=[may_manage], name="begin-version")
async def begin_version(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    note = form.text("note", missing="Say what is to change and why", limit=LONGEST_NOTE)
    if form.problems:
        return await _correct_response(request, await store.consultation(slug), form)
    await store.begin_version(slug, note=note, by=request.user.email, now=now())
    return Redirect(f"/officer/consultations/{slug}/questionnaire/edit", status_code=303)


@post(f"{CORRECT}/use", guards=[may_manage], name="use-version")
async def use_version(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    form = await read_form(request)
    consultation = await store.consultation(slug)
    note = form.text(
        "note", missing="Say what was corrected and why. Everyone can read it", limit=LONGEST_NOTE
    )
    if not form.ticked("sure"):
        form.refuse("sure", "Tick the box to use the corrected questions from now on")
    number = form.whole_number("version")
    if number is None:
        form.refuse("note", "Load the page again, then send it once more")
    if form.problems or number is None:
        return await _correct_response(request, consultation, form)
    try:
        await store.correct_round(slug, number, note=note, by=request.user.email, now=now())
    except UnusableQuestionnaire as unusable:
        form.problems += [Problem("note", f"{p.place}: {p.words}") for p in unusable.problems]
        return await _correct_response(request, consultation, form)
    return Redirect(f"/officer/consultations/{slug}/questionnaire", status_code=303)


async def _correct_response(
    request: OfficerRequest, consultation: Consultation, form: Form
) -> Response[str]:
    versions = await store.versions(consultation.id)
    newest = versions[-1]
    under_way = store.round_under_way(consultation, now())
    typed = "".join(form.fields.get("note", [])[:1])
    page = CorrectPage(
        slug=consultation.slug,
        title=consultation.title,
        newest=newest.number,
        draft=0 if newest.frozen else newest.number,
        asked=_asked(under_way, versions),
        round_number=under_way.number if under_way else 0,
        note=typed or ("" if newest.frozen or form.fields else newest.note),
        problems=tuple(form.problems),
    )
    status = 422 if form.problems else 200
    return render(request, "surveys/correct.html", page, status=status)


def _asked(under_way: Round | None, versions: Iterable[Version]) -> int:
    if under_way is None:
        return 0
    return next(each.number for each in versions if each.id == under_way.version_id)


class Choice(Struct, frozen=True):
    value: str
    words: str


class Line(Struct, frozen=True):
    """A question that only one of the versions asks. `choices` are what it may be the same as."""

    key: str
    words: str
    kind: str
    choices: tuple[Choice, ...] = ()
    said: bool = False


class PairLine(Struct, frozen=True):
    """A question of both. `said` is whether an officer said that they are the same."""

    key: str
    words: str
    earlier_words: str
    moved: bool
    said: bool
    mappable: bool
    changes: tuple[WordChange, ...]
    notes: tuple[str, ...]


class ComparePage(Struct, frozen=True, kw_only=True):
    """Some at a time, from the place `first` on; `following` is where the next begin, 0 where
    there are none. `counts` are of all that were added, removed, and changed or moved; `same`
    counts the questions that both ask in the same words. Languages are named by code."""

    slug: str
    title: str
    numbers: tuple[int, ...]
    earlier: int
    later: int
    titles: tuple[WordChange, ...]
    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    pairs: tuple[PairLine, ...]
    same: int
    counts: tuple[int, int, int]
    first: int
    following: int
    languages: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@get(COMPARE, guards=[may_manage], name="compare-versions")
async def compare_page(slug: FromPath[str], request: OfficerRequest) -> Response[str]:
    consultation = await store.consultation(slug)
    versions = await store.versions(consultation.id)
    query = request.query_params
    earlier, later = _two(versions, query.get("from", ""), query.get("to", ""))
    typed = query.get("first", "")
    first = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    return await _compare_response(request, consultation, versions, earlier, later, first=first)


@post(COMPARE, guards=[may_manage], name="map-question")
async def map_question(slug: FromPath[str], request: OfficerRequest) -> Response[Any]:
    """`same_as` is an earlier key, `-` for none, or empty for what the keys say."""
    consultation = await store.consultation(slug)
    form = await read_form(request)
    versions = await store.versions(consultation.id)
    earlier, later = _two(versions, form.text("from"), form.text("to"))
    key, chosen = form.text("key"), form.text("same_as")
    same_as = {"": None, "-": ""}.get(chosen, chosen)
    try:
        await store.map_question(slug, later.number, key, same_as, by=request.user.email, now=now())
    except store.CannotBeTheSame as refused:
        problem = Problem(f"same-{key}", refused.words)
        return await _compare_response(
            request, consultation, versions, earlier, later, problems=(problem,)
        )
    address = f"/officer/consultations/{slug}/questionnaire/compare"
    return Redirect(f"{address}?from={earlier.number}&to={later.number}#{key}", status_code=303)


def _two(versions: tuple[Version, ...], earlier: str, later: str) -> tuple[Version, Version]:
    """The two that are asked for, the older first; else the newest and the one before it."""
    by_number = {str(each.number): each for each in versions}
    second = by_number.get(later, versions[-1])
    before = [each for each in versions if each.number < second.number]
    first = by_number.get(earlier, before[-1] if before else second)
    return (first, second) if first.number <= second.number else (second, first)


async def _compare_response(
    request: OfficerRequest,
    consultation: Consultation,
    versions: tuple[Version, ...],
    earlier: Version,
    later: Version,
    *,
    first: int = 0,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    same = await store.equivalences(consultation.id, known=versions)
    said = {key for version, key in await store.mapped(consultation.id) if version == later.id}
    difference = version_difference(
        side(earlier.questionnaire, same, earlier.id), side(later.questionnaire, same, later.id)
    )
    changed = _changed(difference)
    counts = (len(difference.added), len(difference.removed), len(changed))
    here = slice(first, first + AT_A_TIME)
    languages = (*earlier.questionnaire.languages, *later.questionnaire.languages)
    page = ComparePage(
        slug=consultation.slug,
        title=consultation.title,
        numbers=tuple(each.number for each in versions),
        earlier=earlier.number,
        later=later.number,
        titles=difference.titles,
        added=tuple(
            _added(each, difference, earlier, later, said) for each in difference.added[here]
        ),
        removed=tuple(_line(each, earlier) for each in difference.removed[here]),
        pairs=tuple(_pair(each, later, earlier, same, said) for each in changed[here]),
        same=len(difference.pairs) - len(changed),
        counts=counts,
        first=first,
        following=here.stop if max(counts) > here.stop else 0,
        languages={code: language_name(code) for code in languages},
        problems=problems,
    )
    status = 422 if problems else 200
    return render(request, "surveys/compare.html", page, status=status)


def _changed(difference: VersionDifference) -> tuple[Pair, ...]:
    return tuple(each for each in difference.pairs if each.changed or each.moved)


def _line(question: Question, version: Version) -> Line:
    words = title_of(question, version.questionnaire)
    return Line(question.key, words, type_name(question).replace("_", " "))


def _added(
    question: Question,
    difference: VersionDifference,
    earlier: Version,
    later: Version,
    said: set[str],
) -> Line:
    words = title_of(question, later.questionnaire)
    fit = [each for each in difference.removed if may_be_same(question, each)]
    fit.sort(key=lambda each: -_shared(words, title_of(each, earlier.questionnaire)))
    return Line(
        key=question.key,
        words=words,
        kind=type_name(question).replace("_", " "),
        choices=tuple(
            Choice(each.key, title_of(each, earlier.questionnaire)) for each in fit[:MOST_CHOICES]
        ),
        said=question.key in said,
    )


def _shared(one: str, other: str) -> int:
    """How many words both have, so that the likeliest comes first."""
    return len(set(one.casefold().split()) & set(other.casefold().split()))


def _pair(
    pair: Pair, later: Version, earlier: Version, same: Equivalences, said: set[str]
) -> PairLine:
    return PairLine(
        key=pair.later.key,
        words=title_of(pair.later, later.questionnaire),
        earlier_words=title_of(pair.earlier, earlier.questionnaire),
        moved=pair.moved,
        said=pair.later.key in said,
        mappable=not isinstance(pair.later, Statement) and bool(same.of(later.id)),
        changes=pair.words,
        notes=pair.notes,
    )


handlers = (correct_page, begin_version, use_version, compare_page, map_question)
