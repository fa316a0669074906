"""The list of responses: every number in Hearback opens here, to what is behind it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.datastructures import MultiDict
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from app.auth.account import Permission
from app.auth.guards import may_code
from app.problems import Refusal
from app.templating import render
from responses import store
from responses.filters import Filter, filter_words, in_version, values_to_choose
from responses.response import ANALYSED, CHANNEL_WORDS, STATUS_WORDS, Channel
from surveys import store as surveys
from surveys.consultation import Consultation, Version
from surveys.questionnaire import Grid, LongText, Question, ShortText, Statement, say
from surveys.soundness import tests_of

AnyRequest = Request[Any, Any, Any]

PAGE_SIZE = 25
EXCERPT_LENGTH = 160
NO_MARKS = store.MarkCounts()


class NoSuchFilter(Refusal):
    status = 404
    title = "There is no such list of responses"


class EqualityAnswersKeptApart(Refusal):
    status = 403
    title = "These answers are kept apart"


class Choice(Struct, frozen=True):
    value: str
    text: str
    selected: bool


class Line(Struct, frozen=True):
    id: int
    received: datetime
    channel: str
    round_number: int
    status: str
    analysed: bool
    excerpt: str
    kiosk: str = ""


class ResponsesPage(Struct, frozen=True):
    """`phrases` say which filter is on; the choices are those of the form that changes it."""

    slug: str
    title: str
    invented: bool
    phrases: tuple[str, ...]
    matching: int
    total: int
    lines: tuple[Line, ...]
    first: int
    earlier: str
    later: str
    rounds: tuple[Choice, ...]
    channels: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    questions: tuple[Choice, ...]
    values: tuple[Choice, ...]
    may_key: bool
    to_look_at: tuple[int, ...] = ()
    marks: store.MarkCounts = NO_MARKS
    held_up: bool = False


@get(
    "/officer/consultations/{slug:str}/responses",
    name="officer-responses",
    guards=[may_code],
)
async def responses_list(slug: FromPath[str], request: AnyRequest) -> Response[str] | Redirect:
    consultation = await surveys.consultation(slug)
    versions = await surveys.versions(consultation.id)
    same = await surveys.equivalences(consultation.id, known=versions)
    wanted = read_filter(request.query_params)
    may_manage = request.user.may(Permission.MANAGE)
    for version in versions:
        there = in_version(wanted, version.id, same)
        refuse_special_categories(there, version.questionnaire.questions, may_manage=may_manage)
    number = max(_whole(request.query_params.get("page", "")) or 1, 1)
    found = await store.find_responses(
        consultation.id,
        wanted,
        versions=versions,
        same=same,
        first=(number - 1) * PAGE_SIZE,
        size=PAGE_SIZE,
    )
    at_kiosks = {each.id: each.name for each in await store.kiosks(consultation.id)}
    last = max(1, -(-found.matching // PAGE_SIZE))
    if number > last:
        return Redirect(_address(slug, wanted, last), status_code=303)
    page = _page(consultation, found, wanted, versions=versions, number=number, may_key=may_manage)
    page = replace(
        page,
        phrases=(*page.phrases, *_kiosk_phrases(wanted, at_kiosks)),
        lines=await _with_kiosks(page.lines, found, any_kiosks=bool(at_kiosks)),
        to_look_at=await store.marked_responses(consultation.id),
        marks=await store.mark_counts(consultation.id),
        held_up=await store.held_counts(consultation.id) != store.HeldCounts(),
    )
    return render(request, "responses/responses.html", page)


def _kiosk_phrases(wanted: Filter, at_kiosks: Mapping[int, str]) -> tuple[str, ...]:
    if wanted.kiosk is None:
        return ()
    name = at_kiosks.get(wanted.kiosk)
    return (f"given at the kiosk “{name}”" if name else "given at a kiosk that does not exist",)


async def _with_kiosks(
    lines: tuple[Line, ...], found: store.Found, *, any_kiosks: bool
) -> tuple[Line, ...]:
    """The same with the kiosk that each was given at, where the consultation has any."""
    keys = tuple(each.key for each in found.summaries)
    names = await store.kiosk_names(keys) if any_kiosks else {}
    return tuple(
        replace(line, kiosk=names.get(key, "")) for line, key in zip(lines, keys, strict=True)
    )


def read_filter(query: MultiDict[str]) -> Filter:
    """Raises NoSuchFilter. A filter by an answer counts analysed responses, as tallies do. `round`,
    `channel`, `also` and `where` may stand several times; `also` only beside a question."""
    given = {name: value.strip() for name, value in query.items() if value.strip()}
    rounds = [_whole(each) for each in _several(query, "round")]
    channels = _several(query, "channel")
    kiosk = _whole(given["kiosk"]) if "kiosk" in given else None
    day = _day(given["day"]) if "day" in given else None
    status, question = given.get("status"), given.get("question")
    where = _conditions(query, "where")
    if (
        None in rounds
        or ("kiosk" in given and kiosk is None)
        or ("day" in given and day is None)
        or not set(channels) <= set(Channel)
        or (status and status not in STATUS_WORDS)
    ):
        raise NoSuchFilter("A filter in this address does not exist. Choose one from the list.")
    return Filter(
        rounds=tuple(each for each in rounds if each is not None),
        channels=tuple(map(Channel, channels)),
        status=status or (ANALYSED if question or where else None),
        question=question,
        value=given.get("value") if question else None,
        kiosk=kiosk,
        also=_conditions(query, "also") if question else (),
        where=where,
        day=day,
    )


def _several(query: MultiDict[str], name: str) -> list[str]:
    return [each.strip() for each in query.getall(name, []) if each.strip()]


def _conditions(query: MultiDict[str], name: str) -> tuple[tuple[str, str], ...]:
    parted = (each.partition(":") for each in _several(query, name))
    return tuple((place, value) for place, _, value in parted)


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    # Nothing was received at either end of the calendar, where there is no day before or after.
    return day if 1900 <= day.year < 9000 else None


def refuse_special_categories(
    wanted: Filter, questions: Iterable[Question], *, may_manage: bool
) -> None:
    """Who has which protected characteristic is no more for coders to list than to read; nor who
    was asked something because of it."""
    keys = {place.partition(".")[0] for place in wanted.places}
    if not may_manage and keys & _sensitive(questions):
        raise EqualityAnswersKeptApart(
            "Which person gave which answer to this question is shown to officers only. "
            "Its results are on the results page."
        )


def _sensitive(questions: Iterable[Question]) -> set[str]:
    """The keys of the questions about special categories, and of those whose route they decide, be
    it through others."""
    found: set[str] = set()
    for question in questions:
        tested = {(test.question or "").partition(".")[0] for test in tests_of(question.show_if)}
        if question.special_category or tested & found:
            found.add(question.key)
    return found


def questions_of(versions: Iterable[Version]) -> tuple[Question, ...]:
    """Every question of every version, once each, as the newest version asks it."""
    newest: dict[str, Question] = {}
    for version in sorted(versions, key=lambda each: each.number):
        newest |= {question.key: question for question in version.questionnaire.questions}
    return tuple(question for question in newest.values() if not isinstance(question, Statement))


def _page(
    consultation: Consultation,
    found: store.Found,
    wanted: Filter,
    *,
    versions: tuple[Version, ...],
    number: int,
    may_key: bool,
) -> ResponsesPage:
    questions = questions_of(versions)
    texts = {version.id: _text_keys(version) for version in versions}
    first = (number - 1) * PAGE_SIZE
    return ResponsesPage(
        slug=consultation.slug,
        title=consultation.title,
        invented=consultation.invented,
        phrases=filter_words(wanted, questions),
        matching=found.matching,
        total=found.total,
        lines=tuple(_line(each, texts[each.version_id]) for each in found.summaries),
        first=first + 1,
        earlier=_address(consultation.slug, wanted, number - 1) if number > 1 else "",
        later=_address(consultation.slug, wanted, number + 1)
        if first + PAGE_SIZE < found.matching
        else "",
        rounds=_chosen(
            ((str(each.number), f"Round {each.number}") for each in consultation.rounds),
            *map(str, wanted.rounds),
        ),
        channels=_chosen(CHANNEL_WORDS.items(), *wanted.channels),
        statuses=_chosen(STATUS_WORDS.items(), wanted.status or ""),
        questions=_chosen(_questions_to_choose(questions), wanted.question or ""),
        values=_values(wanted, questions),
        may_key=may_key,
    )


def _line(summary: store.Summary, texts: tuple[str, ...]) -> Line:
    written = next((summary.answers[key] for key in texts if summary.answers.get(key)), "")
    short = written if len(written) <= EXCERPT_LENGTH else written[:EXCERPT_LENGTH].rstrip() + "…"
    return Line(
        id=summary.id,
        received=summary.submitted_at,
        channel=CHANNEL_WORDS[summary.channel],
        round_number=summary.round_number,
        status=STATUS_WORDS.get(summary.status, summary.status),
        analysed=summary.status == ANALYSED,
        excerpt=short,
    )


def _text_keys(version: Version) -> tuple[str, ...]:
    """Long texts first: they say most about who wrote."""
    asked = version.questionnaire.questions
    kinds: tuple[type, ...] = (LongText, ShortText)
    return tuple(each.key for kind in kinds for each in asked if isinstance(each, kind))


def _questions_to_choose(questions: Iterable[Question]) -> Iterable[tuple[str, str]]:
    for question in questions:
        title = say(question.text, "en")
        if isinstance(question, Grid):
            for row in question.rows:
                yield f"{question.key}.{row.value}", f"{title}: {say(row.text, 'en')}"
        else:
            yield question.key, title


def _values(wanted: Filter, questions: Iterable[Question]) -> tuple[Choice, ...]:
    key = (wanted.question or "").partition(".")[0]
    question = next((each for each in questions if each.key == key), None)
    return _chosen(values_to_choose(question), wanted.value or "") if question else ()


def _chosen(choices: Iterable[tuple[str, str]], *values: str) -> tuple[Choice, ...]:
    return tuple(Choice(str(each), text, str(each) in values) for each, text in choices)


def _address(slug: str, wanted: Filter, number: int) -> str:
    parts = {
        "round": wanted.rounds or None,
        "channel": wanted.channels or None,
        "status": wanted.status,
        "question": wanted.question,
        "value": wanted.value,
        "kiosk": wanted.kiosk,
        "also": [f"{key}:{value}" for key, value in wanted.also] or None,
        "where": [f"{key}:{value}" for key, value in wanted.where] or None,
        "day": wanted.day,
        "page": number,
    }
    given = {name: part for name, part in parts.items() if part is not None}
    query = urlencode(given, doseq=True)
    return f"/officer/consultations/{slug}/responses?{query}"


def _whole(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
