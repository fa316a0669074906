"""Groupings: answers that officers count together, listed with their people, made and changed."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from analysis.asked import AskedInWords
from analysis.crosstab import Marks
from analysis.groupings import (
    Group,
    Grouping,
    GroupingCounts,
    Wanted,
    can_be_grouped,
    left_out,
    measured,
)
from analysis.measures import Measured, all_whole, band_name, month_starts, year_starts
from analysis.narrowing import Narrowing
from analysis.pages.grouping_form import (
    GroupingFields,
    by_days,
    fields_of,
    in_bands_from,
    read_grouping,
    typed_fields,
)
from analysis.pages.questions import questions_asked
from analysis.question.behind import Behind
from analysis.store import groupings as kept
from analysis.store.groupings import NameTaken, NoSuchGrouping
from analysis.store.matrices import matrix
from analysis.store.other import others
from analysis.store.values import measured as measured_in
from analysis.wording import count_words
from app.auth.guards import may_manage
from app.clock import now
from app.forms import Form, read_form
from app.problems import Problem
from app.templating import render
from surveys import store as surveys
from surveys.consultation import Consultation
from surveys.typed import day_words, figure

AnyRequest = Request[Any, Any, Any]
AT_FIRST, MORE = 2, 1
STARTS = {"month": month_starts, "year": year_starts}


class GroupLine(Struct, frozen=True):
    """`takes_in` is what belongs to it, in words."""

    name: str
    takes_in: str
    people: str
    address: str | None


class GroupingLine(Struct, frozen=True):
    """`rest` says who is in none of the groups; `lost` that no version asks its question."""

    id: int
    name: str
    question: str
    lines: tuple[GroupLine, ...]
    rest: str
    rest_address: str | None
    overlaps: bool
    lost: bool


class Choice(Struct, frozen=True):
    value: str
    text: str


class OtherLine(Struct, frozen=True):
    key: str
    title: str
    texts: int
    to_decide: int


class GroupingsPage(Struct, frozen=True):
    slug: str
    title: str
    invented: bool
    caveat: str
    lines: tuple[GroupingLine, ...]
    questions: tuple[Choice, ...]
    others: tuple[OtherLine, ...]


class GroupingPage(Struct, frozen=True):
    """`bands` is `number`, `date`, or empty where groups are of options. `given` says what was
    answered, so that bands can be chosen by it."""

    slug: str
    title: str
    heading: str
    action: str
    remove: str
    question: str
    place: str
    bands: str
    given: str
    options: tuple[Choice, ...]
    typed: GroupingFields
    problems: tuple[Problem, ...]


class Subject(Struct, frozen=True):
    """What a grouping is of: a question, or one row of a grid."""

    asked: AskedInWords
    row: str

    @property
    def place(self) -> str:
        key = self.asked.form.key
        return f"{key}.{self.row}" if self.row else key

    @property
    def title(self) -> str:
        return f"{self.asked.title}: {self.asked.rows[self.row]}" if self.row else self.asked.title


@get("/groupings", name="groupings", guards=[may_manage])
async def groupings(slug: FromPath[str], request: AnyRequest) -> Response[str]:
    consultation = await surveys.consultation(slug)
    asked = await questions_asked(consultation.id)
    subjects = {each.place: each for each in _subjects(asked)}
    marks = await matrix(consultation.id)
    lines = [
        _line(each, subjects.get(each.place), await _counts(each, marks), slug)
        for each in await kept.every_grouping(consultation.id)
    ]
    titles = {each.form.key: each.title for each in reversed(asked)}
    page = GroupingsPage(
        slug=slug,
        title=consultation.title,
        invented=consultation.invented,
        caveat=consultation.caveat,
        lines=tuple(lines),
        questions=tuple(Choice(each.place, each.title) for each in subjects.values()),
        others=tuple(
            OtherLine(each.key, titles[each.key], len(each.written), each.to_decide)
            for each in await others(consultation.id)
        ),
    )
    return render(request, "analysis/groupings.html", page)


@get("/groupings/new", name="new-grouping", guards=[may_manage])
async def new_grouping(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    subject = await _subject(consultation, request.query_params.get("question", ""))
    if subject is None:
        return Redirect(_address(slug), status_code=303)
    return await _form_page(request, consultation, subject, GroupingFields())


@post("/groupings/new", name="add-grouping", guards=[may_manage])
async def add_grouping(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    form = await read_form(request)
    subject = await _subject(consultation, form.text("question"))
    if subject is None:
        return Redirect(_address(slug), status_code=303)

    async def keep(wanted: Wanted) -> None:
        await kept.add_grouping(slug, subject.place, wanted, by=request.user.email, now=now())

    return await _saved(request, consultation, subject, form, keep=keep)


@get("/groupings/{grouping_id:int}", name="grouping", guards=[may_manage])
async def grouping_page(
    slug: FromPath[str], grouping_id: FromPath[int], request: AnyRequest
) -> Response[str]:
    consultation = await surveys.consultation(slug)
    grouping = await kept.grouping(consultation.id, grouping_id)
    subject = await _subject_of(consultation, grouping)
    typed = fields_of(grouping, is_date=subject.asked.form.type == "date")
    return await _form_page(request, consultation, subject, typed, grouping=grouping)


@post("/groupings/{grouping_id:int}", name="change-grouping", guards=[may_manage])
async def change_grouping(
    slug: FromPath[str], grouping_id: FromPath[int], request: AnyRequest
) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    grouping = await kept.grouping(consultation.id, grouping_id)
    subject = await _subject_of(consultation, grouping)

    async def keep(wanted: Wanted) -> None:
        await kept.change_grouping(slug, grouping_id, wanted, by=request.user.email, now=now())

    form = await read_form(request)
    return await _saved(request, consultation, subject, form, keep=keep, grouping=grouping)


@post("/groupings/{grouping_id:int}/remove", name="remove-grouping", guards=[may_manage])
async def remove_grouping(
    slug: FromPath[str], grouping_id: FromPath[int], request: AnyRequest
) -> Redirect:
    await read_form(request)
    await kept.remove_grouping(slug, grouping_id, by=request.user.email)
    return Redirect(_address(slug), status_code=303)


async def _saved(
    request: AnyRequest,
    consultation: Consultation,
    subject: Subject,
    form: Form,
    *,
    keep: Callable[[Wanted], Awaitable[None]],
    grouping: Grouping | None = None,
) -> Response[str] | Redirect:
    """Keeps what the form says, unless another of its buttons was pressed or it needs mending."""
    typed, do = typed_fields(form), form.text("do")
    if do == "more":
        typed = typed.with_room(len(typed.groups) + MORE)
    elif do == "bands":
        typed = in_bands_from(form, typed)
    elif do in STARTS:
        typed = await _by_days(consultation, subject, form, typed, do)
    else:
        wanted = read_grouping(form, typed, subject.asked)
        if not form.problems:
            try:
                await keep(wanted)
                return Redirect(_address(consultation.slug), status_code=303)
            except NameTaken as refused:
                form.refuse("name", refused.words)
    problems = tuple(form.problems)
    return await _form_page(
        request, consultation, subject, typed, grouping=grouping, problems=problems
    )


async def _by_days(
    consultation: Consultation, subject: Subject, form: Form, typed: GroupingFields, every: str
) -> GroupingFields:
    given = (await _measured(consultation, subject)).dates
    if given is None:
        form.refuse("begins", "Nobody has given a date yet. Type the bands that you want below")
        return typed
    return by_days(form, typed, tuple(STARTS[every](given.first, given.last)))


async def _form_page(
    request: AnyRequest,
    consultation: Consultation,
    subject: Subject,
    typed: GroupingFields,
    *,
    grouping: Grouping | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response[str]:
    form = subject.asked.form
    own = f"{_address(consultation.slug)}/{grouping.id if grouping else 'new'}"
    page = GroupingPage(
        slug=consultation.slug,
        title=consultation.title,
        heading=f"Change “{grouping.name}”" if grouping else "Make a grouping",
        action=own,
        remove=f"{own}/remove" if grouping else "",
        question=subject.title,
        place=subject.place,
        bands=form.type if measured(form) else "",
        given=_given_words(await _measured(consultation, subject)) if measured(form) else "",
        options=tuple(Choice(value, subject.asked.options[value]) for value in form.values),
        typed=typed.with_room(max(AT_FIRST, len(typed.groups))),
        problems=problems,
    )
    return render(request, "analysis/grouping.html", page, status=422 if problems else 200)


async def _measured(consultation: Consultation, subject: Subject) -> Measured:
    marks = await matrix(consultation.id)
    return await measured_in(consultation.id, subject.asked.form, marks)


def _given_words(found: Measured) -> str:
    if found.dates:
        ends = [day_words(found.dates.first), day_words(found.dates.last)]
    elif found.numbers:
        ends = [figure(found.numbers.least), figure(found.numbers.most)]
    else:
        return "Nobody has answered it yet."
    return f"{found.answered:,} answered, from {ends[0]} to {ends[1]}."


async def _subject_of(consultation: Consultation, grouping: Grouping) -> Subject:
    subject = await _subject(consultation, grouping.place)
    if subject is None:
        raise NoSuchGrouping("Its question is not asked any more. Remove it from the list.")
    return subject


async def _subject(consultation: Consultation, place: str) -> Subject | None:
    """Of a grid without a row, its first row."""
    every = _subjects(await questions_asked(consultation.id))
    exactly = next((each for each in every if each.place == place), None)
    return exactly or next((each for each in every if each.asked.form.key == place), None)


def _subjects(asked: Sequence[AskedInWords]) -> list[Subject]:
    """What can be grouped; of questions with one key the newest."""
    found: dict[str, Subject] = {}
    for each in asked:
        for row in each.form.rows or ("",):
            if can_be_grouped(each.form):
                found.setdefault(Subject(each, row).place, Subject(each, row))
    return list(found.values())


async def _counts(grouping: Grouping, marks: Sequence[Marks]) -> GroupingCounts | None:
    return await kept.counts(grouping, marks) if grouping.place else None


def _line(
    grouping: Grouping, subject: Subject | None, counted: GroupingCounts | None, slug: str
) -> GroupingLine:
    if subject is None or counted is None:
        groups = tuple(GroupLine(name, "", "", None) for name in grouping.names)
        return GroupingLine(
            grouping.id, grouping.name, "", groups, "", None, overlaps=False, lost=True
        )
    behind = Behind(_desk(slug), grouping.key, Narrowing(), opens=True, full=True)
    lines = tuple(
        GroupLine(
            group.name,
            _takes_in(group, subject.asked),
            count_words(each.n, counted.answered),
            behind.in_group(grouping.id, group.name),
        )
        for group, each in zip(grouping.groups, counted.groups, strict=True)
    )
    overlaps = subject.asked.form.type == "multiple"
    rest = left_out(grouping, subject.asked.form)
    return GroupingLine(
        id=grouping.id,
        name=grouping.name,
        question=subject.title,
        lines=lines,
        rest=_rest([subject.asked.options[value] for value in rest], counted),
        rest_address=behind.ungrouped(grouping.id),
        overlaps=overlaps,
        lost=False,
    )


def _takes_in(group: Group, asked: AskedInWords) -> str:
    if group.band is None:
        return ", ".join(asked.options.get(value, value) for value in group.values)
    is_date = asked.form.type == "date"
    ends = [each for each in (group.band.low, group.band.high) if each is not None]
    return band_name(group.band, is_date=is_date, whole=all_whole(ends))


def _rest(words: Sequence[str], counted: GroupingCounts) -> str:
    """The answers in no group, and how many gave only such."""
    if not words and not counted.in_none:
        return ""
    of_them = count_words(counted.in_none, counted.answered)
    return f"{', '.join(words)}: {of_them}" if words else of_them


def _desk(slug: str) -> str:
    return f"/officer/consultations/{slug}"


def _address(slug: str) -> str:
    return f"{_desk(slug)}/groupings"


handlers = [
    groupings,
    new_grouping,
    add_grouping,
    grouping_page,
    change_grouping,
    remove_grouping,
]
